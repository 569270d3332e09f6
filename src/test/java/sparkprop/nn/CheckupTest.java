package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.reference.Sample;

/** What is seen of the layers between passes. */
class CheckupTest {
  private static final int FEATURES = 5;

  private static Engine engine(String hidden) {
    return Engine.of(
        hidden, FEATURES, Heads.classification("crossEntropy", "softmax", 3), "auto", 4);
  }

  private static Sample rows(int count) {
    Random random = new Random(3);
    double[][] x = new double[count][FEATURES];
    double[][] labels = new double[count][1];
    double[] weights = new double[count];
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < FEATURES; i++) {
        x[n][i] = (float) random.nextGaussian();
      }
      labels[n][0] = random.nextInt(3);
      weights[n] = 0.5 + random.nextInt(4);
    }
    return Sample.of(x, labels).withWeights(weights);
  }

  private static List<LayerHealth> look(Engine engine, SampleSlice slice) {
    return new Checkup(engine.network(), slice, slice.isSparse()).of(engine.weights());
  }

  private static double norm(Engine engine, float[] flat, String... names) {
    double square = 0;
    for (String name : names) {
      for (float value : engine.piece(name, flat)) {
        square += (double) value * value;
      }
    }
    return Math.sqrt(square);
  }

  /** Of an update's mean gradient, dropout and batchNorm as in training, statistics left out. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void normsAreThoseOfALayersParameters(boolean sparse) {
    Engine engine = engine("dense(4) batchNorm tanh dropout(0.4) dense(3) softmax");
    Sample sample = rows(100);
    SampleSlice slice = sparse ? SampleSlice.sparse(sample) : SampleSlice.dense(sample);
    GradientSum sum = engine.accumulate(slice, new Moment(0, 0, 0));
    List<LayerHealth> health = look(engine, slice);
    assertThat(health)
        .extracting(LayerHealth::layer)
        .containsExactly("dense1", "batchNorm1", "tanh1", "dense2", "output");
    for (LayerHealth layer : health) {
      if (layer.layer().equals("tanh1")) {
        assertThat(layer.gradientNorm()).isNaN();
        assertThat(layer.weightNorm()).isNaN();
        assertThat(layer.silentShare()).isZero();
      } else {
        String scale = layer.layer().equals("batchNorm1") ? ".scale" : ".weight";
        String[] names = {layer.layer() + scale, layer.layer() + ".bias"};
        assertThat(layer.gradientNorm())
            .isCloseTo(norm(engine, sum.gradient(), names) / sum.weightSum(), within(1e-12))
            .isPositive();
        assertThat(layer.weightNorm())
            .isCloseTo(norm(engine, engine.weights(), names), within(1e-12))
            .isPositive();
        assertThat(layer.silentShare()).isNaN();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "relu, -1, 0, 1, 9, 0.5",
    "tanh, 2.9, 3.1, -3.1, 0, 0.5",
    "logistic, 4.5, 4.7, -4.7, -4.5, 0.5",
    "hardSigmoid, 2.9, -2.9, 3.1, 0, 0.25",
    "softplus, 99, -4.5, -4.7, -99, 0.5",
    "leakyRelu, -9, -1, -99, 1, 0",
    "leakyRelu(0.001), -9, -1, -99, 1, 0.75",
    "identity, -9, 0, 0, 1e9, 0"
  })
  void unitsOfASmallDerivativeAreSilent(
      String activation, double z1, double z2, double z3, double z4, double share) {
    Engine engine = engine("dense(4) " + activation);
    engine.set("dense1.weight", new double[4 * FEATURES]);
    engine.set("dense1.bias", z1, z2, z3, z4);
    assertThat(look(engine, SampleSlice.dense(rows(20))).get(1).silentShare()).isEqualTo(share);
  }

  @Test
  void aUnitThatOneRowWakesIsNotSilent() {
    Engine engine = engine("dense(2) relu");
    Sample sample = rows(200);
    for (int n = 0; n < 200; n++) {
      sample.x()[n][0] = n == 150 ? 1 : -1;
    }
    engine.set("dense1.weight", 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    engine.set("dense1.bias", 0, -1);
    assertThat(look(engine, SampleSlice.dense(sample)).get(1).silentShare()).isEqualTo(0.5);
    sample.x()[150][0] = -1;
    assertThat(look(engine, SampleSlice.dense(sample)).get(1).silentShare()).isEqualTo(1);
  }

  @Test
  void seesTheSameEachTimeAndTouchesNothing() {
    Engine engine = engine("dense(4) batchNorm relu dropout(0.5)");
    Checkup checkup = new Checkup(engine.network(), SampleSlice.dense(rows(60)), false);
    float[] before = engine.weights().clone();
    List<LayerHealth> first = checkup.of(engine.weights());
    assertThat(checkup.of(new float[before.length])).isNotEqualTo(first);
    assertThat(checkup.of(engine.weights())).isEqualTo(first);
    assertThat(engine.weights()).isEqualTo(before);
  }

  @Test
  void takesNoMoreRowsThanItMayKeep() {
    Network network = engine("dense(4) tanh").network();
    assertThat(Checkup.rows(network, false)).isEqualTo(256);
    assertThatThrownBy(() -> new Checkup(network, SampleSlice.dense(rows(257)), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A checkup takes 1 to 256 rows of this network, but got 257.");
    Network wide =
        Network.of(
            NetworkSpec.parse("dense(3) relu"),
            Shape.of(1 << 20),
            Heads.classification("crossEntropy", "auto", 2));
    assertThat(Checkup.rows(wide, false)).isEqualTo(16);
    assertThat(Checkup.rows(wide, true)).isEqualTo(256);
    assertThat(Checkup.bytes(wide, false)).isBetween(64L << 20, 65L << 20);
  }
}
