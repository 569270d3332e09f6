package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.data.Block;
import sparkprop.linalg.DenseRows;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.testing.Eventually;
import sparkprop.train.TrainingPlan;

class LocalPlacementTest {
  private static final Network NETWORK =
      Samples.network("dense(5) tanh dropout(0.3) dense(4) relu");
  private static final float[] WEIGHTS = Initialisation.draw(NETWORK, "auto", 3);

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16})
  void threadsChangeNoBit(int threads) throws Exception {
    LocalData data = Samples.local(30, 0, 41, 7, 1, 55, 30, 30);
    for (int update = 0; update < 3; update++) {
      assertThat(gradients(NETWORK, data, 40, threads).get(update))
          .isEqualTo(gradients(NETWORK, data, 40, 1).get(update));
    }
  }

  @Test
  void theWholeBatchGradientDoesNotHangOnPartitions() throws Exception {
    // No dropout: a slice's chunks hold other rows, but no row's share changes.
    Network network = Samples.network("dense(5) tanh dense(4) relu");
    float[] one = gradients(network, Samples.local(700), 700, 2).get(0);
    float[] seven = gradients(network, Samples.local(100, 150, 0, 50, 200, 120, 80), 700, 2).get(0);
    assertThat(distance(one, seven)).isLessThan(1e-5 * norm(one));
  }

  @Test
  void dropoutHangsOnTheRowsNumberNotOnItsPartition() throws Exception {
    float[] one = gradients(NETWORK, Samples.local(300), 300, 2).get(0);
    float[] four = gradients(NETWORK, Samples.local(100, 0, 50, 150), 300, 2).get(0);
    assertThat(distance(one, four)).isLessThan(1e-5 * norm(one));
  }

  @Test
  void sparseRowsGiveTheSameGradient() throws Exception {
    List<List<Block>> sparse =
        Samples.partitions(16, 60, 40).stream()
            .map(blocks -> blocks.stream().map(Samples::sparse).toList())
            .toList();
    float[] dense = gradients(NETWORK, Samples.local(60, 40), 100, 1).get(0);
    assertThat(distance(gradients(NETWORK, LocalData.of(sparse), 100, 1).get(0), dense))
        .isLessThan(1e-5 * norm(dense));
  }

  @Test
  void aPassInSlicesSumsToTheWholeBatch() throws Exception {
    Network network = Samples.network("dense(5) tanh");
    float[] weights = Initialisation.draw(network, "auto", 3);
    float[] whole = gradients(network, Samples.local(90, 10, 33), 133, 1).get(0);
    for (int windows : new int[] {1, 4}) {
      LocalData data = new LocalData(Samples.windows(windows, 8, 90, 10, 33), windows, List.of());
      try (LocalPlacement placement = new LocalPlacement(network, data, 7, 2, 2)) {
        GradientSum sum = network.newGradientSum();
        assertThat(placement.plan())
            .isEqualTo(new TrainingPlan(133, 3, windows, 7, 19, bytes(network, 3)));
        for (int update = 0; update < 19; update++) {
          GradientSum slice = placement.gradient(weights, new Moment(1, 4, update));
          assertThat(slice.rows()).isEqualTo(7);
          sum.add(slice);
        }
        assertThat(sum.rows()).isEqualTo(133);
        assertThat(distance(sum.gradient(), whole)).isLessThan(1e-5 * norm(whole));
      }
    }
  }

  private static long bytes(Network network, int partitions) {
    return 4L * network.layout().size() + partitions * network.newGradientSum().bytes();
  }

  /** With one feature for each row, the gradient of the first layer shows which row was met. */
  @Test
  void batchSizeOneOnOnePartitionMeetsEachRowOnceAPassInAnOrderOfThePass() throws Exception {
    int rows = 40;
    float[] identity = new float[rows * rows];
    float[] targets = new float[rows];
    float[] ones = new float[rows];
    long[] numbers = new long[rows];
    for (int i = 0; i < rows; i++) {
      identity[i * rows + i] = 1;
      ones[i] = 1;
      numbers[i] = i;
    }
    Block block = new Block(DenseRows.of(rows, rows, identity), targets, ones, numbers);
    Network network =
        Network.of(
            NetworkSpec.parse(""), Shape.of(rows), Heads.classification("crossEntropy", "auto", 2));
    List<List<Integer>> passes = new ArrayList<>();
    try (LocalPlacement placement =
        new LocalPlacement(network, LocalData.of(List.of(List.of(block))), 1, 2, 2)) {
      for (int pass = 0; pass < 2; pass++) {
        List<Integer> met = new ArrayList<>();
        for (int update = 0; update < rows; update++) {
          float[] gradient =
              placement
                  .gradient(Initialisation.draw(network, "zeros", 0), new Moment(1, pass, update))
                  .gradient();
          for (int i = 0; i < rows; i++) {
            if (gradient[2 * i] != 0) {
              met.add(i);
            }
          }
        }
        passes.add(met);
      }
    }
    Set<Integer> all = new HashSet<>(passes.get(0));
    assertThat(all).hasSize(rows);
    assertThat(passes.get(0)).hasSize(rows);
    assertThat(passes.get(1)).hasSize(rows).containsExactlyInAnyOrderElementsOf(all);
    assertThat(passes.get(1)).isNotEqualTo(passes.get(0));
    assertThat(passes.get(0)).isNotEqualTo(all.stream().sorted().toList());
  }

  @Test
  void morePartitionsThanRowsWork() throws Exception {
    float[] whole = gradients(NETWORK, Samples.local(3), 3, 1).get(0);
    float[] spread = gradients(NETWORK, Samples.local(0, 1, 0, 0, 1, 0, 0, 1, 0), 3, 4).get(0);
    assertThat(distance(whole, spread)).isLessThan(1e-5 * norm(whole));
  }

  @Test
  void validationIsThatOfAllRows() throws Exception {
    LocalData data = new LocalData(Samples.partitions(8, 5), 1, Samples.partitions(9, 50, 0, 31));
    LocalData whole = new LocalData(Samples.partitions(8, 5), 1, Samples.partitions(81, 81));
    try (LocalPlacement placement = new LocalPlacement(NETWORK, data, 5, 2, 3);
        LocalPlacement other = new LocalPlacement(NETWORK, whole, 5, 2, 1)) {
      assertThat(placement.validates()).isTrue();
      Evaluation evaluation = placement.validate(WEIGHTS);
      Evaluation expected = other.validate(WEIGHTS);
      assertThat(evaluation.loss()).isCloseTo(expected.loss(), Offset.offset(1e-6));
      assertThat(evaluation.weightSum()).isCloseTo(expected.weightSum(), Offset.offset(1e-9));
      assertThat(evaluation.correctSum()).isCloseTo(expected.correctSum(), Offset.offset(1e-9));
    }
  }

  @Test
  void withoutValidationRowsNothingValidates() {
    try (LocalPlacement placement = new LocalPlacement(NETWORK, Samples.local(5), 5, 2, 1)) {
      assertThat(placement.validates()).isFalse();
      assertThatThrownBy(() -> placement.validate(WEIGHTS))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /** Also between two updates of a pass. */
  @Test
  void aLookAtTheLayersChangesNoGradient() throws Exception {
    LocalData data = Samples.local(30, 0, 41, 7);
    List<float[]> expected = gradients(NETWORK, data, 20, 2);
    try (LocalPlacement placement = new LocalPlacement(NETWORK, data, 20, 2, 2)) {
      for (int update = 0; update < 3; update++) {
        assertThat(placement.health(WEIGHTS)).hasSize(5);
        GradientSum sum = placement.gradient(WEIGHTS, new Moment(11, 0, update));
        assertThat(sum.gradient()).isEqualTo(expected.get(update));
      }
    }
  }

  @Test
  void updatesAreAskedForInOrder() {
    try (LocalPlacement placement = new LocalPlacement(NETWORK, Samples.local(50), 5, 2, 1)) {
      assertThatThrownBy(() -> placement.gradient(WEIGHTS, new Moment(0, 0, 3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("3");
    }
  }

  @Test
  void slicesOfOneRowAreRefusedWhereRowsAreCoupled() {
    Network network = Samples.network("dense(4) batchNorm relu");
    assertThatThrownBy(() -> new LocalPlacement(network, Samples.local(9, 9), 3, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batchSize")
        .hasMessageContaining("numPartitions");
    new LocalPlacement(network, Samples.local(10, 10), 4, 2, 1).close();
  }

  @Test
  void anInterruptWhileJobsRunEndsTheirThreads() throws Exception {
    Crew crew = new Crew(2);
    Thread caller = Thread.currentThread();
    assertThatThrownBy(
            () ->
                crew.run(
                    2,
                    (thread, index) -> {
                      // One job alone: a second interrupt could come after the first was met.
                      if (index == 0) {
                        caller.interrupt();
                      }
                      while (true) {
                        Crew.checkInterrupt();
                        Thread.onSpinWait();
                      }
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertNoThreadStays();
  }

  @Test
  void anInterruptBeforeBeginsNothing() throws Exception {
    LocalPlacement placement = new LocalPlacement(NETWORK, Samples.local(500, 500), 1000, 2, 2);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> placement.gradient(WEIGHTS, new Moment(0, 0, 0)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertNoThreadStays();
  }

  private static void assertNoThreadStays() throws Exception {
    Eventually.holds(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("sparkprop-slices")));
  }

  @Test
  void aFailureOfASliceReachesTheCaller() {
    Block torn =
        new Block(
            new sparkprop.linalg.SparseRows(Samples.FEATURES),
            new float[0],
            new float[0],
            new long[0]);
    LocalData data = LocalData.of(List.of(Samples.blocks(0, 10, 5), List.of(torn)));
    // One sparse block makes the workspaces sparse, and dense rows cannot be gathered there.
    try (LocalPlacement placement = new LocalPlacement(NETWORK, data, 5, 2, 2)) {
      assertThatThrownBy(() -> placement.gradient(WEIGHTS, new Moment(0, 0, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("sparse");
    }
  }

  /** The gradients of three mini-batches at the same weights, starting over where a pass ends. */
  private static List<float[]> gradients(
      Network network, LocalData data, int batchSize, int threads) throws InterruptedException {
    float[] weights = Initialisation.draw(network, "auto", 3);
    try (LocalPlacement placement = new LocalPlacement(network, data, batchSize, 2, threads)) {
      List<float[]> gradients = new ArrayList<>();
      int updates = placement.plan().updatesPerPass();
      for (int i = 0; i < 3; i++) {
        Moment moment = new Moment(11, i / updates, i % updates);
        gradients.add(placement.gradient(weights, moment).gradient().clone());
      }
      return gradients;
    }
  }

  static double norm(float[] a) {
    return distance(a, new float[a.length]);
  }

  static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
