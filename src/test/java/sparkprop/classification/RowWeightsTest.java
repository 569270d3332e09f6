package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.testing.Clouds;

/** A row of weight k counts as k rows, and one of weight 0 not at all. */
class RowWeightsTest {
  private static final int ROWS = 90;

  /** Weights 0 to 3, half of them as copies. */
  private record Both(Dataset<Row> weighted, Dataset<Row> copied) {
    static Both of(long seed) {
      Random random = new Random(seed);
      List<List<Row>> weighted = List.of(new ArrayList<>(), new ArrayList<>());
      List<List<Row>> copied = List.of(new ArrayList<>(), new ArrayList<>());
      int number = 0;
      for (Row row : Clouds.rows(ROWS, 3)) {
        int partition = 2 * number / ROWS;
        int weight = number % 9 < 2 ? 1 : random.nextInt(4);
        weighted.get(partition).add(with(row, weight));
        for (int k = 0; k < weight; k++) {
          copied.get(partition).add(with(row, 1));
        }
        number++;
      }
      return new Both(frame(weighted), frame(copied));
    }

    private static Row with(Row row, double weight) {
      return RowFactory.create(row.get(0), row.get(1), weight, row.get(3));
    }

    private static Dataset<Row> frame(List<List<Row>> partitions) {
      return Clouds.of(partitions.get(0), 1).union(Clouds.of(partitions.get(1), 1));
    }
  }

  private static NeuralNetworkClassifier classifier(String network) {
    return new NeuralNetworkClassifier()
        .setNetwork(network)
        .setSolver("l-bfgs")
        .setMaxIter(3)
        .setPatience(0)
        .setWeightCol("weight")
        .setNumPartitions(2)
        .setRegParam(0.01)
        .setStandardization(!network.startsWith("batchNorm"));
  }

  /** Gradients, losses, batchNorm's means and variances, standardization and validation. */
  @ParameterizedTest
  @CsvSource({
    "dense(5) tanh, 1",
    "dense(5) tanh, 2",
    "dense(5) batchNorm tanh, 3",
    "batchNorm dense(5) tanh, 4"
  })
  void weightKIsKCopies(String network, long seed) {
    Both rows = Both.of(seed);
    NeuralNetworkClassifier classifier = classifier(network).setValidationIndicatorCol("validates");
    NeuralNetworkClassificationModel weighted = classifier.fit(rows.weighted());
    NeuralNetworkClassificationModel copied = classifier.fit(rows.copied());
    assertThat(weighted.summary().objectiveHistory())
        .containsExactly(copied.summary().objectiveHistory(), within(2e-5));
    assertThat(weighted.summary().validationHistory())
        .containsExactly(copied.summary().validationHistory(), within(1e-3));
    assertThat(weighted.summary().validationAccuracyHistory())
        .containsExactly(copied.summary().validationAccuracyHistory(), within(1e-9));
    assertThat(weighted.weights().toArray())
        .containsExactly(copied.weights().toArray(), within(1e-3));
    MulticlassClassificationEvaluator accuracy =
        new MulticlassClassificationEvaluator().setMetricName("accuracy").setWeightCol("weight");
    assertThat(weighted.evaluate(rows.weighted()).accuracy())
        .isEqualTo(accuracy.evaluate(weighted.transform(rows.copied())), within(1e-12));
  }

  /** What no network could train on does not matter in a row that does not count. */
  @ParameterizedTest
  @ValueSource(strings = {"l-bfgs", "adam"})
  void weight0IsNoRow(String solver) {
    List<Row> rows = Clouds.rows(60, 3);
    List<Row> more = new ArrayList<>();
    for (Row row : rows) {
      more.add(RowFactory.create(row.get(0), row.get(1), 2.0, row.get(3)));
      more.add(RowFactory.create(null, Double.NaN, 0.0, row.get(3)));
      more.add(RowFactory.create(row.get(0), 17.5, 0.0, null));
    }
    List<Row> kept = more.stream().filter(row -> row.getDouble(2) > 0).toList();
    NeuralNetworkClassifier classifier =
        classifier("dense(5) tanh")
            .setSolver(solver)
            .setRegParam(0)
            .setValidationFraction(0.2)
            .setBatchSize(solver.equals("adam") ? 16 : 0);
    NeuralNetworkClassificationModel model = classifier.fit(Clouds.of(more, 2));
    NeuralNetworkClassificationModel same = classifier.fit(Clouds.of(kept, 2));
    assertThat(model.weights()).isEqualTo(same.weights());
    assertThat(model.summary().accuracy()).isEqualTo(same.summary().accuracy());
    assertThat(model.summary().labels()).containsExactly(0, 1, 2);
    assertThat(model.evaluate(Clouds.of(more, 2)).weightedRecall())
        .isEqualTo(same.evaluate(Clouds.of(kept, 2)).weightedRecall());
  }

  /** Weights change no batch: as many updates, of as many rows. */
  @Test
  void weightsDoNotChangeWhichRowsFormABatch() {
    List<Row> rows = Clouds.rows(60, 3);
    List<Row> same = new ArrayList<>();
    for (Row row : rows) {
      same.add(RowFactory.create(row.get(0), row.get(1), 7.0, row.get(3)));
    }
    NeuralNetworkClassifier classifier =
        classifier("dense(5) tanh").setSolver("sgd").setBatchSize(16).setMaxIter(2);
    double[] seven = classifier.fit(Clouds.of(same, 2)).weights().toArray();
    double[] one =
        new NeuralNetworkClassifier()
            .setNetwork("dense(5) tanh")
            .setSolver("sgd")
            .setBatchSize(16)
            .setMaxIter(2)
            .setPatience(0)
            .setNumPartitions(2)
            .setRegParam(0.01)
            .setStandardization(true)
            .fit(Clouds.of(same, 2))
            .weights()
            .toArray();
    assertThat(seven).containsExactly(one, within(1e-5));
  }
}
