package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GradientSumTest {
  @Test
  void addsElementByElement() {
    GradientSum sum = new GradientSum(2, 1, null);
    GradientSum other = new GradientSum(2, 1, null);
    other.gradient()[1] = 3;
    other.statistics()[GradientSum.LAYERS] = 5;
    sum.add(other);
    sum.add(other);
    assertThat(sum.gradient()).containsExactly(0, 6);
    assertThat(sum.statistics()).containsExactly(0, 0, 0, 10);
  }

  @Test
  void refusesASumOfAnotherNetwork() {
    GradientSum sum = new GradientSum(2, 1, null);
    assertThatThrownBy(() -> sum.add(new GradientSum(3, 1, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A sum over 3 weights and 4 statistics cannot be added to one over 2 and 4: they are of"
                + " different networks.");
    assertThatThrownBy(() -> sum.add(new GradientSum(2, 0, null)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
