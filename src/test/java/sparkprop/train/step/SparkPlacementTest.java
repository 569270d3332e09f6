package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.cluster.JobScope;
import sparkprop.data.Block;
import sparkprop.nn.CurvatureSum;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Initialisation;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.testing.SharedSpark;
import sparkprop.train.Placement;

@ExtendWith(SharedSpark.class)
class SparkPlacementTest {
  private static final long LIMIT = 1L << 30;
  private static final Network NETWORK =
      Samples.network("dense(7) batchNorm tanh dropout(0.2) dense(4) relu");
  private static final float[] WEIGHTS = Initialisation.draw(NETWORK, "auto", 3);
  private static JavaSparkContext context;

  @BeforeAll
  static void session(SparkSession session) {
    context = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @Test
  void givesTheBitsOfLocalSlices() throws Exception {
    LocalData data = Samples.local(60, 0, 82, 14, 30, 110, 60, 60);
    try (Placement local = new LocalPlacement(NETWORK, data, 100, 2, 3);
        Placement spark = placement(data, 100, 2, LIMIT)) {
      assertThat(spark.plan()).isEqualTo(local.plan());
      assertSameBits(spark, local, 9);
    }
  }

  /** Where the driver sums all, and where a matrix is too large for more than one to reach it. */
  @ParameterizedTest
  @ValueSource(doubles = {100, 2.5})
  void curvatureHasTheBitsOfLocalSlices(double resultsThatFit) throws Exception {
    Network network = Samples.network("dense(7) tanh");
    int n = network.layout().trainableSize();
    float[] weights = Initialisation.draw(network, "auto", 3);
    LocalData data = Samples.local(60, 0, 82, 14, 30);
    long limit = (long) (resultsThatFit * (CurvatureSum.bytes(n) + (16 << 10)));
    try (Placement local = new LocalPlacement(network, data, 186, 2, 3);
        Placement spark =
            new SparkPlacement(
                new JobScope(context.sc(), "test"),
                network,
                ClusterData.of(context, data),
                186,
                2,
                limit)) {
      Moment all = new Moment(5, 0, 0);
      CurvatureSum expected = local.curvature(weights, all);
      CurvatureSum sum = spark.curvature(weights, all);
      assertThat(sum.matrix()).isEqualTo(expected.matrix()).hasSize(n * (n + 1) / 2);
      assertThat(sum.gradient()).isEqualTo(expected.gradient());
      assertThat(sum.lossSum()).isEqualTo(expected.lossSum());
      GradientSum gradient = spark.gradient(weights, all);
      assertThat(sum.lossSum()).isCloseTo(gradient.lossSum(), within(1e-4));
      assertThat(sum.weightSum()).isCloseTo(gradient.weightSum(), within(1e-9));
      for (int i = 0; i < n; i++) {
        assertThat(sum.gradient()[i]).isCloseTo(gradient.gradient()[i], within(1e-3));
      }
    }
  }

  @Test
  void givesTheSameBitsEachTime() throws Exception {
    LocalData data = Samples.local(60, 10, 82, 14, 30, 110, 60, 60);
    try (Placement one = placement(data, 200, 2, LIMIT);
        Placement other = placement(data, 200, 2, LIMIT)) {
      assertSameBits(one, other, 6);
    }
  }

  /**
   * Room for 2.5 results: below what the driver may collect of 11 leaves, then of the top nodes.
   */
  @ParameterizedTest
  @ValueSource(doubles = {16, 2.5})
  void sumsOnExecutorsGiveTheSameBits(double resultsThatFit) throws Exception {
    LocalData data = Samples.local(60, 0, 82, 14, 30, 0, 0, 60, 60, 31, 40);
    SumTree tree = SumTree.of(11, 2);
    long bytes = NETWORK.newGradientSum().bytes();
    long limit = (long) (resultsThatFit * (bytes + (16 << 10)));
    assertThat(SumPlace.choose(tree, bytes, limit))
        .isEqualTo(resultsThatFit > 3 ? SumPlace.TOP_ON_DRIVER : SumPlace.EXECUTORS);
    try (Placement collected = placement(data, 100, 2, LIMIT);
        Placement shuffled = placement(data, 100, 2, limit)) {
      assertSameBits(shuffled, collected, 4);
    }
  }

  @Test
  void sumsOverSeveralLevelsOfExecutorsGiveTheSameBits() throws Exception {
    long[] rows = new long[40];
    for (int p = 0; p < rows.length; p++) {
      rows[p] = 5L + p % 4;
    }
    LocalData data = Samples.local(rows);
    assertThat(SumTree.of(40, 4).innerLevels()).isGreaterThan(1);
    long limit = 2 * (NETWORK.newGradientSum().bytes() + (16 << 10));
    try (Placement local = new LocalPlacement(NETWORK, data, 260, 4, 2);
        Placement shuffled = placement(data, 260, 4, limit)) {
      assertSameBits(shuffled, local, 1);
    }
  }

  @Test
  void validationGivesTheBitsOfLocalSlices() throws Exception {
    LocalData data =
        new LocalData(Samples.partitions(8, 40), 1, Samples.partitions(9, 50, 0, 31, 7, 90, 22));
    try (Placement local = new LocalPlacement(NETWORK, data, 40, 2, 2);
        Placement spark = placement(data, 40, 2, LIMIT)) {
      assertThat(spark.validates()).isTrue();
      assertThat(spark.validate(WEIGHTS)).isEqualTo(local.validate(WEIGHTS));
    }
  }

  /** One job the first time, none later; only the sampled rows come to the driver. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void theLayersHealthIsThatOfLocalRows(int windows) throws Exception {
    for (boolean sparse : new boolean[] {false, true}) {
      List<List<Block>> lists = Samples.windows(windows, 8, 60, 0, 82, 14, 3, 510, 60, 60);
      if (sparse) {
        lists = lists.stream().map(l -> l.stream().map(Samples::sparse).toList()).toList();
      }
      LocalData data = new LocalData(lists, windows, List.of());
      try (Placement local = new LocalPlacement(NETWORK, data, 789, 2, 2);
          Placement spark = placement(data, 789, 2, LIMIT)) {
        List<LayerHealth> health = local.health(WEIGHTS);
        String tag = "health-" + System.nanoTime();
        context.sc().addJobTag(tag);
        assertThat(spark.health(WEIGHTS)).isEqualTo(health).isEqualTo(spark.health(WEIGHTS));
        context.sc().removeJobTag(tag);
        assertThat(context.sc().statusTracker().getJobIdsForTag(tag)).hasSize(1);
        assertThat(health)
            .extracting(LayerHealth::layer)
            .containsExactly("dense1", "batchNorm1", "tanh1", "dense2", "relu1", "output");
      }
    }
  }

  @Test
  void sparseRowsGiveTheBitsOfLocalSlices() throws Exception {
    LocalData data =
        LocalData.of(
            Samples.partitions(16, 60, 40).stream()
                .map(blocks -> blocks.stream().map(Samples::sparse).toList())
                .toList());
    try (Placement local = new LocalPlacement(NETWORK, data, 50, 2, 2);
        Placement spark = placement(data, 50, 2, LIMIT)) {
      assertSameBits(spark, local, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 45, 200})
  void windowsGiveTheBitsOfLocalSlicesAndAreReadOnceAPass(int batchSize) throws Exception {
    Network network = Samples.network("dense(5) tanh");
    float[] weights = Initialisation.draw(network, "auto", 3);
    int windows = 5;
    LocalData data = new LocalData(Samples.windows(windows, 8, 50, 0, 72, 31), windows, List.of());
    LongAccumulator reads = new LongAccumulator();
    reads.register(context.sc(), scala.Option.apply("reads"), false);
    SparkData counted = ClusterData.counted(ClusterData.of(context, data), reads);
    try (Placement local = new LocalPlacement(network, data, batchSize, 2, 2);
        Placement spark =
            new SparkPlacement(
                new JobScope(context.sc(), "test"), network, counted, batchSize, 2, LIMIT)) {
      assertSameBits(spark, local, weights, 2 * local.plan().updatesPerPass());
      // Two passes over the windows of three partitions that have rows.
      assertThat(reads.value()).isEqualTo(2L * windows * 3);
    }
    assertThat(context.sc().getPersistentRDDs().size()).isZero();
  }

  @Test
  void onlyPartitionsThatGiveRowsAreTasks() throws Exception {
    LocalData data = Samples.local(5, 5, 5, 5, 5, 5, 5, 5);
    LongAccumulator reads = new LongAccumulator();
    reads.register(context.sc(), scala.Option.apply("reads"), false);
    Network network = Samples.network("dense(5) tanh");
    float[] weights = Initialisation.draw(network, "auto", 3);
    SparkData counted = ClusterData.counted(ClusterData.of(context, data), reads);
    try (Placement spark =
        new SparkPlacement(new JobScope(context.sc(), "test"), network, counted, 3, 2, LIMIT)) {
      spark.gradient(weights, new Moment(1, 0, 0));
      // 40 rows are 14 updates, and the first takes floor(40 / 14) of them.
      assertThat(reads.value()).isEqualTo(2);
    }
  }

  @Test
  void aGradientThatDoesNotFitIsRefusedBeforeTraining() {
    assertThatThrownBy(() -> placement(Samples.local(10), 10, 2, 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spark.driver.maxResultSize");
  }

  private static SparkPlacement placement(LocalData data, int batchSize, int depth, long limit) {
    return new SparkPlacement(
        new JobScope(context.sc(), "test"),
        NETWORK,
        ClusterData.of(context, data),
        batchSize,
        depth,
        limit);
  }

  private static void assertSameBits(Placement one, Placement other, int updates)
      throws InterruptedException {
    assertSameBits(one, other, WEIGHTS, updates);
  }

  private static void assertSameBits(Placement one, Placement other, float[] weights, int updates)
      throws InterruptedException {
    int inPass = one.plan().updatesPerPass();
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < updates; i++) {
      Moment moment = new Moment(5, i / inPass, i % inPass);
      GradientSum expected = other.gradient(weights, moment);
      GradientSum sum = one.gradient(weights, moment);
      assertThat(sum.gradient()).isEqualTo(expected.gradient());
      assertThat(sum.statistics()).isEqualTo(expected.statistics());
      losses.add(sum.lossSum());
      // The window in use, and its neighbour while some partitions are still there.
      assertThat(context.sc().getPersistentRDDs().size()).isLessThanOrEqualTo(2);
    }
    assertThat(losses).doesNotHaveDuplicates();
  }
}
