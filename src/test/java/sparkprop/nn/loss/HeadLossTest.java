package sparkprop.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.nn.activation.ActivationFormulas;

/** Losses against double-precision formulas, deltas against central differences of those. */
class HeadLossTest {

  /**
   * A head and what its formula needs to know.
   *
   * @param high what the unit of the row's class aims at, for squared error
   * @param low what the others aim at
   */
  private record Case(String loss, String output, int classes, double high, double low) {
    Head head() {
      return Heads.classification(loss, output, classes);
    }

    /** The loss of one row. */
    double formula(double[] z, int label) {
      if (loss.startsWith("focal")) {
        double minusLog = softmax(z, label);
        return Math.pow(-Math.expm1(-minusLog), high) * minusLog;
      }
      if (loss.startsWith("crossEntropy")) {
        double own = output.equals("softmax") ? softmax(z, label) : logistic(z, label);
        return own + smoothed(z, label);
      }
      double[] a = ActivationFormulas.value(output, z);
      double sum = 0;
      for (int k = 0; k < a.length; k++) {
        double target = k == label ? high : low;
        sum += (a[k] - target) * (a[k] - target) / 2;
      }
      return sum;
    }

    /** What smoothing by a share of high adds to cross-entropy. */
    private double smoothed(double[] z, int label) {
      double added = 0;
      for (int k = 0; k < z.length; k++) {
        if (output.equals("softmax")) {
          added += high / z.length * (z[label] - z[k]);
        } else {
          boolean own = classes == 2 ? label == 1 : k == label;
          added += high / 2 * (own ? z[k] : -z[k]);
        }
      }
      return added;
    }

    private static double softmax(double[] z, int label) {
      double sum = 0;
      for (double x : z) {
        sum += Math.exp(x - z[label]);
      }
      return Math.log(sum);
    }

    private double logistic(double[] z, int label) {
      double sum = 0;
      for (int k = 0; k < z.length; k++) {
        boolean own = classes == 2 ? label == 1 : k == label;
        double p = 1 / (1 + Math.exp(-z[k]));
        sum -= Math.log(own ? p : 1 - p);
      }
      return sum;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("crossEntropy", "softmax", 2, 0, 0),
        new Case("crossEntropy", "softmax", 7, 0, 0),
        new Case("crossEntropy", "logistic", 2, 0, 0),
        new Case("crossEntropy", "logistic", 5, 0, 0),
        new Case("crossEntropy(labelSmoothing=0.1)", "softmax", 2, 0.1, 0),
        new Case("crossEntropy(labelSmoothing=0.3)", "softmax", 7, 0.3, 0),
        new Case("crossEntropy(labelSmoothing=0.1)", "logistic", 2, 0.1, 0),
        new Case("crossEntropy(labelSmoothing=0.3)", "logistic", 5, 0.3, 0),
        new Case("focal", "softmax", 2, 2, 0),
        new Case("focal(0.5)", "softmax", 5, 0.5, 0),
        new Case("focal(0)", "softmax", 3, 0, 0),
        new Case("squaredError", "lecunTanh", 3, 1, -1),
        new Case("squaredError", "tanh", 3, 0.57735027, -0.57735027),
        new Case("squaredError", "logistic", 3, 0.78867513, 0.21132487),
        new Case("squaredError", "logistic", 2, 0.78867513, 0.21132487),
        new Case("squaredError", "identity", 4, 1, 0),
        new Case("squaredError", "relu", 3, 1, 0),
        new Case("squaredError", "softsign", 3, 1, 0),
        new Case("squaredError", "gelu", 3, 1, 0),
        new Case("squaredError", "exponential", 3, 1, 0),
        new Case("squaredError", "softmax", 4, 1, 0),
        new Case("squaredError(target=0.9)", "logistic", 3, 0.9, 0.1),
        new Case("squaredError(target=0.9)", "softmax", 3, 0.9, 0.1),
        new Case("squaredError(target=0.9)", "tanh", 3, 0.9, -0.9),
        new Case("squaredError(target=1.5)", "lecunTanh", 3, 1.5, -1.5),
        new Case("squaredError(target=5)", "identity", 3, 5, -4));
  }

  /** exp(1e4) is infinite, and so is its error. */
  static Stream<Case> casesThatDoNotOverflow() {
    return cases().filter(c -> !c.output.equals("exponential"));
  }

  /** Rows drawn from a wide normal distribution, away from relu's kink. */
  private static final class Rows {
    final float[] z;
    final float[] labels;
    final float[] weights;
    final int rows;
    final int units;

    Rows(float[] z, float[] labels, float[] weights, int units) {
      this.z = z;
      this.labels = labels;
      this.weights = weights;
      this.rows = labels.length;
      this.units = units;
    }

    static Rows draw(Case c, int rows) {
      Random random = new Random(c.hashCode());
      int units = c.head().units();
      float[] z = new float[rows * units];
      for (int i = 0; i < z.length; i++) {
        do {
          z[i] = (float) (2 * random.nextGaussian());
        } while (Math.abs(z[i]) < 1e-3);
      }
      float[] labels = new float[rows];
      float[] weights = new float[rows];
      for (int row = 0; row < rows; row++) {
        labels[row] = random.nextInt(c.classes());
        weights[row] = 0.25f * (1 + random.nextInt(12));
      }
      return new Rows(z, labels, weights, units);
    }

    double[] row(int row) {
      double[] x = new double[units];
      for (int k = 0; k < units; k++) {
        x[k] = z[row * units + k];
      }
      return x;
    }

    Rows from(int first) {
      return new Rows(
          java.util.Arrays.copyOfRange(z, first * units, z.length),
          java.util.Arrays.copyOfRange(labels, first, rows),
          java.util.Arrays.copyOfRange(weights, first, rows),
          units);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossFollowsTheFormula(Case c) {
    Rows r = Rows.draw(c, 40);
    double expected = 0;
    for (int row = 0; row < r.rows; row++) {
      expected += r.weights[row] * c.formula(r.row(row), (int) r.labels[row]);
    }
    double loss = c.head().newPass(40).loss(r.z, r.labels, r.weights, r.rows);
    assertThat(loss).isCloseTo(expected, within(1e-6 * expected));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void deltaIsTheSlopeOfTheFormula(Case c) {
    Rows r = Rows.draw(c, 40);
    float[] delta = new float[r.z.length];
    c.head().newPass(40).lossAndDelta(r.z, r.labels, r.weights, r.rows, delta);
    double h = 1e-4;
    for (int i = 0; i < delta.length; i++) {
      int row = i / r.units;
      double[] above = r.row(row);
      double[] below = r.row(row);
      above[i % r.units] += h;
      below[i % r.units] -= h;
      int label = (int) r.labels[row];
      double slope = (c.formula(above, label) - c.formula(below, label)) / (2 * h);
      double expected = r.weights[row] * slope;
      assertThat((double) delta[i])
          .as("delta %d of row %d", i % r.units, row)
          .isCloseTo(expected, within(3e-6 * Math.max(1, Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothPassesGiveTheSameLossAndLeaveInputsAlone(Case c) {
    Rows r = Rows.draw(c, 9);
    Rows kept = Rows.draw(c, 9);
    HeadPass pass = c.head().newPass(12);
    double loss = pass.loss(r.z, r.labels, r.weights, r.rows);
    assertThat(pass.lossAndDelta(r.z, r.labels, r.weights, r.rows, new float[r.z.length]))
        .isEqualTo(loss);
    assertThat(r.z).containsExactly(kept.z);
    assertThat(r.labels).containsExactly(kept.labels);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aUsedPassGivesTheBitsOfAFreshOne(Case c) {
    Rows all = Rows.draw(c, 20);
    Rows last = all.from(13);
    HeadPass used = c.head().newPass(20);
    used.lossAndDelta(all.z, all.labels, all.weights, 20, new float[all.z.length]);
    float[] delta = new float[last.z.length];
    float[] fresh = new float[last.z.length];
    double loss = used.lossAndDelta(last.z, last.labels, last.weights, 7, delta);
    assertThat(c.head().newPass(7).lossAndDelta(last.z, last.labels, last.weights, 7, fresh))
        .isEqualTo(loss);
    assertThat(delta).containsExactly(fresh);
  }

  @ParameterizedTest
  @MethodSource("casesThatDoNotOverflow")
  void hugeOutputsHaveFiniteLossAndDelta(Case c) {
    int units = c.head().units();
    float[] huge = {1e4f, -1e4f};
    for (int label = 0; label < c.classes; label++) {
      for (int up = 0; up < units; up++) {
        for (int sign = 0; sign < 2; sign++) {
          float[] z = new float[units];
          java.util.Arrays.fill(z, huge[1 - sign]);
          z[up] = huge[sign];
          float[] delta = new float[units];
          double loss =
              c.head().newPass(1).lossAndDelta(z, new float[] {label}, new float[] {1}, 1, delta);
          assertThat(loss).isFinite().isNotNegative();
          for (float d : delta) {
            assertThat(Float.isFinite(d)).isTrue();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nanMakesTheLossNan(Case c) {
    float[] z = new float[c.head().units()];
    z[z.length - 1] = Float.NaN;
    HeadPass pass = c.head().newPass(1);
    float[] label = {1};
    assertThat(pass.loss(z, label, new float[] {1}, 1)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(floats = {1e4f, 1e30f, Float.MAX_VALUE})
  void softmaxCrossEntropyOfHugeErrorsIsTheirDistance(float z) {
    HeadPass pass = Heads.classification("crossEntropy", "softmax", 3).newPass(2);
    float[] delta = new float[6];
    float[] zs = {z, -z, -z, z, -z, -z};
    double loss = pass.lossAndDelta(zs, new float[] {0, 2}, new float[] {1, 2}, 2, delta);
    assertThat(loss).isEqualTo(2 * (2.0 * z));
    assertThat(delta).containsExactly(0, 0, 0, 2, 0, -2);
  }

  @Test
  void sharesTooSmallToMatterAreZeroAndNotDenormal() {
    float[] delta = new float[4];
    Heads.classification("crossEntropy", "softmax", 4)
        .newPass(1)
        .lossAndDelta(
            new float[] {0, -59, -61, -86.5f}, new float[] {0}, new float[] {1e-3f}, 1, delta);
    assertThat((double) delta[1]).isCloseTo(1e-3 * Math.exp(-59), within(1e-34));
    assertThat(delta[2]).isZero();
    assertThat(delta[3]).isZero();
  }

  @Test
  void logisticCrossEntropyOfHugeErrorsIsTheirSize() {
    HeadPass pass = Heads.classification("crossEntropy", "logistic", 2).newPass(4);
    float[] delta = new float[4];
    float[] z = {1e4f, 1e4f, -1e4f, -1e4f};
    double loss =
        pass.lossAndDelta(z, new float[] {1, 0, 0, 1}, new float[] {1, 1, 1, 3}, 4, delta);
    assertThat(loss).isEqualTo(4e4);
    assertThat(delta).containsExactly(new float[] {0, 1, 0, -3}, within(0f)); // or -0
  }

  @Test
  void smallLossesKeepTheirDigits() {
    // log(1 + e^-20), where a probability in float32 would be 1 and its logarithm 0.
    double expected = Math.log1p(Math.exp(-20));
    float[] one = {1};
    double pair =
        Heads.classification("crossEntropy", "softmax", 2)
            .newPass(1)
            .loss(new float[] {-10, 10}, one, one, 1);
    double single =
        Heads.classification("crossEntropy", "logistic", 2)
            .newPass(1)
            .loss(new float[] {20}, one, one, 1);
    assertThat(pair).isCloseTo(expected, within(1e-6 * expected));
    assertThat(single).isCloseTo(expected, within(1e-6 * expected));
  }

  /** The delta rule by hand: delta = (o - t) o (1 - o), all numbers exact in binary. */
  @ParameterizedTest
  @CsvSource({
    // z, t, weight: o = 1/2 or 3/4
    "0, 1, 1, 0.125, -0.125",
    "0, 0, 1, 0.125, 0.125",
    "0, 0.75, 2, 0.0625, -0.125",
    "1.0986123, 0, 1, 0.28125, 0.140625",
    "1.0986123, 1, 4, 0.125, -0.1875",
    "-1.0986123, 1, 1, 0.28125, -0.140625",
  })
  void aLogisticUnitFollowsTheDeltaRule(
      float z, float target, float weight, double loss, double delta) {
    HeadPass pass = Heads.regression("squaredError", "logistic", 1).newPass(1);
    float[] found = new float[1];
    float[] t = {target};
    float[] w = {weight};
    assertThat(pass.lossAndDelta(new float[] {z}, t, w, 1, found)).isCloseTo(loss, within(1e-6));
    assertThat((double) found[0]).isCloseTo(delta, within(1e-6));
  }

  @Test
  void aLinearUnitFollowsTheRuleOfWidrowAndHoff() {
    HeadPass pass = Heads.regression("squaredError", "auto", 2).newPass(2);
    float[] delta = new float[4];
    double loss =
        pass.lossAndDelta(
            new float[] {1, 2, 0.5f, -1},
            new float[] {0, 4, 0.5f, 1},
            new float[] {1, 3},
            2,
            delta);
    assertThat(loss).isEqualTo((1 + 4) / 2.0 + 3 * (0 + 4) / 2.0);
    assertThat(delta).containsExactly(1, -2, 0, -6);
  }
}
