package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class InputStandardizationTest {
  private static final double[] MEANS = {10, -3, 5};
  private static final double[] DEVIATIONS = {2, 0.01, 0};

  @Test
  void theFoldedNetworkTakesFeaturesAsTheyAre() {
    for (String layers : new String[] {"dense(5) tanh", "dropout(0.5) dense(5) tanh", ""}) {
      SavedNetwork inside = SavedNetworkTest.network(layers, 3);
      Scorer folded =
          new Scorer(
              inside.network(),
              InputStandardization.fold(inside.network(), inside.weights(), MEANS, DEVIATIONS));
      float[] row = {13f, -2.995f, 5f};
      float[] standardized = {1.5f, 0.5f, 0f};
      assertThat(folded.raw(row))
          .as(layers)
          .containsExactly(inside.scorer().raw(standardized), Offset.offset(1e-3));
    }
  }

  @Test
  void aConstantFeatureHasNoSay() {
    SavedNetwork inside = SavedNetworkTest.network("dense(5) tanh", 3);
    float[] before = inside.weights().clone();
    float[] folded =
        InputStandardization.fold(inside.network(), inside.weights(), MEANS, DEVIATIONS);
    assertThat(inside.weights()).containsExactly(before);
    for (int k = 0; k < 5; k++) {
      assertThat(folded[2 * 5 + k]).isZero();
    }
  }

  /** Rounded once: the bias is not built up from float32 products. */
  @Test
  void foldsInDoublePrecision() {
    SavedNetwork inside = SavedNetworkTest.network("", 2);
    float[] weights = {1f, 0f, 1f, 0f, 1f, 0f, 0f, 0f};
    double[] means = {1e8, 1, -1e8};
    float[] folded =
        InputStandardization.fold(inside.network(), weights, means, new double[] {1, 1, 1});
    assertThat(folded[6]).isEqualTo(-1f);
  }

  /** An infinite weight would make every score NaN. */
  @Test
  void refusesWhatFloatsCannotHold() {
    Network network = SavedNetworkTest.network("", 2).network();
    float[] weights = {1f, 0f, 1f, 0f, 1f, 0f, 0f, 0f};
    String remedy =
        ", takes the first layer's weights out of the range of float32: switch it off and put"
            + " Spark's StandardScaler before the network.";
    assertThatThrownBy(
            () ->
                InputStandardization.fold(
                    network, weights, new double[3], new double[] {1, 1e-40, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "standardization of feature 1, of mean 0.0 and standard deviation 1.0E-40" + remedy);
    assertThatThrownBy(
            () ->
                InputStandardization.fold(
                    network, weights, new double[] {1, 0, 1e20}, new double[] {1, 1, 1e-20}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "standardization of feature 2, of mean 1.0E20 and standard deviation 1.0E-20" + remedy);
  }

  /** Means of millions of deviations: the weights' own rounding must not move the output. */
  @Test
  void theBiasTakesTheRoundedWeight() {
    SavedNetwork inside = SavedNetworkTest.network("", 2);
    float[] weights = {1f, 0f, 1f, 0f, 0f, 0f, 0.25f, 0f};
    double[] means = {3e6, -7e6, 0};
    float[] folded =
        InputStandardization.fold(inside.network(), weights, means, new double[] {0.3, 0.7, 1});
    assertThat(folded[0]).isEqualTo((float) (1 / 0.3));
    // As the network has it, the two do not cancel; before rounding they would.
    double shift = 3e6 * (double) folded[0] - 7e6 * (double) folded[2];
    assertThat(Math.abs(shift)).isGreaterThan(0.05);
    assertThat(folded[6]).isEqualTo((float) (0.25 - shift));
  }

  @Test
  void refusesOtherFirstLayers() {
    for (String fine : new String[] {"", "dense(3) relu", "dropout(0.1) dense(3)"}) {
      assertThatCode(() -> InputStandardization.check(NetworkSpec.parse(fine)))
          .doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> InputStandardization.check(NetworkSpec.parse("batchNorm dense(3)")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "standardization needs a network that begins with dense, but this one has batchNorm"
                + " first: switch it off and put Spark's StandardScaler before the network.");
  }
}
