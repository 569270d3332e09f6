package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;

/** What of a network is its code. */
class EncoderTest {
  private static final int FEATURES = 5;
  private static final int CODE = 3;

  private final Random random = new Random(4);

  private static Network network(String hidden, int outputs) {
    return Network.of(
        NetworkSpec.parse(hidden),
        Shape.of(FEATURES),
        Heads.regression("squaredError", "identity", outputs));
  }

  /** Weights at random, and running statistics as training might leave them. */
  private float[] weights(Network network) {
    float[] weights = new float[network.layout().size()];
    for (Parameter p : network.layout().parameters()) {
      for (int i = 0; i < p.size(); i++) {
        weights[p.offset() + i] =
            p.name().endsWith("runningVariance")
                ? 0.1f + random.nextFloat()
                : (float) random.nextGaussian();
      }
    }
    return weights;
  }

  /** The lower layers by themselves, behind which an output layer changes nothing. */
  private static Scorer upTo(String lower, Network whole, float[] weights) {
    Network network = network(lower, CODE);
    float[] own = new float[network.layout().size()];
    for (Parameter p : network.layout().parameters()) {
      if (p.name().equals("output.weight")) {
        for (int k = 0; k < CODE; k++) {
          own[p.offset() + k * CODE + k] = 1;
        }
      } else if (!p.name().startsWith("output.")) {
        System.arraycopy(weights, whole.layout().get(p.name()).offset(), own, p.offset(), p.size());
      }
    }
    return new Scorer(network, own);
  }

  @ParameterizedTest
  @CsvSource({
    "dense(8) batchNorm tanh dense(3) batchNorm tanh, dense(8) relu",
    "dense(8) relu dense(3) dropout(0.2) batchNorm dropout(0.2) logistic, dropout(0.2) dense(8)",
    "dense(3) batchNorm batchNorm, dense(8) tanh",
    "dense(3) batchNorm, ''",
    "dense(3) tanh, batchNorm dense(8) relu",
    "batchNorm dense(3) softmax, dense(4)"
  })
  void theCodeIsTheNarrowestLayerWithItsBatchNormAndActivation(String lower, String upper) {
    Network whole = network(lower + " " + upper, FEATURES);
    float[] weights = weights(whole);
    Encoder encoder = Encoder.of(whole, weights);
    Scorer codes = new Scorer(encoder.network(), encoder.weights());
    Scorer expected = upTo(lower, whole, weights);
    for (int row = 0; row < 10; row++) {
      float[] x = new float[FEATURES];
      for (int j = 0; j < FEATURES; j++) {
        x[j] = (float) random.nextGaussian();
      }
      double[] code = codes.raw(x);
      encoder.network().head().finish(code);
      assertThat(code).containsExactly(expected.raw(x), within(1e-5));
    }
  }
}
