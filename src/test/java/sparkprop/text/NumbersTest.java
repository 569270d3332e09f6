package sparkprop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "0.9, 0.9",
    "-2, -2",
    "256, 256",
    "1e6, 1000000",
    "1e7, 1e7",
    "1e-4, 0.0001",
    "1e-5, 1e-5",
    "1e-8, 1e-8",
    "1.25e-9, 1.25e-9",
    "-1.5e300, -1.5e300",
    "2e-3, 0.002",
    "4.9e-324, 5e-324",
    "0.1, 0.1",
    "0.30000000000000004, 0.30000000000000004",
    "2e23, 2e23",
  })
  void printsTheShortestDecimal(double x, String text) {
    assertThat(Numbers.print(x)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "e5",
        "1e",
        "0x10",
        "1f",
        "1d",
        "1_000",
        "Infinity",
        "NaN",
        "1e999",
        "--1"
      })
  void readsDecimalNumbersOnly(String text) {
    assertThat(Numbers.parse(text)).isEmpty();
  }

  @Test
  void minusZeroIsZeroSoThatItEqualsADefaultOfZero() {
    assertThat(Numbers.parse("-0")).contains(0.0);
  }
}
