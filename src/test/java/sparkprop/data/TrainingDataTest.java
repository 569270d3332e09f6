package sparkprop.data;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.linalg.SparseRows;
import sparkprop.testing.SharedSpark;

@ExtendWith(SharedSpark.class)
class TrainingDataTest {
  private static final long SEED = 11;
  private static final long PLENTY = 1L << 40;

  /** How often a changing input was read; its tasks run in this JVM. */
  private static final AtomicInteger READINGS = new AtomicInteger();

  private static final String CHANGED =
      "Partition 1 of the input held other rows when it was read again than when it was scanned;"
          + " checkpoint the DataFrame or write it to a table before fit, or sort the rows within"
          + " partitions if only their order changes.";

  private final SparkSession spark;
  private Set<Integer> persistedBefore = Set.of();

  TrainingDataTest(SparkSession spark) {
    this.spark = spark;
  }

  private static TrainingData materialise(
      Dataset<Row> data,
      Columns columns,
      ValidationDraw draw,
      int partitions,
      boolean standardize,
      long storage)
      throws InterruptedException {
    PlannedInput input = Frames.planned(data, columns, draw);
    DataSummary summary = input.scan();
    return TrainingData.materialise(
        input,
        summary,
        Partitioning.resolve(partitions, summary.trainingRowsByPartition(), 2, SEED),
        BlockFormat.of(summary, standardize, false, 0),
        storage,
        OptionalInt.empty(),
        SEED);
  }

  private static TrainingData materialise(Dataset<Row> data, int partitions)
      throws InterruptedException {
    return materialise(data, Frames.PLAIN, ValidationDraw.NONE, partitions, false, PLENTY);
  }

  /** Row numbers by RDD partition. */
  private static List<List<Long>> numbers(JavaRDD<Block> blocks) {
    return blocks
        .mapPartitions(
            partition -> {
              List<Long> numbers = new ArrayList<>();
              partition.forEachRemaining(
                  block -> Arrays.stream(block.rowNumbers()).forEach(numbers::add));
              return List.of(numbers).iterator();
            })
        .collect();
  }

  private static float[] values(Block block) {
    return block.features().dense().values();
  }

  private static long[] range(long from, long to) {
    return LongStream.range(from, to).toArray();
  }

  /**
   * Six features; about {@code density} of them are not 0, one column is constant, one is far off.
   */
  private static List<double[]> random(int rows, double density) {
    Random random = new Random(3);
    List<double[]> result = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] row = new double[12];
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextDouble() < density ? 10 * j + random.nextGaussian() : 0;
      }
      row[0] = 0.1;
      row[1] = row[1] == 0 ? -0.0 : row[1];
      result.add(row);
    }
    return result;
  }

  private Dataset<Row> encoded(List<double[]> rows, IntFunction<UnaryOperator<Vector>> encoding) {
    List<Row> encoded = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      encoded.add(
          Frames.row(encoding.apply(i).apply(Vectors.dense(rows.get(i))), i % 3.0, 1.0 + i % 2));
    }
    return Frames.of(spark, encoded.subList(0, 30), encoded.subList(30, rows.size()));
  }

  @BeforeEach
  void rememberWhatIsPersisted() {
    persistedBefore = persisted();
  }

  @AfterEach
  void nothingStaysPersisted() {
    assertThat(persisted()).isEqualTo(persistedBefore);
  }

  private Set<Integer> persisted() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs().keySet();
  }

  @ParameterizedTest
  @CsvSource({"0.8, false", "0.8, true", "0.2, false", "0.2, true"})
  void encodingOfARowHasNoEffect(double density, boolean standardize) throws InterruptedException {
    List<double[]> rows = random(100, density);
    List<List<Block>> all = new ArrayList<>();
    List<IntFunction<UnaryOperator<Vector>>> encodings =
        List.of(
            i -> Vector::toDense,
            i -> Vector::toSparse,
            i -> i % 2 == 0 ? Vector::toDense : Vector::toSparse);
    for (IntFunction<UnaryOperator<Vector>> encoding : encodings) {
      try (TrainingData data =
          materialise(
              encoded(rows, encoding),
              Frames.WEIGHTED,
              ValidationDraw.NONE,
              0,
              standardize,
              PLENTY)) {
        assertThat(data.sparse()).isEqualTo(density < 0.3);
        all.add(data.blocks().collect());
      }
    }
    for (int block = 0; block < all.get(0).size(); block++) {
      int[] bits = bits(values(all.get(0).get(block)));
      assertThat(bits(values(all.get(1).get(block)))).containsExactly(bits);
      assertThat(bits(values(all.get(2).get(block)))).containsExactly(bits);
    }
    Block first = all.get(2).get(0);
    assertThat(first.rowNumbers()).containsExactly(range(0, 30));
    assertThat(first.weights()).startsWith(1, 2, 1);
    assertThat(first.targets()).startsWith(0, 1, 2, 0);
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.2})
  void standardizedFeaturesHaveMeanZeroAndDeviationOne(double density) throws InterruptedException {
    Dataset<Row> rows = encoded(random(200, density), i -> Vector::toDense);
    try (TrainingData data =
        materialise(rows, Frames.WEIGHTED, ValidationDraw.NONE, 0, true, PLENTY)) {
      double[] sums = new double[12];
      double[] squares = new double[12];
      for (Block block : data.blocks().collect()) {
        for (int k = 0; k < values(block).length; k++) {
          double x = values(block)[k];
          sums[k % 12] += block.weights()[k / 12] * x;
          squares[k % 12] += block.weights()[k / 12] * x * x;
        }
        if (block.features() instanceof SparseRows sparse) {
          assertThat(sparse.values()).as("no zeros for the constant column").doesNotContain(0f);
        }
      }
      for (int j = 0; j < 12; j++) {
        assertThat(sums[j] / 300).as("mean of %d", j).isCloseTo(0, within(1e-5));
        assertThat(squares[j] / 300).as("square of %d", j).isCloseTo(j == 0 ? 0 : 1, within(1e-4));
      }
    }
  }

  @Test
  void partitionsAsTheyAreWithEmptyOnes() throws InterruptedException {
    try (TrainingData data = materialise(Frames.counting(spark, 3, 0, 2), 3)) {
      assertThat(data.rows()).containsExactly(3, 0, 2);
      assertThat(data.windows()).isEqualTo(1);
      assertThat(numbers(data.blocks()))
          .containsExactly(List.of(0L, 1L, 2L), List.of(), List.of(3L, 4L));
      assertThat(data.blocks().getStorageLevel()).isEqualTo(StorageLevel.MEMORY_AND_DISK());
      assertThat(data.validation()).isNull();
    }
  }

  @Test
  void neighboursAreMergedInOrder() throws InterruptedException {
    try (TrainingData data = materialise(Frames.counting(spark, 2, 0, 1, 3), 2)) {
      assertThat(data.rows()).containsExactly(3, 3);
      assertThat(numbers(data.blocks())).containsExactly(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L));
    }
  }

  @Test
  void dealtRowsAreEvenOrderedAndRepeatable() throws InterruptedException {
    List<List<List<Long>>> twice = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (TrainingData data = materialise(Frames.counting(spark, 1, 60, 2), 4)) {
        assertThat(data.rows()).containsExactlyInAnyOrder(15, 16, 16, 16);
        twice.add(numbers(data.blocks()));
        // The feature of these rows is their number.
        for (Block block : data.blocks().collect()) {
          for (int row = 0; row < block.rowNumbers().length; row++) {
            assertThat(values(block)[row]).isEqualTo((float) block.rowNumbers()[row]);
          }
        }
      }
    }
    assertThat(twice.get(1)).isEqualTo(twice.get(0));
    assertThat(twice.get(0)).allSatisfy(numbers -> assertThat(numbers).isSorted());
    assertThat(twice.get(0).stream().flatMap(List::stream).sorted())
        .containsExactlyElementsOf(LongStream.range(0, 63).boxed().toList());
  }

  @Test
  void oneRowAndMorePartitionsThanRows() throws InterruptedException {
    try (TrainingData data = materialise(Frames.counting(spark, 1), 0)) {
      assertThat(numbers(data.blocks())).containsExactly(List.of(0L));
    }
    try (TrainingData data = materialise(Frames.counting(spark, 2), 5)) {
      assertThat(data.partitions()).isEqualTo(5);
      assertThat(Arrays.stream(data.rows()).sum()).isEqualTo(2);
      assertThat(numbers(data.blocks()).stream().flatMap(List::stream))
          .containsExactlyInAnyOrder(0L, 1L);
    }
  }

  @Test
  void validationRowsStandApartAndAreSpread() throws InterruptedException {
    List<Row> validating = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      validating.add(RowFactory.create(Vectors.dense(100 + i), 0.0, 1.0, true));
    }
    Dataset<Row> rows = Frames.of(spark, Frames.count(0, 4), validating, Frames.count(4, 4));
    try (TrainingData data = materialise(rows, Frames.ALL, ValidationDraw.NONE, 2, false, PLENTY)) {
      assertThat(numbers(data.blocks()))
          .containsExactly(List.of(0L, 1L, 2L, 3L), List.of(4L, 5L, 6L, 7L));
      JavaRDD<Block> validation = requireNonNull(data.validation());
      assertThat(numbers(validation))
          .containsExactly(LongStream.range(0, 10).boxed().toList(), List.of());
      assertThat(values(validation.collect().get(0))).startsWith(100, 101);
    }
  }

  @Test
  void drawnRowsLeaveTheTrainingRows() throws InterruptedException {
    Dataset<Row> rows = Frames.counting(spark, 50, 50);
    ValidationDraw draw = new ValidationDraw(0.4, SEED);
    try (TrainingData data = materialise(rows, Frames.PLAIN, draw, 0, false, PLENTY)) {
      List<Float> training = features(data.blocks());
      List<Float> validation = features(requireNonNull(data.validation()));
      assertThat(training).isSorted().doesNotContainAnyElementsOf(validation);
      assertThat(training.size() + validation.size()).isEqualTo(100);
      assertThat(numbers(data.blocks()).stream().flatMap(List::stream))
          .containsExactlyElementsOf(LongStream.range(0, training.size()).boxed().toList());
    }
  }

  private static List<Float> features(JavaRDD<Block> blocks) {
    List<Float> features = new ArrayList<>();
    for (Block block : blocks.collect()) {
      for (float feature : values(block)) {
        features.add(feature);
      }
    }
    return features;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void windowsWhereMemoryIsShort(int partitions) throws InterruptedException {
    // 90 rows of 1 feature are 90 * 20 bytes: with 900 bytes, two of 8 windows fit in half.
    try (TrainingData data =
        materialise(
            Frames.counting(spark, 45, 45),
            Frames.PLAIN,
            ValidationDraw.NONE,
            partitions,
            false,
            900)) {
      assertThat(data.windows()).isEqualTo(8);
      assertThat(data.blocks().getStorageLevel()).isEqualTo(StorageLevel.DISK_ONLY());
      List<List<Long>> numbers = numbers(data.blocks());
      assertThat(numbers).hasSize(8 * partitions);
      for (int p = 0; p < partitions; p++) {
        List<Long> whole = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
          long n = data.rows()[p];
          assertThat(numbers.get(p * 8 + k)).hasSize((int) ((k + 1) * n / 8 - k * n / 8));
          whole.addAll(numbers.get(p * 8 + k));
        }
        assertThat(whole).isSorted().hasSize((int) data.rows()[p]);
      }
      assertThat(numbers.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(90);
    }
  }

  @Test
  void blocksKeepToTheirSize() throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      double[] features = new double[1000];
      Arrays.fill(features, 1);
      rows.add(Frames.row(Vectors.dense(features), 0.0, 1.0));
    }
    PlannedInput input = Frames.planned(Frames.of(spark, rows), Frames.PLAIN, ValidationDraw.NONE);
    DataSummary summary = input.scan();
    Partitioning partitioning = Partitioning.resolve(1, summary.trainingRowsByPartition(), 2, SEED);
    try (TrainingData data =
        TrainingData.materialise(
            input,
            summary,
            partitioning,
            BlockFormat.of(summary, false, false, 0.1),
            PLENTY,
            OptionalInt.empty(),
            SEED)) {
      // 0.1 MB holds 26 rows of 4016 bytes.
      assertThat(data.blocks().map(Block::rows).collect()).containsExactly(26, 26, 26, 22);
    }
    try (TrainingData data =
        TrainingData.materialise(
            input,
            summary,
            partitioning,
            BlockFormat.of(summary, false, false, 1e-6),
            PLENTY,
            OptionalInt.empty(),
            SEED)) {
      assertThat(data.blocks().count()).isEqualTo(100);
    }
  }

  /**
   * An input whose sixth row is another, gone or doubled from the {@code reading}th reading of it
   * on.
   */
  private Dataset<Row> changing(int reading, List<Row> changed) {
    READINGS.set(0);
    Row validating = RowFactory.create(Vectors.dense(100), 0.0, 1.0, true);
    List<Row> first = new ArrayList<>(Frames.count(0, 5));
    first.add(validating);
    JavaRDD<Row> rows =
        Frames.rdd(spark, List.of(first, Frames.count(5, 5)))
            .mapPartitionsWithIndex(
                (index, partition) -> {
                  List<Row> result = new ArrayList<>();
                  partition.forEachRemaining(result::add);
                  if (index == 1 && READINGS.incrementAndGet() >= reading) {
                    result.remove(0);
                    result.addAll(0, changed);
                  }
                  return result.iterator();
                },
                true);
    return spark.createDataFrame(rows, Frames.SCHEMA);
  }

  @Test
  void anInputThatChangesBetweenReadingsIsRefused() throws InterruptedException {
    Row same = Frames.row(5, 1);
    List<List<Row>> changes =
        List.of(
            List.of(),
            List.of(same, same),
            List.of(Frames.row(5.5, 1)),
            List.of(Frames.row(5, 0)),
            List.of(Frames.row(Vectors.dense(5), 1.0, 0.0)),
            List.of(Frames.row(Vectors.dense(5, 5), 1.0, 1.0)),
            List.of(Frames.row(null, 1.0, 1.0)),
            List.of(RowFactory.create(Vectors.dense(5), 1.0, 1.0, true)));
    for (List<Row> change : changes) {
      for (int partitions : new int[] {1, 2, 3}) {
        assertThatThrownBy(
                () ->
                    materialise(
                        changing(2, change),
                        Frames.ALL,
                        ValidationDraw.NONE,
                        partitions,
                        false,
                        PLENTY))
            .as("%s", change)
            .isInstanceOf(ChangedInputException.class)
            .hasMessage(CHANGED);
        nothingStaysPersisted();
      }
    }
  }

  @Test
  void aRecomputedBlockOfOtherRowsIsRefused() throws InterruptedException {
    try (TrainingData data = materialise(changing(3, List.of(Frames.row(5.5, 1))), 2)) {
      assertThat(data.blocks().count()).isEqualTo(2);
      data.blocks().unpersist(true);
      assertThatThrownBy(() -> data.blocks().count()).hasStackTraceContaining(CHANGED);
    }
  }

  @Test
  void closeGivesTheBroadcastBack() throws InterruptedException {
    TrainingData data = materialise(Frames.counting(spark, 3), 1);
    data.close();
    assertThatThrownBy(() -> data.blocks().count()).hasStackTraceContaining("destroyed");
  }

  @Test
  void theInputIsPlannedOnce() throws InterruptedException {
    String setting = "spark.sql.shuffle.partitions";
    String before = spark.conf().get(setting);
    Dataset<Row> shuffled = Frames.counting(spark, 20).repartition(new Column("label"));
    PlannedInput input = Frames.planned(shuffled, Frames.PLAIN, ValidationDraw.NONE);
    DataSummary summary = input.scan();
    Partitioning partitioning = Partitioning.resolve(0, summary.trainingRowsByPartition(), 2, SEED);
    try {
      spark.conf().set(setting, "7"); // planned anew, rows would be elsewhere
      BlockFormat format = BlockFormat.of(summary, false, false, 0);
      try (TrainingData data =
          TrainingData.materialise(
              input, summary, partitioning, format, PLENTY, OptionalInt.empty(), SEED)) {
        assertThat(Arrays.stream(data.rows()).sum()).isEqualTo(20);
      }
    } finally {
      spark.conf().set(setting, before);
    }
  }

  @Test
  void aFailedReadingLeavesNothingBehind() throws InterruptedException {
    JavaRDD<Row> rows =
        Frames.rdd(spark, List.of(Frames.count(0, 5)))
            .map(
                row -> {
                  if (READINGS.incrementAndGet() > 5) {
                    throw new IllegalStateException("disk on fire");
                  }
                  return row;
                });
    READINGS.set(0);
    Dataset<Row> data = spark.createDataFrame(rows, Frames.SCHEMA);
    assertThatThrownBy(() -> materialise(data, 1)).hasMessageContaining("disk on fire");
  }
}
