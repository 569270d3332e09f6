package sparkprop.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.feature.Autoencoder;
import sparkprop.feature.Whitening;
import sparkprop.regression.MultiTargetNeuralNetworkRegressor;
import sparkprop.regression.NeuralNetworkRegressor;
import sparkprop.testing.Curves;
import sparkprop.train.TrainingListener;
import sparkprop.train.TrainingPlan;

/**
 * Bad input, as the stages beside the classifier meet it: the same sentences, and nothing is
 * trained. (The classifier has a test of its own.)
 */
class BadInputTest {
  private static final NothingIsTrained LISTENER = new NothingIsTrained();
  private static final Dataset<Row> GOOD = Curves.of(20);
  private static final Vector FEATURES = Vectors.dense(1, 2);
  private static final Vector LABELS = Vectors.dense(1, 2);
  private static final String COLUMNS = "features, label, labels, weight, validates";

  private static Row row(
      Vector features, Double label, Vector labels, Double weight, Boolean validates) {
    return RowFactory.create(features, label, labels, weight, validates);
  }

  private static Row withFeatures(Vector features) {
    return row(features, 1.0, LABELS, 1.0, false);
  }

  /** Twenty good rows, then this one: row 10 of partition 1. */
  private static Dataset<Row> with(Row bad) {
    List<Row> rows = new ArrayList<>(Curves.rows(20));
    rows.add(bad);
    return Curves.of(rows, 2);
  }

  private static NeuralNetworkRegressor regressor() {
    return new NeuralNetworkRegressor().setMaxIter(1).addListener(LISTENER);
  }

  private static MultiTargetNeuralNetworkRegressor multiTarget() {
    return new MultiTargetNeuralNetworkRegressor()
        .setLabelCol("labels")
        .setMaxIter(1)
        .addListener(LISTENER);
  }

  private static Autoencoder autoencoder() {
    return new Autoencoder().setNetwork("dense(1) tanh").setMaxIter(1).addListener(LISTENER);
  }

  /** Told that training begins, which it must not. */
  private static final class NothingIsTrained implements TrainingListener {
    private boolean started;

    @Override
    public void onStart(TrainingPlan plan) {
      started = true;
    }
  }

  /** The sentence about a bad row. */
  private static String bad(String example) {
    return "The input has 1 row with a null, NaN or infinite value or a negative weight, the first in"
        + " row 10 of partition 1, where column "
        + example
        + "; drop or mend such rows before fit.";
  }

  private static String missing(String param) {
    return "There is no column 'nowhere' (Param %s); the columns are %s.".formatted(param, COLUMNS);
  }

  /** What all four say of their vectors. */
  static Stream<Arguments> vectors() {
    List<Estimator<?>> stages = List.of(regressor(), multiTarget(), autoencoder(), new Whitening());
    return stages.stream()
        .flatMap(
            stage -> {
              String param = stage.hasParam("inputCol") ? "inputCol" : "featuresCol";
              String added = stage.hasParam("outputCol") ? "outputCol" : "predictionCol";
              return Stream.of(
                  arguments("missing", set(stage, param, "nowhere"), GOOD, missing(param)),
                  arguments(
                      "mistyped",
                      set(stage, param, "label"),
                      GOOD,
                      "Column 'label' (Param "
                          + param
                          + ") must be a vector, but is of type double; VectorAssembler makes"
                          + " vectors of numbers."),
                  arguments(
                      "there already",
                      set(stage, added, "weight"),
                      GOOD,
                      "There is a column 'weight' already: drop it, or give the new one another name"
                          + " or none."),
                  arguments("null", stage, with(withFeatures(null)), bad("'features' holds null")),
                  arguments(
                      "NaN",
                      stage,
                      with(withFeatures(Vectors.dense(1, Double.NaN))),
                      bad("'features' holds NaN at index 1")),
                  arguments(
                      "infinite",
                      stage,
                      with(
                          withFeatures(
                              Vectors.sparse(
                                  2, new int[] {0}, new double[] {Double.NEGATIVE_INFINITY}))),
                      bad("'features' holds -Infinity at index 0")),
                  arguments(
                      "of another size",
                      stage,
                      with(withFeatures(Vectors.dense(1, 2, 3))),
                      "Column 'features' holds vectors of unequal size, 2 in row 0 of partition 0"
                          + " but 3 in row 10 of partition 1; every row needs a vector of the same"
                          + " size."),
                  arguments(
                      "without entries",
                      stage,
                      Curves.of(List.of(withFeatures(Vectors.zeros(0))), 1),
                      "Column 'features' holds vectors without entries; a network needs at least one"
                          + " number."),
                  arguments(
                      "no rows",
                      stage,
                      GOOD.limit(0),
                      "The input has no rows; there is nothing to train on."));
            });
  }

  private static Estimator<?> set(Estimator<?> stage, String param, Object value) {
    Estimator<?> copy = stage.copy(new ParamMap());
    copy.set(param, value);
    return copy;
  }

  /** Labels and weights. */
  static Stream<Arguments> labelsAndWeights() {
    NeuralNetworkRegressor one = regressor();
    MultiTargetNeuralNetworkRegressor many = multiTarget();
    List<Arguments> table = new ArrayList<>();
    for (Estimator<?> stage : List.of(one, many)) {
      Estimator<?> weighted = set(stage, "weightCol", "weight");
      table.add(
          arguments("missing label", set(stage, "labelCol", "nowhere"), GOOD, missing("labelCol")));
      table.add(
          arguments(
              "missing weight", set(stage, "weightCol", "nowhere"), GOOD, missing("weightCol")));
      table.add(
          arguments(
              "mistyped weight",
              set(stage, "weightCol", "validates"),
              GOOD,
              "Column 'validates' (Param weightCol) must be numeric, but is of type boolean; cast it"
                  + " to double."));
      for (Double weight : new Double[] {null, Double.NaN, Double.POSITIVE_INFINITY, -1.0}) {
        table.add(
            arguments(
                "weight " + weight,
                weighted,
                with(row(FEATURES, 1.0, LABELS, weight, false)),
                bad("'weight' holds " + weight)));
      }
      table.add(
          arguments(
              "all weights 0",
              weighted,
              GOOD.withColumn("weight", functions.lit(0)),
              "All 20 rows weigh 0 in column 'weight'; at least one training row needs a weight"
                  + " above 0."));
    }
    table.add(
        arguments(
            "mistyped label",
            one,
            GOOD.withColumn("label", functions.lit("high")),
            "Column 'label' (Param labelCol) must be numeric, but is of type string; cast it, or"
                + " let StringIndexer number strings."));
    for (Double label : new Double[] {null, Double.NaN, Double.NEGATIVE_INFINITY, 1e300}) {
      table.add(
          arguments(
              "label " + label,
              one,
              with(row(FEATURES, label, LABELS, 1.0, false)),
              bad("'label' holds " + label)));
    }
    table.add(
        arguments(
            "null labels",
            many,
            with(row(FEATURES, 1.0, null, 1.0, false)),
            bad("'labels' holds null")));
    table.add(
        arguments(
            "infinite labels",
            many,
            with(row(FEATURES, 1.0, Vectors.dense(1, Double.POSITIVE_INFINITY), 1.0, false)),
            bad("'labels' holds Infinity at index 1")));
    return table.stream();
  }

  /** Which rows validate. */
  static Stream<Arguments> validation() {
    return Stream.of(regressor(), multiTarget(), autoencoder())
        .flatMap(
            stage -> {
              Estimator<?> validated = set(stage, "validationIndicatorCol", "validates");
              return Stream.of(
                  arguments(
                      "missing indicator",
                      set(stage, "validationIndicatorCol", "nowhere"),
                      GOOD,
                      missing("validationIndicatorCol")),
                  arguments(
                      "mistyped indicator",
                      set(stage, "validationIndicatorCol", "weight"),
                      GOOD,
                      "Column 'weight' (Param validationIndicatorCol) must be boolean, but is of"
                          + " type double; cast it, or make it by a comparison."),
                  arguments(
                      "null indicator",
                      validated,
                      with(row(FEATURES, 1.0, LABELS, 1.0, null)),
                      bad("'validates' holds null")),
                  arguments(
                      "no training rows",
                      validated,
                      GOOD.withColumn("validates", functions.lit(true)),
                      "There are no training rows: all 20 rows validate, as validationIndicatorCol ="
                          + " 'validates' says; lower the fraction, or mark the rows that train with"
                          + " false."),
                  arguments(
                      "no validation rows",
                      validated,
                      GOOD.withColumn("validates", functions.lit(false)),
                      "There are no validation rows: none of 20 rows validates, as"
                          + " validationIndicatorCol = 'validates' says; raise the fraction, or mark"
                          + " the rows that validate with true."),
                  arguments(
                      "no validation rows by lot",
                      set(stage, "validationFraction", 1e-9),
                      GOOD,
                      "There are no validation rows: none of 20 rows validates, as"
                          + " validationFraction = 1.0E-9 says; raise the fraction, or mark the rows"
                          + " that validate with true."),
                  arguments(
                      "two ways to validate",
                      set(validated, "validationFraction", 0.5),
                      GOOD,
                      "validationIndicatorCol is 'validates' and validationFraction is 0.5: set one"
                          + " of them, since either alone says which rows validate."));
            });
  }

  /** Settings that do not fit each other or the rows. */
  static Stream<Arguments> settings() {
    return Stream.of(
        arguments(
            "loss and output",
            regressor().setLoss("poisson").setOutputActivation("identity"),
            GOOD,
            "Loss poisson and outputActivation identity do not fit: the mean of counts is not"
                + " negative, so use exponential or softplus."),
        arguments(
            "a loss that takes no other unit",
            regressor().setLoss("poisson").setStandardizeTarget(true),
            GOOD,
            "standardizeTarget is true, but loss poisson with outputActivation exponential takes"
                + " labels in their own unit only: clear standardizeTarget, or use squaredError with"
                + " identity."),
        arguments(
            "an output that takes no other unit",
            autoencoder().setOutputActivation("logistic").setStandardization(true),
            GOOD,
            "standardization is true, but loss squaredError with outputActivation logistic"
                + " reproduces vectors in their own unit only: switch it off, or use squaredError"
                + " with identity."),
        arguments(
            "randomness for a whole-batch solver",
            multiTarget().setSolver("l-bfgs").setNetwork("dense(3) dropout(0.5) relu"),
            GOOD,
            "Solver l-bfgs compares the gradients of all rows from pass to pass, which"
                + " dropout(0.5) makes random: take that layer out, or use adam."),
        arguments(
            "several updates of a whole-batch solver",
            autoencoder().setSolver("l-bfgs").setSyncInterval(4),
            GOOD,
            "Solver l-bfgs takes the gradient of all rows and decides on the length of each step"
                + " itself, with which syncInterval 4 does not fit: leave that out, or use adam."),
        arguments(
            "too many weights for a second-order solver",
            regressor().setSolver("levenbergMarquardt").setHiddenLayers(new int[] {2000}),
            GOOD,
            "Solver levenbergMarquardt holds a matrix over all weights and takes 5,000 at most, but"
                + " the network has 8,001: use l-bfgs or adam, or narrower layers."),
        arguments(
            "Levenberg-Marquardt without squares",
            regressor().setSolver("levenbergMarquardt").setLoss("absoluteError"),
            GOOD,
            "Solver levenbergMarquardt needs a sum of squares, but the loss is absoluteError: set"
                + " loss to squaredError, or use naturalGradient."),
        arguments(
            "a loss without curvature",
            regressor().setSolver("naturalGradient").setLoss("quantile(0.9)"),
            GOOD,
            "Solver naturalGradient needs a loss with a Gauss-Newton matrix, which quantile(0.9) has"
                + " not: use l-bfgs or adam."),
        arguments(
            "slices of one row for batchNorm",
            multiTarget().setNetwork("dense(3) batchNorm relu").setBatchSize(3).setNumPartitions(2),
            GOOD,
            "batchNorm needs at least two rows of a partition in each update, but 20 rows in 2"
                + " partitions with updates of at most 3 rows leave some partition a single row:"
                + " raise batchSize or lower numPartitions."),
        arguments(
            "a layer that cannot take standardized features",
            regressor().setStandardization(true).setNetwork("batchNorm dense(3) relu"),
            GOOD,
            "standardization needs a network that begins with dense, but this one has batchNorm"
                + " first: switch it off and put Spark's StandardScaler before the network."),
        arguments(
            "components beyond the vectors",
            new Whitening().setK(3),
            GOOD,
            "k is 3, but column 'features' holds vectors of 2 numbers: lower k."),
        arguments(
            "one row to whiten",
            new Whitening(),
            GOOD.limit(1),
            "Column 'features' has one row only, but whitening needs two at least: fit it to more"
                + " rows."));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource({"vectors", "labelsAndWeights", "validation", "settings"})
  void isRefusedBeforeTraining(
      String what, Estimator<?> stage, Dataset<Row> rows, String sentence) {
    assertThatThrownBy(() -> stage.fit(rows))
        .as(what)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
    assertThat(LISTENER.started).isFalse();
  }

  private static void refuses(Runnable setter, String sentence) {
    assertThatThrownBy(setter::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  /** By the setter that all trainers share, and by those that stages have of their own. */
  @Test
  void valuesOutOfRangeAreRefusedWhereTheyAreSet() {
    refuses(
        () -> regressor().setSyncInterval(0),
        "syncInterval must be a whole number of at least 1, but is 0.");
    refuses(
        () -> multiTarget().setMaxGradientNorm(-1),
        "maxGradientNorm must be a number of at least 0, but is -1.");
    refuses(
        () -> autoencoder().setValidationFraction(1),
        "validationFraction must be a number of at least 0 and below 1, but is 1.");
    refuses(() -> new Whitening().setK(-1), "k must be a whole number of at least 0, but is -1.");
    refuses(
        () -> new Whitening().setTol(1),
        "tol must be a number of at least 0 and below 1, but is 1.");
    refuses(
        () -> new Whitening().setMethod(null),
        "method must not be null: give it a value, or clear it to return to its default.");
    refuses(
        () -> regressor().setLoss("hubert(2)"),
        "loss, column 1: no loss is called 'hubert'; the nearest known name is 'huber'.\n"
            + "  hubert(2)\n"
            + "  ^");
    refuses(
        () -> multiTarget().setStepSizeSchedule("cosin"),
        "stepSizeSchedule, column 1: no schedule is called 'cosin'; the nearest known name is"
            + " 'cosine'.\n"
            + "  cosin\n"
            + "  ^");
  }

  @Test
  void anInitialModelThatIsNotThereIsNamed() {
    for (Estimator<?> stage : List.of(regressor(), multiTarget(), autoencoder())) {
      assertThatThrownBy(() -> set(stage, "initialModelPath", "/nowhere").fit(GOOD))
          .hasMessageContaining("/nowhere");
    }
  }

  @Test
  void oneRowThatTrainsAndOneThatValidatesAreEnough() {
    Dataset<Row> two =
        Curves.of(
            List.of(
                row(FEATURES, 1.0, LABELS, 1.0, false),
                row(Vectors.dense(3, 4), 2.0, LABELS, 1.0, true)),
            2);
    for (Estimator<?> stage :
        List.of(new NeuralNetworkRegressor().setMaxIter(1), new Autoencoder().setMaxIter(1))) {
      var model = set(stage, "validationIndicatorCol", "validates").fit(two);
      assertThat(model.transform(two).count()).isEqualTo(2);
    }
  }

  @Test
  void aLossThatLeavesTheRangeOfFloatsEndsTraining() {
    for (Estimator<?> stage :
        List.of(
            new NeuralNetworkRegressor().setSolver("sgd").setStepSize(1e30),
            new Autoencoder().setSolver("sgd").setStepSize(1e30))) {
      assertThatThrownBy(() -> stage.fit(GOOD))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageMatching(
              "The loss became (NaN|infinite) in pass \\d+ at step size 1\\.0E30: lower stepSize, or"
                  + " scale the features\\.");
    }
  }

  @Test
  void aNetworkTooLargeForMemoryIsRefusedBeforeTraining() {
    assertThatThrownBy(() -> regressor().setHiddenLayers(new int[] {40_000, 20_000}).fit(GOOD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "The network has 800,[\\d,]+ weights, for which this JVM needs about [\\d,]+ MB, but it"
                + " has [\\d,]+ MB: use narrower layers, a smaller batchSize or a lower"
                + " numPartitions, or raise spark\\.driver\\.memory\\.");
  }
}
