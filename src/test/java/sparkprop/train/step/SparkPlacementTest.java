package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Optimizer;
import sparkprop.optim.Penalty;
import sparkprop.optim.Segment;
import sparkprop.optim.Solvers;
import sparkprop.testing.SharedSpark;
import sparkprop.train.Placement;
import sparkprop.train.ReplicaSum;
import sparkprop.train.Step;
import sparkprop.train.TrainingState;
import sparkprop.train.UpdateTime;

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
                false,
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

  /** Local steps, in partitions of which some give no rows to some mini-batches. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void replicasHaveTheBitsOfLocalOnes(int windows) throws Exception {
    LocalData data =
        new LocalData(Samples.windows(windows, 16, 60, 0, 82, 1, 30, 110), windows, List.of());
    Network network = Samples.network("dense(7) tanh dropout(0.2)");
    float[] initial = Initialisation.draw(network, "auto", 3);
    Penalty penalty = new Penalty(0.01, 0.5, List.of(new Segment(0, 20)));
    Optimizer optimizer =
        new Optimizer((FirstOrder) Solvers.read("adam"), penalty, network.layout().trainableSize());
    Step step = new Step(network, optimizer, penalty, 1.5, false);
    double[] sizes = {0.1, 0.05, 0.02};
    try (Placement local = new LocalPlacement(network, data, 40, 2, 3);
        Placement spark =
            new SparkPlacement(
                new JobScope(context.sc(), "test"),
                network,
                ClusterData.of(context, data),
                40,
                2,
                false,
                LIMIT)) {
      TrainingState here = new TrainingState(initial.clone(), optimizer.initialState());
      TrainingState there = new TrainingState(initial.clone(), optimizer.initialState());
      for (int update = 0; update + 3 <= local.plan().updatesPerPass(); update += 3) {
        int first = update;
        List<Moment> moments =
            IntStream.range(0, 3).mapToObj(i -> new Moment(5, 0, first + i)).toList();
        ReplicaSum expected = local.replicas(step, here, moments, sizes);
        ReplicaSum sum = spark.replicas(step, there, moments, sizes);
        assertThat(sum.met()).isEqualTo(expected.met());
        here = expected.mean(here, update + 3);
        there = sum.mean(there, update + 3);
        assertThat(there.weights()).isEqualTo(here.weights()).isNotEqualTo(initial);
        for (String slot : here.optimizer().names()) {
          assertThat(there.optimizer().slot(slot)).isEqualTo(here.optimizer().slot(slot));
        }
      }
    }
  }

  @Test
  void timesAnUpdateOfWhichMostIsSparks() throws Exception {
    LocalData data = Samples.local(60, 0, 82, 14, 30, 110, 60, 60);
    try (Placement spark = placement(data, 100, 2, LIMIT);
        Placement local = new LocalPlacement(NETWORK, data, 100, 2, 1)) {
      UpdateTime time = spark.timeUpdate(WEIGHTS).orElseThrow();
      assertThat(time.spark()).isPositive();
      assertThat(time.isMostlySpark(1)).isTrue();
      assertThat(local.timeUpdate(WEIGHTS)).isEmpty();
      assertSameBits(spark, local, 2); // training begins as if nothing had been
    }
  }

  /** Sums that travel with the columns that occur are those that travel whole. */
  @Test
  void sumsByColumnHaveTheBitsOfWholeOnes() throws Exception {
    Network network = Samples.network("dense(7) tanh dense(4) relu");
    float[] weights = Initialisation.draw(network, "auto", 3);
    LocalData dense = Samples.local(60, 0, 82, 14, 30, 110, 60, 60);
    LocalData data = Samples.someColumns(dense, 3);
    try (Placement local = new LocalPlacement(network, data, 100, 2, 3, true);
        Placement whole = new LocalPlacement(network, data, 100, 2, 3);
        Placement spark =
            new SparkPlacement(
                new JobScope(context.sc(), "test"),
                network,
                ClusterData.of(context, data),
                100,
                2,
                true,
                LIMIT)) {
      for (int update = 0; update < whole.plan().updatesPerPass(); update++) {
        Moment moment = new Moment(5, 0, update);
        GradientSum expected = whole.gradient(weights, moment);
        GradientSum sum = spark.gradient(weights, moment);
        assertThat(sum.gradient()).isEqualTo(expected.gradient());
        assertThat(sum.statistics()).isEqualTo(expected.statistics());
        GradientSum threads = local.gradient(weights, moment);
        assertThat(threads.gradient()).isEqualTo(expected.gradient());
        assertThat(sum.touched().stretches(10_000))
            .isEqualTo(threads.touched().stretches(10_000))
            .containsExactly(0, 3 * 7, 6 * 7, 10_000);
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
                new JobScope(context.sc(), "test"), network, counted, batchSize, 2, false, LIMIT)) {
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
        new SparkPlacement(
            new JobScope(context.sc(), "test"), network, counted, 3, 2, false, LIMIT)) {
      spark.gradient(weights, new Moment(1, 0, 0));
      // 40 rows are 14 updates, and the first takes floor(40 / 14) of them.
      assertThat(reads.value()).isEqualTo(2);
    }
  }

  @Test
  void aResultThatDoesNotFitIsRefusedBeforeTraining() {
    long[] rows = {10, 10};
    SparkPlacement.check(context.sc(), NETWORK, rows, 10, 2, NETWORK.gradientSumBytes());
    assertThatThrownBy(
            () -> SparkPlacement.check(context.sc(), NETWORK, rows, 10, 2, Long.MAX_VALUE / 2))
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
        false,
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
