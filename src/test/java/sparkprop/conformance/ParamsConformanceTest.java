package sparkprop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.ParamsSuite;
import org.apache.spark.ml.util.MLTestingUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.connect.SparkpropPerceptron;
import sparkprop.evaluation.MultiTargetRegressionEvaluator;
import sparkprop.feature.Autoencoder;
import sparkprop.feature.AutoencoderModel;
import sparkprop.feature.Whitening;
import sparkprop.feature.WhiteningModel;
import sparkprop.regression.MultiTargetNeuralNetworkRegressionModel;
import sparkprop.regression.MultiTargetNeuralNetworkRegressor;
import sparkprop.regression.NeuralNetworkRegressionModel;
import sparkprop.regression.NeuralNetworkRegressor;
import sparkprop.testing.Stages;

/** Params, uids and copies, as Spark's {@code ParamsSuite} and {@code MLTestingUtils} want them. */
class ParamsConformanceTest {

  static Stream<Params> allStages() {
    return Stream.of(
        new NeuralNetworkClassifier(),
        new NeuralNetworkClassificationModel("a"),
        new NeuralNetworkRegressor(),
        new NeuralNetworkRegressionModel("b"),
        new MultiTargetNeuralNetworkRegressor(),
        new MultiTargetNeuralNetworkRegressionModel("c"),
        new Autoencoder(),
        new AutoencoderModel("d"),
        new Whitening(),
        new WhiteningModel("e"),
        new SparkpropPerceptron(),
        new MultiTargetRegressionEvaluator());
  }

  static List<Stages.Fitted> fitted() {
    return Stages.all();
  }

  @ParameterizedTest
  @MethodSource("allStages")
  void checkParams(Params stage) {
    ParamsSuite.checkParams(stage);
  }

  @ParameterizedTest
  @MethodSource("fitted")
  void checkCopyAndUids(Stages.Fitted stage) {
    MLTestingUtils.checkCopyAndUids(stage.estimator(), stage.model());
  }

  /** Which all of Spark's own models do: {@code Estimator.fit} lets the values be copied. */
  @ParameterizedTest
  @MethodSource("fitted")
  void aModelHasTheValuesOfItsEstimator(Stages.Fitted stage) {
    for (var param : stage.estimator().params()) {
      var ofModel = stage.model().getParam(param.name());
      assertThat(stage.model().isSet(ofModel)).isEqualTo(stage.estimator().isSet(param));
      if (stage.estimator().isSet(param)) {
        assertThat(stage.model().getOrDefault(ofModel))
            .isEqualTo(stage.estimator().getOrDefault(param));
      }
    }
  }
}
