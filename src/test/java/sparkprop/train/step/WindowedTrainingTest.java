package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkprop.cluster.JobScope;
import sparkprop.data.BlockFormat;
import sparkprop.data.Columns;
import sparkprop.data.DataSummary;
import sparkprop.data.Partitioning;
import sparkprop.data.PlannedInput;
import sparkprop.data.TrainingData;
import sparkprop.data.ValidationDraw;
import sparkprop.linalg.Randomness;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.testing.Eventually;
import sparkprop.testing.SharedSpark;

/** Training on a DataFrame's rows where they do not fit storage memory. */
@ExtendWith(SharedSpark.class)
class WindowedTrainingTest {
  private static final int ROWS = 3000;
  private static final int PARTITIONS = 2;

  /** Bytes of a row's features, target, weight and number. */
  private static final long ROW_BYTES = 4L * Samples.FEATURES + 4 + 4 + 8;

  private final SparkSession session;
  private final JobScope jobs;

  WindowedTrainingTest(SparkSession session) {
    this.session = session;
    this.jobs = new JobScope(session.sparkContext(), "test");
  }

  /** Windows that tasks put in memory, each of which is one read of its blocks from disk. */
  private static final class WindowReads extends SparkListener {
    final List<String> blocks = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onBlockUpdated(SparkListenerBlockUpdated update) {
      var info = update.blockUpdatedInfo();
      if (info.blockId() instanceof RDDBlockId && info.memSize() > 0) {
        blocks.add(info.blockId().name());
      }
    }
  }

  @Test
  void dataOfThreeTimesTheStorageMemoryIsReadOnceAPass() throws Exception {
    Network network = Samples.network("dense(5) tanh");
    float[] weights = Initialisation.draw(network, "auto", 1);
    WindowReads reads = new WindowReads();
    try (TrainingData data = materialise(ROWS * ROW_BYTES / 3);
        SparkPlacement placement = new SparkPlacement(jobs, network, data, 100, 2, false)) {
      int windows = data.windows();
      // Two neighbouring windows fit in half of the storage memory.
      assertThat(windows).isGreaterThanOrEqualTo(12);
      assertThat(placement.plan().updatesPerPass()).isEqualTo(30);
      session.sparkContext().addSparkListener(reads);
      double[] rows = new double[2];
      for (int pass = 0; pass < 2; pass++) {
        for (int update = 0; update < 30; update++) {
          GradientSum sum = placement.gradient(weights, new Moment(1, pass, update));
          rows[pass] += sum.rows();
        }
      }
      assertThat(rows).containsOnly(ROWS);
      Eventually.holds(() -> reads.blocks.size() >= 2 * windows * PARTITIONS);
      assertThat(reads.blocks).hasSize(2 * windows * PARTITIONS).doesNotHaveDuplicates();
    } finally {
      session.sparkContext().removeSparkListener(reads);
    }
    assertThat(session.sparkContext().getPersistentRDDs().size()).isZero();
  }

  private TrainingData materialise(long storageBytes) throws InterruptedException {
    PlannedInput input =
        PlannedInput.of(
            frame(),
            new Columns("features", "label", false, null, null),
            ValidationDraw.NONE,
            jobs);
    DataSummary summary = input.scan();
    return TrainingData.materialise(
        input,
        summary,
        Partitioning.resolve(PARTITIONS, summary.trainingRowsByPartition(), 2, 1),
        BlockFormat.of(summary, false, false, 0),
        storageBytes,
        OptionalInt.empty(),
        1);
  }

  private Dataset<Row> frame() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double[] features = new double[Samples.FEATURES];
      for (int j = 0; j < features.length; j++) {
        features[j] = Randomness.uniform(Randomness.hash(i, j)) - 0.5;
      }
      rows.add(RowFactory.create(Vectors.dense(features), (double) (i % Samples.CLASSES)));
    }
    return session.createDataFrame(
        rows,
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType));
  }
}
