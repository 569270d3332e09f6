package sparkprop.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.text.TextException;

class InitialisersTest {
  private static final int SIZE = 200_000;
  private static final int FAN_IN = 300;
  private static final int FAN_OUT = 100;
  private static final long KEY = 42;

  private static Initialiser initialiser(String text) {
    return Initialisers.read("weightInit", text);
  }

  private static float[] drawn(String text, long key) {
    float[] weights = new float[SIZE];
    initialiser(text).fill(weights, 0, SIZE, FAN_IN, FAN_OUT, key);
    return weights;
  }

  /** The mean of the k-th powers. */
  private static double moment(float[] w, int k) {
    double sum = 0;
    for (float x : w) {
      double power = 1;
      for (int i = 0; i < k; i++) {
        power *= x;
      }
      sum += power;
    }
    return sum / w.length;
  }

  // Standard errors of these estimates are below a quarter of their tolerances.
  @ParameterizedTest
  @CsvSource({
    "lecunUniform, 0.0033333, 1.8",
    "lecunNormal, 0.0033333, 3",
    "glorotUniform, 0.005, 1.8",
    "glorotNormal, 0.005, 3",
    "heUniform, 0.0066667, 1.8",
    "heNormal, 0.0066667, 3",
    "uniform(0.05), 0.00083333, 1.8",
  })
  void hasTheVarianceAndTheShapeItsNameSays(String text, double variance, double kurtosis) {
    for (long key : new long[] {1, KEY, -1L}) {
      float[] w = drawn(text, key);
      assertThat(moment(w, 1)).isCloseTo(0, within(0.01 * Math.sqrt(variance)));
      assertThat(moment(w, 2)).isCloseTo(variance, within(0.015 * variance));
      assertThat(moment(w, 4) / (moment(w, 2) * moment(w, 2)))
          .isCloseTo(kurtosis, within(0.02 * kurtosis));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lecunUniform, 0.1",
    "glorotUniform, 0.1224745",
    "heUniform, 0.1414214",
    "uniform(0.05), 0.05"
  })
  void uniformDrawsFillTheirIntervalEvenly(String text, double bound) {
    int bins = 20;
    int[] count = new int[bins];
    float largest = 0;
    for (float w : drawn(text, KEY)) {
      largest = Math.max(largest, Math.abs(w));
      count[(int) Math.min(bins - 1, Math.floor((w / bound + 1) / 2 * bins))]++;
    }
    assertThat((double) largest).isBetween(bound * 0.9999, bound * 1.000001);
    for (int n : count) {
      assertThat((double) n).isCloseTo(SIZE / 20.0, within(5 * Math.sqrt(SIZE / 20.0)));
    }
  }

  @Test
  void zerosAreZeros() {
    float[] w = {1f, 2f, 3f, 4f};
    initialiser("zeros").fill(w, 1, 2, FAN_IN, FAN_OUT, KEY);
    assertThat(w).containsExactly(1f, 0f, 0f, 4f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lecunNormal", "heUniform", "uniform(0.05)"})
  void anElementHangsOnItsKeyAndItsIndexAlone(String text) {
    float[] whole = drawn(text, KEY);
    float[] part = new float[12];
    initialiser(text).fill(part, 1, 10, FAN_IN, FAN_OUT, KEY);
    assertThat(part[0]).isZero();
    assertThat(part[11]).isZero();
    for (int i = 0; i < 10; i++) {
      assertThat(part[i + 1]).isEqualTo(whole[i]);
    }
    assertThat(drawn(text, KEY)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lecunNormal", "heUniform"})
  void neighbouringKeysAndElementsAreUnrelated(String text) {
    float[] a = drawn(text, KEY);
    float[] b = drawn(text, KEY + 1);
    double keys = 0;
    double neighbours = 0;
    double shifted = 0;
    for (int i = 0; i + 1 < SIZE; i++) {
      keys += (double) a[i] * b[i];
      neighbours += (double) a[i] * a[i + 1];
      shifted += (double) a[i + 1] * b[i];
    }
    double scale = SIZE * moment(a, 2);
    assertThat(keys / scale).isCloseTo(0, within(0.01));
    assertThat(neighbours / scale).isCloseTo(0, within(0.01));
    assertThat(shifted / scale).isCloseTo(0, within(0.01));
  }

  @Test
  void fansTooLargeForAnIntSumDoNotOverflow() {
    float[] w = new float[1000];
    initialiser("glorotUniform").fill(w, 0, 1000, Integer.MAX_VALUE, Integer.MAX_VALUE, KEY);
    assertThat(moment(w, 2)).isCloseTo(2 / (2.0 * Integer.MAX_VALUE), within(1e-10));
  }

  @ParameterizedTest
  @CsvSource({
    "lecun, lecunUniform",
    "GLOROT, glorotUniform",
    "He, heUniform",
    "henormal, heNormal",
    "uniform(a=0.050), uniform(0.05)",
    "zeros, zeros"
  })
  void hasACanonicalText(String text, String canonical) {
    assertThat(initialiser(text).text()).isEqualTo(canonical);
    assertThat(initialiser(canonical).text()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uniform | column 1: uniform needs a value for a, as in uniform(a).",
        "uniform(0) | column 9: a of uniform must be a number above 0, but '0' was found.",
        "glorotNorml | column 1: no initialiser is called 'glorotNorml'; the nearest known name is"
            + " 'glorotNormal'.",
      })
  void refusesWhatItDoesNotKnow(String text, String message) {
    assertThatThrownBy(() -> initialiser(text))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("weightInit, " + message);
  }

  @Test
  void autoLeavesTheChoiceOpenAndIsKnownByName() {
    assertThat(Initialisers.readChoice("weightInit", " AUTO ")).isEmpty();
    assertThat(Initialisers.readChoice("weightInit", "he").orElseThrow().text())
        .isEqualTo("heUniform");
    assertThatThrownBy(() -> Initialisers.readChoice("weightInit", "atuo"))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith(
            "weightInit, column 1: no initialiser is called 'atuo'; the nearest known name is"
                + " 'auto'.");
  }
}
