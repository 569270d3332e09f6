package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.testing.Clouds;
import sparkprop.testing.LogLines;
import sparkprop.testing.SharedSpark;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;
import sparkprop.train.checkpoint.CheckpointFolder;

/** A checkpoint of other rows, another network or other Params is not gone on from. */
class OtherCourseTest {
  @TempDir private Path path;

  /**
   * What differs from the fit that was broken off.
   *
   * @param says what one line tells of it
   */
  private record Other(
      String says, UnaryOperator<List<Row>> rows, UnaryOperator<NeuralNetworkClassifier> params) {
    static Other rows(String says, UnaryOperator<List<Row>> rows) {
      return new Other(says, rows, classifier -> classifier);
    }

    static Other params(String says, UnaryOperator<NeuralNetworkClassifier> params) {
      return new Other(says, rows -> rows, params);
    }

    @Override
    public String toString() {
      return says;
    }
  }

  static Stream<Other> others() {
    return Stream.of(
        Other.rows(
            "ordered hash of the rows", rows -> with(rows, 7, row(7, 1.0 - 7 % 2, 1, false))),
        Other.rows("ordered hash of the rows", rows -> with(rows, 7, row(7, 7 % 2, 2, false))),
        Other.rows(
            "ordered hash of the rows", rows -> with(with(rows, 7, rows.get(9)), 9, rows.get(7))),
        Other.rows("training rows is", rows -> with(rows, 7, row(7, 7 % 2, 1, true))),
        Other.params("the network is", c -> c.setNetwork("dense(4) relu")),
        Other.params("stepSize is", c -> c.setStepSize(0.02)),
        Other.params("seed is", c -> c.setSeed(3)),
        Other.params("regParam is", c -> c.setRegParam(1e-6)));
  }

  private static List<Row> with(List<Row> rows, int i, Row row) {
    List<Row> changed = new ArrayList<>(rows);
    changed.set(i, row);
    return changed;
  }

  private static Row row(int i, double label, double weight, boolean validates) {
    return RowFactory.create(
        Vectors.dense(Math.sin(i), Math.cos(3 * i), i % 7), label, weight, validates);
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      rows.add(row(i, i % 2, 1, i % 10 == 0));
    }
    return rows;
  }

  private NeuralNetworkClassifier classifier() {
    return new NeuralNetworkClassifier()
        .setNetwork("dense(4) tanh")
        .setStepSize(0.01)
        .setWeightCol("weight")
        .setValidationIndicatorCol("validates")
        .setNumPartitions(2)
        .setMaxIter(8)
        .setPatience(0)
        .setSeed(2)
        .setCheckpointPath(path.toString())
        .setCheckpointInterval(1);
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return SharedSpark.session().createDataFrame(rows, Clouds.SCHEMA).coalesce(2);
  }

  private void breakOff() {
    assertThatThrownBy(
            () ->
                classifier()
                    .addListener(new AfterPass(3, () -> Thread.currentThread().interrupt()))
                    .fit(frame(rows())))
        .isInstanceOf(InterruptedException.class);
  }

  private static int firstPass(NeuralNetworkClassifier classifier, Dataset<Row> rows) {
    List<Integer> passes = new ArrayList<>();
    classifier
        .addListener(
            new TrainingListener() {
              @Override
              public void onPass(PassReport report) {
                passes.add(report.pass());
              }
            })
        .fit(rows);
    return passes.get(0);
  }

  @ParameterizedTest
  @MethodSource("others")
  void beginsWithItsFirstPassAndSaysWhy(Other other) {
    breakOff();
    try (LogLines log = LogLines.of(CheckpointFolder.class)) {
      assertThat(firstPass(other.params().apply(classifier()), frame(other.rows().apply(rows()))))
          .isEqualTo(1);
      assertThat(log.at("INFO"))
          .singleElement()
          .asString()
          .startsWith("Training starts anew")
          .contains(other.says());
    }
    assertThat(firstPass(classifier(), frame(rows()))).as("the same fit").isEqualTo(3);
  }

  /**
   * The same uid, since the order of a grid hangs on it. Where tests of a cross validation keep
   * their checkpoints together, none disturbs another.
   */
  @Test
  void parallelFitsShareAPath() throws Exception {
    CrossValidatorModel apart = validated(new NeuralNetworkClassifier("nnc"));
    CrossValidatorModel together =
        validated(
            new NeuralNetworkClassifier("nnc")
                .setCheckpointPath(path.toString())
                .setCheckpointInterval(1));
    assertThat(together.avgMetrics()).isEqualTo(apart.avgMetrics());
    try (Stream<Path> left = Files.list(path)) {
      assertThat(left).isEmpty();
    }
  }

  private static CrossValidatorModel validated(NeuralNetworkClassifier classifier) {
    Estimator<?> estimator = classifier.setHiddenLayers(new int[] {4}).setPatience(0).setSeed(2);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(classifier.maxIter(), new int[] {6, 9})
            .addGrid(classifier.stepSize(), new double[] {0.01, 0.02})
            .build();
    return new CrossValidator()
        .setEstimator(estimator)
        .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("logLoss"))
        .setEstimatorParamMaps(grid)
        .setNumFolds(2)
        .setParallelism(4)
        .setSeed(5)
        .fit(frame(rows()));
  }
}
