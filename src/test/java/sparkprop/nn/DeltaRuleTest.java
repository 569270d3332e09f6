package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sparkprop.nn.loss.Heads;
import sparkprop.reference.Sample;

/**
 * The generalised delta rule by hand (Rumelhart, Hinton and Williams 1986): two inputs, two hidden
 * and two output units, all logistic, squared error. Weights are chosen so that every weighted
 * input is 0 or ln 3, hence every output 1/2 or 3/4, and all numbers are fractions.
 */
@Tag("kernel")
class DeltaRuleTest {
  private static final double LN3 = Math.log(3); // logistic(ln 3) = 3/4
  private static final Offset<Double> FLOAT = within(1e-7);

  private final Engine engine = byHand();

  private static Engine byHand() {
    Engine engine =
        Engine.of(
            "dense(2) logistic", 2, Heads.regression("squaredError", "logistic", 2), "zeros", 0);
    // Row i of a weight: from input i to each unit. The input is x = (1, 2).
    engine.set("dense1.weight", 0.5, LN3 - 1, -0.25, 0.25);
    engine.set("dense1.bias", 0, 0.5);
    // z = (0.5 - 2 * 0.25, LN3 - 1 + 2 * 0.25 + 0.5) = (0, ln 3), so o = (1/2, 3/4).
    engine.set("output.weight", 2, -1, -4, 2);
    engine.set("output.bias", 2, LN3 - 1);
    // z = (2/2 - 4 * 3/4 + 2, -1/2 + 2 * 3/4 + ln 3 - 1) = (0, ln 3), so o = (1/2, 3/4).
    return engine;
  }

  private double[] piece(String name, float weight) {
    // The target is (1, 1/4).
    Sample row = Sample.of(new double[][] {{1, 2}}, new double[][] {{1, 0.25}}).withWeights(weight);
    float[] piece = engine.piece(name, engine.accumulate(SampleSlice.dense(row)).gradient());
    double[] numbers = new double[piece.length];
    for (int i = 0; i < piece.length; i++) {
      numbers[i] = piece[i];
    }
    return numbers;
  }

  @Test
  void outputDeltaIsErrorTimesSlope() {
    // delta = (o - t) o (1 - o):
    //   (1/2 - 1) 1/2 1/2 = -1/8
    //   (3/4 - 1/4) 3/4 1/4 = 3/32
    assertThat(piece("output.bias", 1)).containsExactly(new double[] {-1 / 8.0, 3 / 32.0}, FLOAT);
    // times what comes in, (1/2, 3/4)
    assertThat(piece("output.weight", 1))
        .containsExactly(new double[] {-1 / 16.0, 3 / 64.0, -3 / 32.0, 9 / 128.0}, FLOAT);
  }

  @Test
  void hiddenDeltaIsWhatComesBackTimesSlope() {
    // delta_j = (sum_l w_jl delta_l) o_j (1 - o_j):
    //   (2 (-1/8) - 1 (3/32)) 1/2 1/2 = -11/32 / 4 = -11/128
    //   (-4 (-1/8) + 2 (3/32)) 3/4 1/4 = 11/16 * 3/16 = 33/256
    assertThat(piece("dense1.bias", 1))
        .containsExactly(new double[] {-11 / 128.0, 33 / 256.0}, FLOAT);
    // times what comes in, (1, 2)
    assertThat(piece("dense1.weight", 1))
        .containsExactly(new double[] {-11 / 128.0, 33 / 256.0, -11 / 64.0, 33 / 128.0}, FLOAT);
  }

  @Test
  void aRowsWeightMultipliesItsDelta() {
    assertThat(piece("output.bias", 4)).containsExactly(new double[] {-4 / 8.0, 12 / 32.0}, FLOAT);
    assertThat(piece("dense1.bias", 4))
        .containsExactly(new double[] {-44 / 128.0, 132 / 256.0}, within(4e-7));
  }

  @Test
  void theLossIsHalfTheSquares() {
    // 1/2 ((1/2 - 1)^2 + (3/4 - 1/4)^2) = 1/4
    Sample row = Sample.of(new double[][] {{1, 2}}, new double[][] {{1, 0.25}});
    assertThat(engine.accumulate(SampleSlice.dense(row)).lossSum()).isCloseTo(0.25, FLOAT);
  }

  @Test
  void withoutHiddenLayersItIsTheGradientOfSoftmaxRegression() {
    Engine regression =
        Engine.of("", 2, Heads.classification("crossEntropy", "softmax", 3), "zeros", 0);
    // z = 1 * (ln 3, 0, 0) + 2 * (0, 0, 0), so p = (3/5, 1/5, 1/5); the class is 1.
    regression.set("output.weight", LN3, 0, 0, 0, 0, 0);
    Sample row = Sample.of(new double[][] {{1, 2}}, new double[][] {{1}});
    GradientSum sum = regression.accumulate(SampleSlice.dense(row));
    assertThat(sum.lossSum()).isCloseTo(Math.log(5), within(1e-6));
    // p - t, and x (p - t)^T
    assertThat(regression.piece("output.bias", sum.gradient()))
        .containsExactly(new float[] {0.6f, -0.8f, 0.2f}, within(1e-6f));
    assertThat(regression.piece("output.weight", sum.gradient()))
        .containsExactly(new float[] {0.6f, -0.8f, 0.2f, 1.2f, -1.6f, 0.4f}, within(1e-6f));
  }
}
