package sparkprop.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.evaluation.MultiTargetRegressionEvaluator;
import sparkprop.testing.LogLines;
import sparkprop.testing.SharedSpark;
import sparkprop.testing.Stages;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/** What a user may expect of any stage, asked of each of ours. */
class EveryStageTest {
  /** What {@code Object.toString} makes of an array or of a class that has none of its own. */
  private static final Pattern OBJECT_HASH = Pattern.compile("@[0-9a-f]{4,}|\\[[IDL]");

  static List<Stages.Fitted> fitted() {
    return Stages.all();
  }

  static Stream<Params> explained() {
    return Stream.concat(
        Stages.all().stream().flatMap(stage -> Stream.of(stage.estimator(), stage.model())),
        Stream.of(new MultiTargetRegressionEvaluator()));
  }

  @ParameterizedTest
  @MethodSource("explained")
  void explainsItsParams(Params stage) {
    assertThat(stage.explainParams().lines()).hasSize(stage.params().length);
    for (Param<?> param : stage.params()) {
      String line = stage.explainParam(param);
      assertThat(line)
          .startsWith(param.name() + ": ")
          .doesNotContain("null")
          .doesNotContain(": )")
          .doesNotContain(": ,")
          .doesNotContainPattern(OBJECT_HASH);
      assertThat(param.doc().split(" ", -1)).as(line).hasSizeGreaterThanOrEqualTo(3);
      assertThat(line.contains("(default: ") || line.contains("(current: "))
          .as(line)
          .isEqualTo(stage.isDefined(param));
      assertThat(line.contains("current: ")).as(line).isEqualTo(stage.isSet(param));
    }
  }

  /** Rows stay where they are, and nothing runs before an action does. */
  @ParameterizedTest
  @MethodSource("fitted")
  void transformIsAProjection(Stages.Fitted stage) {
    var context = SharedSpark.session().sparkContext();
    String tag = "transform-" + System.nanoTime();
    context.addJobTag(tag);
    Dataset<Row> scored = stage.model().transform(stage.rows());
    String plan = scored.queryExecution().executedPlan().toString();
    context.removeJobTag(tag);
    assertThat(context.statusTracker().getJobIdsForTag(tag)).isEmpty();
    // A classifier's second projection reads the first's raw outputs, so that the network runs
    // once.
    boolean classifies = List.of(scored.columns()).contains("rawPrediction");
    assertThat(
            plan.lines().map(line -> line.replaceAll("^[ +\\-:]*\\*?(\\(\\d+\\))? ?|[ \\[].*", "")))
        .startsWith("Project")
        .endsWith("Scan")
        .hasSize(classifies ? 3 : 2);
    assertThat(plan.split("UDF\\(features", -1)).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("fitted")
  void transformSchemaForetellsTheColumns(Stages.Fitted stage) {
    StructType schema = stage.model().transform(stage.rows()).schema();
    StructType foretold = stage.model().transformSchema(stage.rows().schema());
    StructType byEstimator = stage.estimator().transformSchema(stage.rows().schema());
    assertThat(foretold.fieldNames()).isEqualTo(schema.fieldNames());
    assertThat(byEstimator.fieldNames()).isEqualTo(schema.fieldNames());
    for (String name : schema.fieldNames()) {
      assertThat(foretold.apply(name).dataType()).isEqualTo(schema.apply(name).dataType());
      assertThat(foretold.apply(name).metadata()).isEqualTo(schema.apply(name).metadata());
      assertThat(byEstimator.apply(name).dataType()).isEqualTo(schema.apply(name).dataType());
    }
  }

  private static Dataset<Row> features(Vector... rows) {
    return SharedSpark.session()
        .createDataFrame(
            Stream.of(rows).map(RowFactory::create).toList(),
            new StructType().add("features", SQLDataTypes.VectorType()));
  }

  private static Vector good(Stages.Fitted stage) {
    return stage.rows().select("features").head().getAs(0);
  }

  /** A row of which something is not known gets no answer that looks like one. */
  @ParameterizedTest
  @MethodSource("fitted")
  void nanInIsNanOut(Stages.Fitted stage) {
    Vector good = good(stage);
    double[] values = good.toArray().clone();
    values[1] = Double.NaN;
    Dataset<Row> rows =
        features(
            Vectors.dense(values),
            Vectors.sparse(values.length, new int[] {1}, new double[] {Double.NaN}),
            good);
    List<Row> scored = stage.model().transform(rows).collectAsList();
    for (int column = 1; column < scored.get(0).size(); column++) {
      assertThat(numbers(scored.get(0).get(column))).containsOnly(Double.NaN);
      assertThat(numbers(scored.get(1).get(column))).containsOnly(Double.NaN);
      assertThat(numbers(scored.get(2).get(column))).doesNotContain(Double.NaN);
    }
  }

  private static double[] numbers(Object answer) {
    return answer instanceof Vector vector ? vector.toArray() : new double[] {(Double) answer};
  }

  @ParameterizedTest
  @MethodSource("fitted")
  void otherVectorsAreRefusedAtScoring(Stages.Fitted stage) {
    int size = good(stage).size();
    assertThatThrownBy(
            () -> stage.model().transform(features(Vectors.zeros(size + 1))).collectAsList())
        .hasStackTraceContaining(
            "The network expects vectors of %d features, but found one of %d."
                .formatted(size, size + 1));
    assertThatThrownBy(() -> stage.model().transform(features((Vector) null)).collectAsList())
        .hasStackTraceContaining(
            "The features of a row are null: drop such rows, or fill them in, before transform.");
    String param = stage.model().hasParam("inputCol") ? "inputCol" : "featuresCol";
    assertThatThrownBy(() -> stage.model().transform(features(good(stage)).toDF("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There is no column 'features' (Param %s); the columns are x.".formatted(param));
    assertThatThrownBy(
            () -> stage.model().transform(SharedSpark.session().sql("select 1.5d as features")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Column 'features' (Param %s) must be a vector, but is of type double; VectorAssembler"
                + " makes vectors of numbers.",
            param);
  }

  static Stream<Arguments> listening() {
    TrainingListener failing = new Failing();
    return Stream.of(
        Arguments.of(Stages.classifier().addListener(failing), Stages.CLOUDS),
        Arguments.of(Stages.regressor().addListener(failing), Stages.CURVES),
        Arguments.of(Stages.multiTarget().addListener(failing), Stages.CURVES),
        Arguments.of(Stages.autoencoder().addListener(failing), Stages.ELLIPSOID));
  }

  /** Cannot be told anything. */
  private static final class Failing implements TrainingListener {
    @Override
    public void onPass(PassReport report) {
      throw new IllegalStateException("not today");
    }

    @Override
    public String toString() {
      return "Failing";
    }
  }

  /** Once in each of two fits, though there are two passes; a pipeline trains copies. */
  @ParameterizedTest
  @MethodSource("listening")
  void aListenerThatThrowsIsDroppedAndLoggedOnce(PipelineStage stage, Dataset<Row> rows) {
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {stage});
    try (LogLines lines = LogLines.of("sparkprop.train.GuardedListener")) {
      pipeline.fit(rows);
      assertThat(lines.at("WARN"))
          .containsExactly("The training listener Failing failed and is told nothing more.");
      pipeline.fit(rows);
      assertThat(lines.at("WARN")).hasSize(2);
    }
  }
}
