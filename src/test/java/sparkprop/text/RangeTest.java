package sparkprop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTest {
  @Test
  void endsBelongToItOrNot() {
    assertThat(Range.atLeast(0).below(1))
        .matches(r -> r.contains(0) && !r.contains(1) && !r.contains(-1e-9));
    assertThat(Range.above(0).atMost(1)).matches(r -> !r.contains(0) && r.contains(1));
    assertThat(Range.any())
        .matches(r -> r.contains(-Double.MAX_VALUE) && !r.contains(Double.POSITIVE_INFINITY));
    assertThat(Range.any().contains(Double.NaN)).isFalse();
  }

  @Test
  void saysSo() {
    assertThat(Range.any().inWords()).isEmpty();
    assertThat(Range.above(0).inWords()).isEqualTo(" above 0");
    assertThat(Range.atLeast(1e-9).atMost(2).inWords())
        .isEqualTo(" of at least 1e-9 and at most 2");
    assertThat(Range.any().below(3).inWords()).isEqualTo(" below 3");
    assertThat(Range.any().atMost(3).inWords()).isEqualTo(" of at most 3");
  }
}
