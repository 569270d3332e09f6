package sparkprop.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.ParamsSuite;
import org.junit.jupiter.api.Test;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;

/** The Params as users meet them, on the classifier that carries them. */
class ParamsTest {
  private final NeuralNetworkClassifier classifier = new NeuralNetworkClassifier();

  @Test
  void sparksOwnChecksPass() {
    ParamsSuite.checkParams(classifier);
    ParamsSuite.checkParams(new NeuralNetworkClassificationModel("model"));
  }

  /** The public contract. The seed is Java's hash code of the class name, a constant in Python. */
  @Test
  void namesAndDefaults() {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("activation", "relu");
    expected.put("aggregationDepth", 2);
    expected.put("batchSize", 0);
    expected.put("checkpointInterval", -1);
    expected.put("checkpointPath", "");
    expected.put("elasticNetParam", 0.0);
    expected.put("featuresCol", "features");
    expected.put("hiddenLayers", "[64]");
    expected.put("initialModelPath", "");
    expected.put("inputShape", "");
    expected.put("labelCol", "label");
    expected.put("loss", "crossEntropy");
    expected.put("maxBlockSizeInMB", 0.0);
    expected.put("maxGradientNorm", 0.0);
    expected.put("maxIter", 100);
    expected.put("network", "");
    expected.put("numPartitions", 0);
    expected.put("outputActivation", "auto");
    expected.put("patience", 5);
    expected.put("predictionCol", "prediction");
    expected.put("probabilityCol", "probability");
    expected.put("rawPredictionCol", "rawPrediction");
    expected.put("regParam", 0.0);
    expected.put("seed", 2025258678L);
    expected.put("solver", "adam");
    expected.put("standardization", false);
    expected.put("stepSize", 0.0);
    expected.put("stepSizeSchedule", "constant");
    expected.put("syncInterval", 1);
    expected.put("thresholds", "unset");
    expected.put("tol", 1e-4);
    expected.put("validationFraction", 0.0);
    expected.put("validationIndicatorCol", "unset");
    expected.put("weightCol", "unset");
    expected.put("weightInit", "auto");
    assertThat(defaults(classifier)).isEqualTo(expected);
    assertThat(defaults(new NeuralNetworkClassificationModel("model"))).isEqualTo(expected);
  }

  private static Map<String, Object> defaults(Params stage) {
    Map<String, Object> found = new LinkedHashMap<>();
    for (Param<?> param : stage.params()) {
      Object value = stage.isDefined(param) ? stage.getOrDefault(param) : "unset";
      found.put(param.name(), value instanceof int[] whole ? Arrays.toString(whole) : value);
    }
    return found;
  }

  @Test
  void everySetterIsReadByItsGetterAndReturnsTheStage() {
    assertThat(
            classifier
                .setNetwork("dense(3) tanh")
                .setHiddenLayers(new int[] {5, 6})
                .setActivation("tanh")
                .setOutputActivation("logistic")
                .setLoss("squaredError")
                .setWeightInit("heNormal")
                .setInitialModelPath("models/first")
                .setSolver("momentum(0.8)")
                .setStepSize(0.5)
                .setStepSizeSchedule("cosine(warmup=2)")
                .setMaxGradientNorm(1.5)
                .setBatchSize(16)
                .setSyncInterval(4)
                .setRegParam(0.1)
                .setElasticNetParam(0.2)
                .setSeed(1L << 40)
                .setInputShape("1x2x3")
                .setMaxIter(7)
                .setTol(0.01)
                .setPatience(3)
                .setValidationIndicatorCol("v")
                .setValidationFraction(0.3)
                .setStandardization(true)
                .setNumPartitions(4)
                .setAggregationDepth(3)
                .setMaxBlockSizeInMB(2.5)
                .setCheckpointPath("folder")
                .setCheckpointInterval(2)
                .setWeightCol("w")
                .setFeaturesCol("f")
                .setLabelCol("l")
                .setPredictionCol("p")
                .setRawPredictionCol("r")
                .setProbabilityCol("q")
                .setThresholds(new double[] {0.5, 0.5}))
        .isSameAs(classifier);
    assertThat(classifier.getNetwork()).isEqualTo("dense(3) tanh");
    assertThat(classifier.getInputShape()).isEqualTo("1x2x3");
    assertThat(classifier.getHiddenLayers()).containsExactly(5, 6);
    assertThat(classifier.getActivation()).isEqualTo("tanh");
    assertThat(classifier.getOutputActivation()).isEqualTo("logistic");
    assertThat(classifier.getLoss()).isEqualTo("squaredError");
    assertThat(classifier.getWeightInit()).isEqualTo("heNormal");
    assertThat(classifier.getInitialModelPath()).isEqualTo("models/first");
    assertThat(classifier.getSolver()).isEqualTo("momentum(0.8)");
    assertThat(classifier.getStepSize()).isEqualTo(0.5);
    assertThat(classifier.getStepSizeSchedule()).isEqualTo("cosine(warmup=2)");
    assertThat(classifier.getMaxGradientNorm()).isEqualTo(1.5);
    assertThat(classifier.getBatchSize()).isEqualTo(16);
    assertThat(classifier.getSyncInterval()).isEqualTo(4);
    assertThat(classifier.getRegParam()).isEqualTo(0.1);
    assertThat(classifier.getElasticNetParam()).isEqualTo(0.2);
    assertThat(classifier.getSeed()).isEqualTo(1L << 40);
    assertThat(classifier.getMaxIter()).isEqualTo(7);
    assertThat(classifier.getTol()).isEqualTo(0.01);
    assertThat(classifier.getPatience()).isEqualTo(3);
    assertThat(classifier.getValidationIndicatorCol()).isEqualTo("v");
    assertThat(classifier.getValidationFraction()).isEqualTo(0.3);
    assertThat(classifier.getStandardization()).isTrue();
    assertThat(classifier.getNumPartitions()).isEqualTo(4);
    assertThat(classifier.getAggregationDepth()).isEqualTo(3);
    assertThat(classifier.getMaxBlockSizeInMB()).isEqualTo(2.5);
    assertThat(classifier.getCheckpointPath()).isEqualTo("folder");
    assertThat(classifier.getCheckpointInterval()).isEqualTo(2);
    assertThat(classifier.getWeightCol()).isEqualTo("w");
    for (Param<?> param : classifier.params()) {
      assertThat(classifier.isSet(param)).as(param.name()).isTrue();
    }
  }

  @Test
  void aCopyKeepsAllValuesAndTakesTheExtraOnes() {
    classifier.setMaxIter(7).setWeightCol("w");
    NeuralNetworkClassifier copy =
        classifier.copy(new ParamMap().put(classifier.seed().w(5L), classifier.tol().w(0.5)));
    assertThat(copy.uid()).isEqualTo(classifier.uid());
    assertThat(copy.getMaxIter()).isEqualTo(7);
    assertThat(copy.getWeightCol()).isEqualTo("w");
    assertThat(copy.getSeed()).isEqualTo(5);
    assertThat(copy.getTol()).isEqualTo(0.5);
    assertThat(classifier.isSet(classifier.seed())).isFalse();
  }

  @Test
  void explainsItself() {
    classifier.setHiddenLayers(new int[] {8, 4});
    assertThat(classifier.explainParam(classifier.hiddenLayers()))
        .isEqualTo(
            "hiddenLayers: widths of the hidden layers, each followed by the activation; none for a"
                + " network without hidden layers (default: [64], current: [8, 4])");
    assertThat(classifier.explainParam(classifier.weightCol())).endsWith(" (undefined)");
    assertThat(classifier.explainParam(classifier.checkpointPath())).endsWith(" (default: '')");
    assertThat(classifier.explainParams().lines()).hasSize(classifier.params().length);
    // No doc may end like a sentence: a bracket with the values follows it.
    for (Param<?> param : classifier.params()) {
      boolean ours = Arrays.stream(inherited()).noneMatch(param.name()::equals);
      assertThat(ours && param.doc().endsWith(".")).as(param.name()).isFalse();
    }
  }

  private static String[] inherited() {
    return Arrays.stream(ProbabilisticClassifier.class.getMethods())
        .filter(m -> Param.class.isAssignableFrom(m.getReturnType()) && m.getParameterCount() == 0)
        .map(m -> m.getName())
        .toArray(String[]::new);
  }

  private void refuses(Consumer<NeuralNetworkClassifier> setter, String message) {
    assertThatThrownBy(() -> setter.accept(classifier))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesValuesOutOfRangeWhereTheyAreSet() {
    refuses(c -> c.setMaxIter(-1), "maxIter must be a whole number of at least 0, but is -1.");
    refuses(c -> c.setPatience(-1), "patience must be a whole number of at least 0, but is -1.");
    refuses(c -> c.setBatchSize(-5), "batchSize must be a whole number of at least 0, but is -5.");
    refuses(
        c -> c.setNumPartitions(-2),
        "numPartitions must be a whole number of at least 0, but is -2.");
    refuses(
        c -> c.setAggregationDepth(1),
        "aggregationDepth must be a whole number of at least 2, but is 1.");
    refuses(c -> c.setStepSize(-0.1), "stepSize must be a number of at least 0, but is -0.1.");
    refuses(c -> c.setStepSize(Double.NaN), "stepSize must be a number of at least 0, but is NaN.");
    refuses(
        c -> c.setStepSize(Double.POSITIVE_INFINITY),
        "stepSize must be a finite number of at least 0, but is Infinity.");
    refuses(c -> c.setTol(-1), "tol must be a number of at least 0, but is -1.");
    refuses(c -> c.setRegParam(-1e-3), "regParam must be a number of at least 0, but is -0.001.");
    refuses(
        c -> c.setElasticNetParam(1.5),
        "elasticNetParam must be a number of at least 0 and at most 1, but is 1.5.");
    refuses(
        c -> c.setValidationFraction(1),
        "validationFraction must be a number of at least 0 and below 1, but is 1.");
    refuses(
        c -> c.setMaxBlockSizeInMB(-1),
        "maxBlockSizeInMB must be a number of at least 0, but is -1.");
    refuses(
        c -> c.setCheckpointInterval(0),
        "checkpointInterval must be -1 or a whole number of at least 1, but is 0.");
    refuses(
        c -> c.setHiddenLayers(new int[] {64, 0}),
        "hiddenLayers must hold whole numbers of at least 1, but is [64, 0].");
    assertThat(defaults(classifier)).isEqualTo(defaults(new NeuralNetworkClassifier()));
  }

  @Test
  void refusesNull() {
    String why = "%s must not be null: give it a value, or clear it to return to its default.";
    refuses(c -> c.setNetwork(null), why.formatted("network"));
    refuses(c -> c.setSolver(null), why.formatted("solver"));
    refuses(c -> c.setHiddenLayers(null), why.formatted("hiddenLayers"));
    refuses(c -> c.setValidationIndicatorCol(null), why.formatted("validationIndicatorCol"));
    refuses(c -> c.set(c.maxIter(), null), why.formatted("maxIter"));
    refuses(c -> c.set(c.stepSize(), null), why.formatted("stepSize"));
    refuses(c -> c.set(c.seed(), null), why.formatted("seed"));
    assertThat(defaults(classifier)).isEqualTo(defaults(new NeuralNetworkClassifier()));
  }

  /** The message of a text that cannot be read: a sentence, the text, a caret under the column. */
  private static String shown(String sentence, String text, int column) {
    return "%s\n  %s\n  %s^".formatted(sentence, text, " ".repeat(column - 1));
  }

  @Test
  void refusesTextsItCannotRead() {
    refuses(
        c -> c.setNetwork("dense(256) rellu"),
        shown(
            "network, column 12: no layer is called 'rellu'; the nearest known name is 'relu'.",
            "dense(256) rellu",
            12));
    refuses(
        c -> c.setActivation("relu tanh"),
        shown(
            "activation, column 6: one name alone was expected, but another follows.",
            "relu tanh",
            6));
    refuses(
        c -> c.setSolver("addam"),
        shown(
            "solver, column 1: no solver is called 'addam'; the nearest known name is 'adam'.",
            "addam",
            1));
    refuses(
        c -> c.setLoss("crossEntropi"),
        shown(
            "loss, column 1: no loss is called 'crossEntropi'; the nearest known name is"
                + " 'crossEntropy'.",
            "crossEntropi",
            1));
    refuses(
        c -> c.setOutputActivation("softmacks"),
        shown(
            "outputActivation, column 1: no activation is called 'softmacks'; the nearest known"
                + " name is 'softmax'.",
            "softmacks",
            1));
    refuses(
        c -> c.setWeightInit("heUnifrom"),
        shown(
            "weightInit, column 1: no initialiser is called 'heUnifrom'; the nearest known name is"
                + " 'heUniform'.",
            "heUnifrom",
            1));
    classifier.setOutputActivation("auto").setWeightInit("Auto").setNetwork("");
  }

  /** Through a ParamMap as through a setter: a grid of texts is checked when it is built. */
  @Test
  void paramMapsAreCheckedToo() {
    assertThatThrownBy(() -> new ParamMap().put(classifier.network().w("dence(3)")))
        .hasMessageStartingWith("network, column 1: no layer is called 'dence'");
  }
}
