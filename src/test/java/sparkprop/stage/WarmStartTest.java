package sparkprop.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.regression.NeuralNetworkRegressionModel;
import sparkprop.regression.NeuralNetworkRegressor;
import sparkprop.testing.Clouds;
import sparkprop.testing.Curves;

/** Training that begins with the weights of a model. */
class WarmStartTest {
  private static final Dataset<Row> ROWS = Clouds.of(200, 3);
  private static final NeuralNetworkClassificationModel TRAINED =
      classifier().setMaxIter(6).fit(ROWS);

  @TempDir private Path directory;

  private static NeuralNetworkClassifier classifier() {
    return new NeuralNetworkClassifier()
        .setNetwork("dense(6) batchNorm tanh")
        .setBatchSize(50)
        .setStepSize(0.01)
        .setPatience(0);
  }

  /** Statistics of batchNorm are taken over too. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutAPassTheModelIsTheSame(boolean standardization) {
    NeuralNetworkClassificationModel same =
        classifier()
            .setStandardization(standardization)
            .setInitialModel(TRAINED)
            .setMaxIter(0)
            .fit(ROWS);
    var expected = TRAINED.transform(ROWS).select("probability").collectAsList();
    var found = same.transform(ROWS).select("probability").collectAsList();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).<Vector>getAs(0).toArray())
          .containsExactly(expected.get(i).<Vector>getAs(0).toArray(), within(1e-5));
    }
  }

  @Test
  void fromAPathAndInPipelinesItIsTheSame() throws IOException {
    String path = directory.resolve("model").toString();
    TRAINED.write().save(path);
    NeuralNetworkClassifier fromPath = classifier().setInitialModelPath(path).setMaxIter(2);
    NeuralNetworkClassifier fromModel = classifier().setInitialModel(TRAINED).setMaxIter(2);
    NeuralNetworkClassificationModel further = fromPath.fit(ROWS);
    assertThat(further.weights()).isEqualTo(fromModel.fit(ROWS).weights());
    assertThat(further.summary().objectiveHistory()[0])
        .isLessThan(0.7 * TRAINED.summary().objectiveHistory()[0]);
    PipelineModel piped =
        new Pipeline()
            .setStages(new PipelineStage[] {fromModel})
            .fit(ROWS, new ParamMap().put(fromModel.maxIter().w(2)));
    assertThat(((NeuralNetworkClassificationModel) piped.stages()[0]).weights())
        .isEqualTo(further.weights());
  }

  /** New statistics of features and label, the same function to begin with. */
  @Test
  void aRegressorUnfoldsWithTheNewRowsStatistics() {
    NeuralNetworkRegressor regressor =
        new NeuralNetworkRegressor()
            .setHiddenLayers(new int[] {5})
            .setStandardization(true)
            .setSolver("l-bfgs")
            .setMaxIter(20)
            .setPatience(0);
    Dataset<Row> rows = Curves.of(200);
    NeuralNetworkRegressionModel first = regressor.fit(rows);
    Dataset<Row> others =
        rows.where("weight > 1").withColumn("label", functions.col("label").multiply(3));
    NeuralNetworkRegressionModel same =
        regressor.copy(new ParamMap()).setInitialModel(first).setMaxIter(0).fit(others);
    for (Row row : Curves.rows(20)) {
      double expected = first.predict((Vector) row.get(0));
      assertThat(same.predict((Vector) row.get(0)))
          .isCloseTo(expected, within(1e-4 * Math.abs(expected)));
    }
  }

  @Test
  void anotherNetworkIsRefusedNamingBoth() {
    assertThatThrownBy(
            () -> classifier().setNetwork("dense(7) tanh").setInitialModel(TRAINED).fit(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The initial model has the network 'dense(6) batchNorm tanh' (4 features, 3 output"
                + " units, classification by softmax), but 'dense(7) tanh' (4 features, 3 output units,"
                + " classification by softmax) is to be trained: make them the same, or begin without"
                + " it.");
    assertThatThrownBy(
            () -> classifier().setInitialModelPath("/nowhere").setInitialModel(TRAINED).fit(ROWS))
        .hasMessage(
            "There is an initial model, but initialModelPath is '/nowhere': set one of them, since"
                + " either alone says from which weights to begin.");
  }
}
