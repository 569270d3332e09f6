package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.reflect.ClassTag$;
import sparkprop.cluster.JobScope;
import sparkprop.data.Block;
import sparkprop.data.BlockFormat;
import sparkprop.data.Columns;
import sparkprop.data.DataSummary;
import sparkprop.data.Partitioning;
import sparkprop.data.PlannedInput;
import sparkprop.data.TrainingData;
import sparkprop.data.ValidationDraw;
import sparkprop.linalg.DenseRows;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.testing.SharedSpark;

/** From a DataFrame to a gradient: the whole way of one update through Spark. */
@ExtendWith(SharedSpark.class)
class FrameGradientTest {
  private static final Network NETWORK = Samples.network("dense(9) tanh dense(5) relu");
  private static final float[] WEIGHTS = Initialisation.draw(NETWORK, "auto", 3);
  private static final Moment FIRST = new Moment(1, 0, 0);
  private static final StructType SCHEMA =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType);
  private static final Columns COLUMNS = new Columns("features", "label", false, "weight", null);
  private static final long PLENTY = 1L << 40;

  private final SparkSession session;
  private final SparkContext context;
  private final JobScope jobs;

  FrameGradientTest(SparkSession session) {
    this.session = session;
    this.context = session.sparkContext();
    this.jobs = new JobScope(context, "test");
  }

  /** One test says so: on 1 partition, on 7 with one empty, and without Spark. */
  @Test
  void theWholeBatchGradientIsThatWithoutSparkWhateverThePartitions() throws Exception {
    int[] sizes = {100, 150, 0, 50, 200, 120, 80};
    int rows = Arrays.stream(sizes).sum();
    GradientSum plain = withoutSpark(rows);
    float[] one = gradient(frame(rows), 1, rows);
    float[] seven = gradient(frame(sizes), 7, rows);
    double norm = LocalPlacementTest.norm(plain.gradient());
    assertThat(norm).isGreaterThan(1);
    assertThat(LocalPlacementTest.distance(one, plain.gradient())).isLessThan(1e-5 * norm);
    assertThat(LocalPlacementTest.distance(seven, plain.gradient())).isLessThan(1e-5 * norm);
    assertThat(seven).as("the sum of seven slices").isNotEqualTo(one);
  }

  /** The engine's one call, on all rows as one slice. */
  private static GradientSum withoutSpark(int rows) {
    Block block = Samples.blocks(0, rows, rows).get(0);
    GradientSum sum = NETWORK.newGradientSum();
    NETWORK.accumulate(
        WEIGHTS,
        new BlockSlice(
            List.of(new BlockSlice.Stretch(() -> BlockWindow.inOrder(block), 0, rows)), () -> {}),
        FIRST,
        NETWORK.newWorkspace(false),
        sum);
    return sum;
  }

  private float[] gradient(Dataset<Row> frame, int partitions, int rows) throws Exception {
    try (TrainingData data = materialise(frame, partitions, PLENTY);
        SparkPlacement placement = new SparkPlacement(jobs, NETWORK, data, rows, 2, false)) {
      assertThat(placement.plan().partitions()).isEqualTo(partitions);
      return placement.gradient(WEIGHTS, FIRST).gradient().clone();
    }
  }

  /** Blocks as they are, merged from neighbours, dealt out by a shuffle, in windows on disk. */
  @ParameterizedTest
  @CsvSource({"4, 1000000000", "2, 1000000000", "6, 1000000000", "2, 6000"})
  void blocksThatAreLostAndMadeAgainGiveTheSameBits(int partitions, long storage) throws Exception {
    try (TrainingData data = materialise(frame(90, 30, 0, 80), partitions, storage)) {
      assertThat(data.windows() > 1).isEqualTo(storage < 10_000);
      float[] kept = firstGradient(data);
      data.blocks().unpersist(true);
      assertThat(firstGradient(data)).isEqualTo(kept);
    }
  }

  private float[] firstGradient(TrainingData data) throws InterruptedException {
    try (SparkPlacement placement = new SparkPlacement(jobs, NETWORK, data, 60, 2, false)) {
      return placement.gradient(WEIGHTS, FIRST).gradient().clone();
    }
  }

  /** A DataFrame of a list keeps its rows in its partitions, which every task carries. */
  @Test
  void rowsThatCameFromTheDriverDoNotTravelWithEachUpdate() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      double[] features = new double[20_000];
      Arrays.setAll(features, j -> 1.0 / (1 + j));
      features[i] = i;
      rows.add(RowFactory.create(Vectors.dense(features), (double) (i % 2), 1.0));
    }
    Dataset<Row> frame = session.createDataFrame(rows, SCHEMA);
    assertThat(largestPartition(frame.toJavaRDD().rdd())).isGreaterThan(1 << 20);
    try (TrainingData data = materialise(frame, 0, PLENTY)) {
      assertThat(largestPartition(data.blocks().rdd())).isLessThan(10_000);
      assertThat(data.blocks().map(Block::rows).collect().stream().mapToInt(n -> n).sum())
          .isEqualTo(50);
    }
  }

  private static int largestPartition(org.apache.spark.rdd.RDD<?> rdd) {
    var serializer = SparkEnv.get().closureSerializer().newInstance();
    return Arrays.stream(rdd.partitions())
        .mapToInt(p -> serializer.serialize(p, ClassTag$.MODULE$.apply(Object.class)).remaining())
        .max()
        .orElseThrow();
  }

  /**
   * Spark itself holds the limit: 32 gradients of 60 KB do not fit 512 KB, a quarter of one does.
   */
  @Test
  void noMoreThanMaxResultSizeReachesTheDriver() throws Exception {
    Network wide = Samples.network("dense(1500) relu");
    float[] weights = Initialisation.draw(wide, "auto", 1);
    int[] sizes = new int[32];
    Arrays.fill(sizes, 5);
    String key = "spark.driver.maxResultSize";
    float[] unlimited;
    float[] limited;
    try (TrainingData data = materialise(frame(sizes), 32, PLENTY)) {
      try (SparkPlacement placement = new SparkPlacement(jobs, wide, data, 160, 2, false)) {
        unlimited = placement.gradient(weights, FIRST).gradient().clone();
      }
      context.conf().set(key, "512k");
      try (SparkPlacement placement = new SparkPlacement(jobs, wide, data, 160, 2, false)) {
        limited = placement.gradient(weights, FIRST).gradient().clone();
      } finally {
        context.conf().remove(key);
      }
    }
    assertThat(4L * 32 * unlimited.length).isGreaterThan(3 * (512L << 10));
    assertThat(limited).isEqualTo(unlimited);
  }

  private TrainingData materialise(Dataset<Row> frame, int partitions, long storage)
      throws InterruptedException {
    PlannedInput input = PlannedInput.of(frame, COLUMNS, ValidationDraw.NONE, jobs);
    DataSummary summary = input.scan();
    return TrainingData.materialise(
        input,
        summary,
        Partitioning.resolve(partitions, summary.trainingRowsByPartition(), 2, 1),
        BlockFormat.of(summary, false, false, 0),
        storage,
        OptionalInt.empty(),
        1);
  }

  /** The rows of {@link Samples}, in partitions of these sizes. */
  private Dataset<Row> frame(int... sizes) {
    List<List<Row>> partitions = new ArrayList<>();
    long first = 0;
    for (int size : sizes) {
      partitions.add(rows(first, size));
      first += size;
    }
    return session.createDataFrame(
        JavaSparkContext.fromSparkContext(context)
            .parallelize(partitions, partitions.size())
            .flatMap(List::iterator),
        SCHEMA);
  }

  private static List<Row> rows(long first, int count) {
    List<Row> rows = new ArrayList<>();
    for (Block block : Samples.blocks(first, first + count, Math.max(1, count))) {
      float[] values = ((DenseRows) block.features()).values();
      for (int i = 0; i < block.rows(); i++) {
        double[] features = new double[Samples.FEATURES];
        for (int j = 0; j < features.length; j++) {
          features[j] = values[i * Samples.FEATURES + j];
        }
        rows.add(
            RowFactory.create(
                Vectors.dense(features), (double) block.targets()[i], (double) block.weights()[i]));
      }
    }
    return rows;
  }
}
