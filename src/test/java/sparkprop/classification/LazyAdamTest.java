package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import sparkprop.stage.NetworkTraining;
import sparkprop.testing.Clouds;
import sparkprop.testing.LogLines;
import sparkprop.testing.SharedSpark;

/** Wide sparse rows, of which most columns never occur, by the stage. */
class LazyAdamTest {
  private static final int COLUMNS = 5_000;
  private static final int WIDTH = 8;

  private static Dataset<Row> rows(SparkSession session) {
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType);
    List<Row> rows =
        IntStream.range(0, 400)
            .mapToObj(
                i ->
                    RowFactory.create(
                        Vectors.sparse(
                            COLUMNS,
                            new int[] {i % 50, 100 + i % 7, 4_000 + i % 2},
                            new double[] {1, 1 + i % 3, 1}),
                        (double) (i % 2)))
            .toList();
    return session.createDataFrame(
        JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(rows, 3), schema);
  }

  private static NeuralNetworkClassifier classifier(String solver) {
    return new NeuralNetworkClassifier()
        .setSolver(solver)
        .setNetwork("dense(" + WIDTH + ") relu")
        .setBatchSize(20)
        .setMaxIter(6)
        .setPatience(0);
  }

  @Test
  void movesOnlyColumnsThatOccurAndLearns() {
    Dataset<Row> rows = rows(SharedSpark.session());
    double[] initial = classifier("adam").setMaxIter(0).fit(rows).weights().toArray();
    NeuralNetworkClassificationModel model = classifier("adam(lazy=true)").fit(rows);
    double[] weights = model.weights().toArray();
    for (int column = 0; column < COLUMNS; column++) {
      boolean occurs = column < 50 || (column >= 100 && column < 107) || column / 2 == 2_000;
      boolean moved = false;
      for (int i = column * WIDTH; i < (column + 1) * WIDTH; i++) {
        moved |= weights[i] != initial[i];
      }
      assertThat(moved).as("column %d", column).isEqualTo(occurs);
    }
    assertThat(model.summary().accuracy()).isEqualTo(1);
  }

  /** Plain Adam goes on to move a column by its memory; a lazy one waits until it occurs again. */
  @Test
  void isAnotherSolverThanAdamUnlessEveryColumnOccursEachTime() {
    Dataset<Row> rows = rows(SharedSpark.session());
    assertThat(classifier("adam(lazy=true)").fit(rows).weights())
        .isNotEqualTo(classifier("adam").fit(rows).weights());
    NeuralNetworkClassifier whole = classifier("adam(lazy=true)").setBatchSize(400);
    assertThat(whole.fit(rows).weights())
        .isEqualTo(classifier("adam").setBatchSize(400).fit(rows).weights());
  }

  @Test
  void whereRowsAreHeldDenseItSaysThatItIsAdam() {
    Dataset<Row> rows = Clouds.of(60, 3);
    try (LogLines log = LogLines.of(NetworkTraining.class)) {
      NeuralNetworkClassifier lazy = classifier("adam(lazy=true)");
      NeuralNetworkClassificationModel model = lazy.fit(rows);
      assertThat(log.at("WARN"))
          .containsExactly(
              lazy.uid()
                  + ": solver adam(lazy=true) is adam here, since the features are held as dense"
                  + " rows: leave lazy out.");
      assertThat(model.weights()).isEqualTo(classifier("adam").fit(rows).weights());
      assertThat(log.at("WARN")).hasSize(1);
    }
  }

  /** Averaging moves no column that no partition has moved. */
  @Test
  void clippingAndLocalStepsGoWithIt() {
    Dataset<Row> rows = rows(SharedSpark.session());
    double[] initial = classifier("adam").setMaxIter(0).fit(rows).weights().toArray();
    NeuralNetworkClassificationModel model =
        classifier("adam(lazy=true)").setMaxGradientNorm(0.5).setSyncInterval(4).fit(rows);
    assertThat(model.summary().accuracy()).isEqualTo(1);
    double[] weights = model.weights().toArray();
    for (int i = 200 * WIDTH; i < 4_000 * WIDTH; i++) {
      assertThat(weights[i]).isEqualTo(initial[i]);
    }
  }
}
