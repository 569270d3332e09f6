package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
import sparkprop.testing.Clouds;
import sparkprop.train.TrainingListener;
import sparkprop.train.TrainingPlan;

/**
 * Bad input, as {@code fit} meets it: one sentence that says what is wrong, where, and what to do,
 * and nothing is trained.
 */
class BadInputTest {
  private static final Dataset<Row> GOOD = Clouds.of(20, 2);

  private static Row row(Vector features, Double label, Double weight, Boolean validates) {
    return RowFactory.create(features, label, weight, validates);
  }

  /** Twenty good rows, then this one: row 10 of partition 1. */
  private static Dataset<Row> with(Row bad) {
    List<Row> rows = new ArrayList<>(Clouds.rows(20, 2));
    rows.add(bad);
    return Clouds.of(rows, 2);
  }

  private static Vector vector(double... values) {
    return Vectors.dense(values);
  }

  private static Arguments refused(
      String what, UnaryOperator<NeuralNetworkClassifier> settings, Dataset<Row> rows, String why) {
    return arguments(what, settings, rows, why);
  }

  private static Arguments badValue(
      String what, UnaryOperator<NeuralNetworkClassifier> settings, Row row, String example) {
    return refused(
        what,
        settings,
        with(row),
        "The input has 1 row with a null, NaN or infinite value or a negative weight, the first in"
            + " row 10 of partition 1, where column "
            + example
            + "; drop or mend such rows before fit.");
  }

  static Stream<Arguments> table() {
    UnaryOperator<NeuralNetworkClassifier> plain = c -> c;
    UnaryOperator<NeuralNetworkClassifier> weighted = c -> c.setWeightCol("weight");
    UnaryOperator<NeuralNetworkClassifier> validated =
        c -> c.setValidationIndicatorCol("validates");
    return Stream.of(
        refused(
            "missing features",
            c -> c.setFeaturesCol("nowhere"),
            GOOD,
            "There is no column 'nowhere' (Param featuresCol); the columns are features, label,"
                + " weight, validates."),
        refused(
            "missing label",
            c -> c.setLabelCol("nowhere"),
            GOOD,
            "There is no column 'nowhere' (Param labelCol); the columns are features, label,"
                + " weight, validates."),
        refused(
            "missing weight",
            c -> c.setWeightCol("nowhere"),
            GOOD,
            "There is no column 'nowhere' (Param weightCol); the columns are features, label,"
                + " weight, validates."),
        refused(
            "mistyped features",
            c -> c.setFeaturesCol("weight"),
            GOOD,
            "Column 'weight' (Param featuresCol) must be a vector, but is of type double;"
                + " VectorAssembler makes vectors of numbers."),
        refused(
            "mistyped label",
            plain,
            GOOD.withColumn("label", functions.lit("cat")),
            "Column 'label' (Param labelCol) must be numeric, but is of type string; cast it,"
                + " or let StringIndexer number strings."),
        refused(
            "mistyped weight",
            c -> c.setWeightCol("validates"),
            GOOD,
            "Column 'validates' (Param weightCol) must be numeric, but is of type boolean;"
                + " cast it to double."),
        refused(
            "mistyped indicator",
            c -> c.setValidationIndicatorCol("label"),
            GOOD,
            "Column 'label' (Param validationIndicatorCol) must be boolean, but is of type double;"
                + " cast it, or make it by a comparison."),
        refused(
            "output column there already",
            c -> c.setPredictionCol("weight"),
            GOOD,
            "There is a column 'weight' already: drop it, or give the new one another name or"
                + " none."),
        badValue("null features", plain, row(null, 1.0, 1.0, false), "'features' holds null"),
        badValue(
            "NaN feature",
            plain,
            row(vector(1, Double.NaN, 1, 1), 1.0, 1.0, false),
            "'features' holds NaN at index 1"),
        badValue(
            "infinite feature",
            plain,
            row(vector(1, 1, 1, Double.NEGATIVE_INFINITY), 1.0, 1.0, false),
            "'features' holds -Infinity at index 3"),
        badValue(
            "null label", plain, row(vector(1, 1, 1, 1), null, 1.0, false), "'label' holds null"),
        badValue(
            "NaN label",
            plain,
            row(vector(1, 1, 1, 1), Double.NaN, 1.0, false),
            "'label' holds NaN"),
        badValue(
            "null weight",
            weighted,
            row(vector(1, 1, 1, 1), 1.0, null, false),
            "'weight' holds null"),
        badValue(
            "negative weight",
            weighted,
            row(vector(1, 1, 1, 1), 1.0, -2.0, false),
            "'weight' holds -2.0"),
        badValue(
            "null indicator",
            validated,
            row(vector(1, 1, 1, 1), 1.0, 1.0, null),
            "'validates' holds null"),
        refused(
            "vectors of unequal size",
            plain,
            with(row(vector(1, 2), 1.0, 1.0, false)),
            "Column 'features' holds vectors of unequal size, 4 in row 0 of partition 0 but 2 in"
                + " row 10 of partition 1; every row needs a vector of the same size."),
        refused(
            "negative label",
            plain,
            with(row(vector(1, 1, 1, 1), -1.0, 1.0, false)),
            "Column 'label' holds 1 label that is negative or fractional, such as -1.0 in row 10 of"
                + " partition 1; class labels are whole numbers from 0, as StringIndexer makes"
                + " them."),
        refused(
            "fractional label",
            plain,
            with(row(vector(1, 1, 1, 1), 0.5, 1.0, false)),
            "Column 'label' holds 1 label that is negative or fractional, such as 0.5 in row 10 of"
                + " partition 1; class labels are whole numbers from 0, as StringIndexer makes"
                + " them."),
        refused(
            "label beyond the declared classes",
            plain,
            declaringTwoClasses(with(row(vector(1, 1, 1, 1), 2.0, 1.0, false))),
            "Column 'label' holds the label 2.0, but its metadata names 2 classes, 0 to 1; number the"
                + " labels anew with a StringIndexer that is fitted to all rows."),
        refused(
            "one class only",
            plain,
            GOOD.filter("label = 1"),
            "All 10 training rows have the label 1.0 in column 'label'; a classifier needs rows of"
                + " at least two classes."),
        refused(
            "all weights zero",
            weighted,
            GOOD.withColumn("weight", functions.lit(0.0)),
            "All 20 rows weigh 0 in column 'weight'; at least one training row needs a weight above"
                + " 0."),
        refused(
            "no rows",
            plain,
            GOOD.filter("label = 7"),
            "The input has no rows; there is nothing to train on."),
        refused(
            "no training rows",
            validated,
            GOOD.withColumn("validates", functions.lit(true)),
            "There are no training rows: all 20 rows validate, as validationIndicatorCol ="
                + " 'validates' says; lower the fraction, or mark the rows that train with false."),
        refused(
            "no validation rows",
            validated,
            GOOD.withColumn("validates", functions.lit(false)),
            "There are no validation rows: none of 20 rows validates, as validationIndicatorCol ="
                + " 'validates' says; raise the fraction, or mark the rows that validate with"
                + " true."),
        refused(
            "two ways to validate",
            c -> c.setValidationIndicatorCol("validates").setValidationFraction(0.1),
            GOOD,
            "validationIndicatorCol is 'validates' and validationFraction is 0.1: set one of them,"
                + " since either alone says which rows validate."),
        refused(
            "loss and output that do not fit",
            c -> c.setLoss("crossEntropy").setOutputActivation("relu"),
            GOOD,
            "Loss crossEntropy and outputActivation relu do not fit: crossEntropy takes softmax or"
                + " logistic; squaredError takes any that rises."),
        refused(
            "thresholds for another number of classes",
            c -> c.setThresholds(new double[] {0.2, 0.3, 0.5}),
            GOOD,
            "thresholds has 3 numbers, but column 'label' has 2 classes: set a number for each class,"
                + " or clear thresholds."),
        refused(
            "standardization before another layer than dense",
            c -> c.setStandardization(true).setNetwork("batchNorm dense(3) relu"),
            GOOD,
            "standardization needs a network that begins with dense, but this one has batchNorm"
                + " first: switch it off and put Spark's StandardScaler before the network."),
        refused(
            "a weight beyond the length of arrays",
            c -> c.setHiddenLayers(new int[] {100_000, 100_000}),
            GOOD,
            "The network has a layer with 100000x100000 numbers, more than one array can hold"
                + " (2^31): use narrower layers."),
        refused(
            "weights beyond the length of arrays only together",
            c -> c.setHiddenLayers(new int[] {40_000, 40_000, 40_000}),
            GOOD,
            "The network has more weights than one array can hold (2^31): use narrower layers."),
        refused(
            "features too small to be scaled inside",
            c -> c.setStandardization(true),
            Clouds.of(
                List.of(row(vector(2e-40, 1), 0.0, 1.0, false), row(vector(0, 2), 1.0, 1.0, false)),
                1),
            "standardization of feature 0, of mean 1.0E-40 and standard deviation 1.0E-40, takes"
                + " the first layer's weights out of the range of float32: switch it off and put"
                + " Spark's StandardScaler before the network."),
        refused(
            "a matrix over too many weights",
            c -> c.setSolver("naturalGradient").setHiddenLayers(new int[] {900}),
            GOOD,
            "Solver naturalGradient holds a matrix over all weights and takes 5,000 at most, but"
                + " the network has 6,302: use l-bfgs or adam, or narrower layers."),
        refused(
            "Levenberg-Marquardt without squares",
            c -> c.setSolver("levenbergMarquardt"),
            GOOD,
            "Solver levenbergMarquardt needs a sum of squares, but the loss is crossEntropy: set"
                + " loss to squaredError, or use naturalGradient."),
        refused(
            "rows that hang together for a second-order solver",
            c -> c.setSolver("naturalGradient(0.1)").setNetwork("dense(3) batchNorm relu"),
            GOOD,
            "Solver naturalGradient(damping=0.1) needs each row's own derivative, which batchNorm"
                + " mixes: take that layer out, or use l-bfgs or adam."),
        refused(
            "slices of one row for batchNorm",
            c -> c.setNetwork("dense(3) batchNorm relu").setBatchSize(3).setNumPartitions(2),
            GOOD,
            "batchNorm needs at least two rows of a partition in each update, but 20 rows in 2"
                + " partitions with updates of at most 3 rows leave some partition a single row:"
                + " raise batchSize or lower numPartitions."));
  }

  private static Dataset<Row> declaringTwoClasses(Dataset<Row> rows) {
    var metadata =
        org.apache.spark.ml.attribute.NominalAttribute.defaultAttr()
            .withName("label")
            .withNumValues(2)
            .toMetadata();
    return rows.withColumn("label", functions.col("label").as("label", metadata));
  }

  /** Fails the test if training begins. */
  private static final class NothingIsTrained implements TrainingListener {
    private boolean started;

    @Override
    public void onStart(TrainingPlan plan) {
      started = true;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void isRefusedBeforeTraining(
      String what, UnaryOperator<NeuralNetworkClassifier> settings, Dataset<Row> rows, String why) {
    NothingIsTrained listener = new NothingIsTrained();
    NeuralNetworkClassifier classifier =
        settings.apply(new NeuralNetworkClassifier().setMaxIter(1).addListener(listener));
    assertThatThrownBy(() -> classifier.fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
    assertThat(listener.started).isFalse();
  }

  /** Spark's fit reads names of labels and weights unquoted, which ends in an analysis error. */
  @Test
  void refusesLabelsAndWeightsThatSparkWouldNotFind() {
    String why =
        "Column '%s' (Param %s) has a dot or a backtick in its name, which Spark takes for a path"
            + " into a struct or for a quote when fit casts labels and weights: give it a plain"
            + " name with withColumn.";
    for (String name : List.of("a.b", "a`b")) {
      Dataset<Row> named = GOOD.withColumn(name, functions.col("label"));
      NeuralNetworkClassifier labelled = new NeuralNetworkClassifier().setLabelCol(name);
      assertThatThrownBy(() -> labelled.transformSchema(named.schema()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(why, name, "labelCol");
      NeuralNetworkClassifier weighted = new NeuralNetworkClassifier().setWeightCol(name);
      assertThatThrownBy(() -> weighted.transformSchema(named.schema()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(why, name, "weightCol");
    }
    Dataset<Row> nested = GOOD.withColumn("s", functions.struct("label"));
    assertThatThrownBy(() -> new NeuralNetworkClassifier().setLabelCol("s.label").fit(nested))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why, "s.label", "labelCol");
  }

  /** What the schema shows is refused before a pipeline runs its first stage. */
  @Test
  void transformSchemaRefusesWhatItCanSee() {
    assertThatThrownBy(
            () ->
                new NeuralNetworkClassifier()
                    .setFeaturesCol("weight")
                    .transformSchema(GOOD.schema()))
        .hasMessage(
            "Column 'weight' (Param featuresCol) must be a vector, but is of type double;"
                + " VectorAssembler makes vectors of numbers.");
    assertThatThrownBy(
            () ->
                new NeuralNetworkClassifier()
                    .setLoss("crossEntropy")
                    .setOutputActivation("relu")
                    .transformSchema(GOOD.schema()))
        .hasMessageStartingWith("Loss crossEntropy and outputActivation relu do not fit");
    assertThatThrownBy(
            () ->
                new NeuralNetworkClassifier()
                    .setValidationIndicatorCol("validates")
                    .setValidationFraction(0.1)
                    .transformSchema(GOOD.schema()))
        .hasMessage(
            "validationIndicatorCol is 'validates' and validationFraction is 0.1: set one of them,"
                + " since either alone says which rows validate.");
    assertThatThrownBy(
            () ->
                new NeuralNetworkClassifier()
                    .setNetwork("dense(4) relu dropout(0.2)")
                    .setSolver("rprop(0.4)")
                    .transformSchema(GOOD.schema()))
        .hasMessage(
            "Solver rprop(0.4) compares the gradients of all rows from pass to pass, which"
                + " dropout(0.2) makes random: take that layer out, or use adam.");
    String unfit =
        "Solver rprop takes the gradient of all rows and decides on the length of each step itself, with which %s does"
            + " not fit: leave that out, or use adam.";
    NeuralNetworkClassifier rprop = new NeuralNetworkClassifier().setSolver("rprop");
    rprop.transformSchema(GOOD.schema());
    assertThatThrownBy(
            () -> rprop.copy(none()).setStepSizeSchedule("cosine").transformSchema(GOOD.schema()))
        .hasMessage(unfit.formatted("stepSizeSchedule cosine"));
    assertThatThrownBy(
            () -> rprop.copy(none()).setMaxGradientNorm(1).transformSchema(GOOD.schema()))
        .hasMessage(unfit.formatted("maxGradientNorm 1.0"));
    assertThatThrownBy(
            () ->
                rprop
                    .copy(none())
                    .setRegParam(0.1)
                    .setElasticNetParam(0.5)
                    .transformSchema(GOOD.schema()))
        .hasMessage(unfit.formatted("an L1 penalty (regParam and elasticNetParam above 0)"));
    assertThatThrownBy(() -> rprop.copy(none()).setSyncInterval(2).transformSchema(GOOD.schema()))
        .hasMessage(unfit.formatted("syncInterval 2"));
    assertThatThrownBy(
            () ->
                new NeuralNetworkClassifier()
                    .setCheckpointPath("/here")
                    .transformSchema(GOOD.schema()))
        .hasMessage(
            "checkpointPath is '/here', but checkpointInterval is -1, which is off: set the passes"
                + " from one checkpoint to the next, 1 for example.");
    assertThatThrownBy(
            () ->
                new NeuralNetworkClassifier()
                    .setCheckpointInterval(3)
                    .transformSchema(GOOD.schema()))
        .hasMessage(
            "checkpointInterval is 3, but there is no checkpointPath: set the folder in which"
                + " checkpoints are kept.");
    NeuralNetworkClassifier lazy = new NeuralNetworkClassifier().setSolver("adam(lazy=true)");
    lazy.transformSchema(GOOD.schema());
    String touches =
        "Solver adam(lazy=true) touches only the columns that occur, with which %s does not fit:"
            + " leave that out, or use adam.";
    assertThatThrownBy(
            () -> lazy.copy(none()).setStandardization(true).transformSchema(GOOD.schema()))
        .hasMessage(touches.formatted("standardization, which centres all columns"));
    assertThatThrownBy(() -> lazy.copy(none()).setRegParam(0.1).transformSchema(GOOD.schema()))
        .hasMessage(touches.formatted("regParam, which shrinks all weights"));
    assertThatThrownBy(
            () ->
                lazy.copy(none())
                    .setNetwork("dropout(0.1) dense(3) relu")
                    .transformSchema(GOOD.schema()))
        .hasMessage(touches.formatted("a network that begins with dropout(0.1)"));
    NeuralNetworkClassifier newton = new NeuralNetworkClassifier().setSolver("naturalGradient");
    assertThatThrownBy(
            () ->
                newton
                    .copy(none())
                    .setRegParam(0.1)
                    .setElasticNetParam(0.5)
                    .transformSchema(GOOD.schema()))
        .hasMessageContaining("an L1 penalty");
    new NeuralNetworkClassifier()
        .setSolver("l-bfgs")
        .setRegParam(0.1)
        .setElasticNetParam(0.5)
        .transformSchema(GOOD.schema());
    new NeuralNetworkClassifier()
        .setValidationIndicatorCol("")
        .setValidationFraction(0.1)
        .transformSchema(GOOD.schema());
  }

  private static ParamMap none() {
    return new ParamMap();
  }

  /** A column may stand for the network's input that is not there, or is of another size. */
  @Test
  void aModelRefusesWhatItCannotScore() {
    NeuralNetworkClassificationModel model = new NeuralNetworkClassifier().setMaxIter(0).fit(GOOD);
    assertThatThrownBy(() -> model.transform(GOOD.drop("features")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There is no column 'features' (Param featuresCol); the columns are label, weight,"
                + " validates.");
    assertThatThrownBy(() -> model.predict(vector(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network expects vectors of 4 features, but found one of 2.");
    Dataset<Row> narrow = Clouds.of(List.of(row(vector(1, 2), 1.0, 1.0, false)), 1);
    assertThatThrownBy(() -> model.transform(narrow).collectAsList())
        .hasStackTraceContaining("The network expects vectors of 4 features, but found one of 2.");
    Dataset<Row> without = Clouds.of(List.of(row(null, 1.0, 1.0, false)), 1);
    assertThatThrownBy(() -> model.transform(without).collectAsList())
        .hasStackTraceContaining(
            "The features of a row are null: drop such rows, or fill them in, before transform.");
    var twoFeatures = new org.apache.spark.ml.attribute.AttributeGroup("features", 2).toMetadata();
    Dataset<Row> declared =
        narrow.withColumn("features", functions.col("features").as("features", twoFeatures));
    assertThatThrownBy(() -> model.transform(declared))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Column 'features' holds vectors of 2 features, but %s expects 4."
                .formatted(model.uid()));
  }

  @Test
  void aLossThatLeavesTheRangeOfFloatsEndsTraining() {
    assertThatThrownBy(
            () ->
                new NeuralNetworkClassifier()
                    .setSolver("sgd")
                    .setStepSize(1e30)
                    .setBatchSize(5)
                    .fit(GOOD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "The loss became (NaN|infinite) in pass 1 at step size 1\\.0E30: lower stepSize, or"
                + " scale the features\\.");
  }

  @Test
  void aNetworkTooLargeForMemoryIsRefusedBeforeTraining() {
    assertThatThrownBy(
            () ->
                new NeuralNetworkClassifier().setHiddenLayers(new int[] {40_000, 20_000}).fit(GOOD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "The network has 800,260,002 weights, for which this JVM needs about [\\d,]+ MB, but it"
                + " has [\\d,]+ MB: use narrower layers, a smaller batchSize or a lower numPartitions, or"
                + " raise spark\\.driver\\.memory\\.");
  }
}
