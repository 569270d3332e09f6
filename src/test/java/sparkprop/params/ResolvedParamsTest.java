package sparkprop.params;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.nn.Network;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;

class ResolvedParamsTest {
  private final NeuralNetworkClassifier classifier = new NeuralNetworkClassifier();

  @Test
  void theNetworkTextWinsOverTheShortForm() {
    classifier.setHiddenLayers(new int[] {8, 4}).setActivation("tanh");
    assertThat(ResolvedParams.of(classifier).network().text())
        .isEqualTo("dense(8) tanh dense(4) tanh");
    classifier.setNetwork("  ");
    assertThat(ResolvedParams.of(classifier).network().text())
        .isEqualTo("dense(8) tanh dense(4) tanh");
    classifier.setNetwork("Dense(3)  RELU");
    assertThat(ResolvedParams.of(classifier).network().text()).isEqualTo("dense(3) relu");
    assertThat(
            ResolvedParams.of(new NeuralNetworkClassifier().setHiddenLayers(new int[0]))
                .network()
                .text())
        .isEmpty();
  }

  @Test
  void aStepSizeOfZeroIsTheSolversOwn() {
    assertThat(ResolvedParams.of(classifier).stepSize()).isEqualTo(0.001);
    assertThat(ResolvedParams.of(classifier.setSolver("sgd")).stepSize()).isEqualTo(0.01);
    assertThat(ResolvedParams.of(classifier.setStepSize(0.5)).stepSize()).isEqualTo(0.5);
  }

  /** They never make a step for nothing, so that one without progress tells enough. */
  @Test
  void solversThatSearchAreLessPatientUnlessToldOtherwise() {
    ResolvedParams adam = ResolvedParams.of(classifier);
    assertThat(adam.tol()).isEqualTo(1e-4);
    assertThat(adam.patience()).isEqualTo(5);
    assertThat(adam.stepSizeIsIdle()).isFalse();
    ResolvedParams rprop = ResolvedParams.of(classifier.setSolver("rprop"));
    assertThat(rprop.patience()).isEqualTo(5);
    for (String solver : List.of("l-bfgs", "levenbergMarquardt", "naturalGradient")) {
      NeuralNetworkClassifier searching = new NeuralNetworkClassifier().setSolver(solver);
      assertThat(ResolvedParams.of(searching).tol()).isEqualTo(1e-6);
      assertThat(ResolvedParams.of(searching).patience()).isEqualTo(1);
      assertThat(ResolvedParams.of(searching).stepSizeIsIdle()).isFalse();
      searching.setTol(0.1).setPatience(0).setStepSize(0.1);
      assertThat(ResolvedParams.of(searching).tol()).isEqualTo(0.1);
      assertThat(ResolvedParams.of(searching).patience()).isZero();
      assertThat(ResolvedParams.of(searching).stepSizeIsIdle()).isTrue();
      assertThat(ResolvedParams.of(searching).batchSizeFor(12345)).isEqualTo(12345);
    }
  }

  @Test
  void theBatchSizeFollowsTheRowsUnlessItIsSet() {
    assertThat(ResolvedParams.of(classifier).batchSizeFor(64 * 128)).isEqualTo(128);
    assertThat(ResolvedParams.of(classifier.setBatchSize(7)).batchSizeFor(64 * 128)).isEqualTo(7);
  }

  @Test
  void anEmptyIndicatorColumnIsNone() {
    assertThat(ResolvedParams.of(classifier).validationIndicatorCol()).isNull();
    assertThat(ResolvedParams.of(classifier.setValidationIndicatorCol("")).validationIndicatorCol())
        .isNull();
    assertThat(
            ResolvedParams.of(classifier.setValidationIndicatorCol("v")).validationIndicatorCol())
        .isEqualTo("v");
  }

  @Test
  void thePenaltyIsOnWeightsOnly() {
    Network network =
        Network.of(
            ResolvedParams.of(classifier.setNetwork("dense(2) batchNorm relu")).network(),
            Shape.of(3),
            Heads.classification("crossEntropy", "auto", 2));
    float[] ones = new float[network.layout().size()];
    java.util.Arrays.fill(ones, 1f);
    double value =
        ResolvedParams.of(classifier.setRegParam(2).setElasticNetParam(1))
            .penalty(network)
            .value(ones);
    assertThat(value).isEqualTo(2 * (3 * 2 + 2 * 2));
  }
}
