package sparkprop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "relu, relu, 0",
    "'', abc, 3",
    "abc, '', 3",
    "relu, rellu, 1",
    "relu, relx, 1",
    "adma, adam, 1",
    "kitten, sitting, 3",
    "momentum, nesterov, 8",
  })
  void countsTheFewestSlips(String a, String b, int slips) {
    assertThat(Nearest.distance(a, b)).isEqualTo(slips);
    assertThat(Nearest.distance(b, a)).isEqualTo(slips);
  }
}
