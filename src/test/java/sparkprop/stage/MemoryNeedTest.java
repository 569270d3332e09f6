package sparkprop.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;

class MemoryNeedTest {
  private static final long MB = 1 << 20;
  private static final MemoryNeed NEED = new MemoryNeed(1_000_000, 28 * MB, 8 * MB, 10 * MB, 64);

  private static final Network WIDE =
      Network.of(
          NetworkSpec.parse("dense(1000) relu"),
          Shape.of(1000),
          Heads.classification("crossEntropy", "auto", 10));

  private static MemoryNeed need(int partitions, boolean broadcasts) {
    return MemoryNeed.of(
        WIDE, new MemoryNeed.Fit(false, 1024, partitions, 2, false, 0, broadcasts, false));
  }

  @Test
  void whatFitsPasses() {
    assertThatCode(() -> NEED.check(new MemoryAtHand(false, 100 * MB, 100 * MB, 4)))
        .doesNotThrowAnyException();
  }

  @Test
  void namesTheJvmThatIsTooSmallAndItsSetting() {
    assertThatThrownBy(() -> NEED.check(new MemoryAtHand(false, 30 * MB, 100 * MB, 4)))
        .hasMessage(
            "The network has 1,000,000 weights, for which the driver needs about 35 MB, but it has"
                + " 30 MB: use narrower layers, or raise spark.driver.memory.");
    assertThatThrownBy(() -> NEED.check(new MemoryAtHand(false, 100 * MB, 50 * MB, 4)))
        .hasMessage(
            "The network has 1,000,000 weights, for which an executor needs about 60 MB, but it has"
                + " 50 MB: use narrower layers, a smaller batchSize or a lower numPartitions, or raise"
                + " spark.executor.memory.");
    assertThatThrownBy(() -> NEED.check(new MemoryAtHand(true, 90 * MB, 90 * MB, 4)))
        .hasMessageContaining("this JVM needs about 95 MB, but it has 90 MB");
  }

  /** Slots that no partition fills take no memory. */
  @Test
  void chargesNoMoreTasksThanThereArePartitions() {
    MemoryAtHand manySlots = new MemoryAtHand(true, 100 * MB, 100 * MB, 64);
    MemoryNeed alone = need(1, true);
    assertThatCode(() -> alone.check(manySlots)).doesNotThrowAnyException();
    MemoryNeed together = need(64, true);
    assertThatThrownBy(() -> together.check(manySlots))
        .hasMessageContaining("this JVM needs about")
        .hasMessageEndingWith(
            "use narrower layers, a smaller batchSize or a lower numPartitions, or raise"
                + " spark.driver.memory.");
  }

  /** Two slots of Adam, and copies on the way: a gigabyte of weights does not fit two of heap. */
  @Test
  void countsWeightsGradientsAndWorkspace() {
    MemoryNeed need = need(4, true);
    long weights = 4L * (1000 * 1000 + 1000 + 10_000 + 10);
    assertThat(need.driverBytes())
        .isBetween(7 * weights + 256 * 4 * 3000, 7 * weights + 256 * 4 * 8000);
    assertThat(need.taskBytes()).isGreaterThan(2 * weights + 256 * 4 * 1000);
    assertThat(need(1, true).taskBytes()).isGreaterThan(need.taskBytes());
  }

  /** A row's target is as wide as the row, and dense where the row itself is not. */
  @Test
  void countsTheTargetsOfSparseRowsThatAreReproduced() {
    Network network =
        Network.of(
            NetworkSpec.parse("dense(1)"),
            Shape.of(1000),
            Heads.regression("squaredError", "identity", 1000));
    long perRow = network.trainingBytes(2, true) - network.trainingBytes(1, true);
    long layers = network.layers().stream().mapToLong(layer -> layer.workspace()).sum();
    assertThat(perRow).isEqualTo(4 * (layers + 1000));
  }

  /** In one JVM no weights travel, and no gradients, of which each partition has one. */
  @Test
  void countsLessWhereNothingTravels() {
    long weights = 4L * (1000 * 1000 + 1000 + 10_000 + 10);
    MemoryNeed travels = need(4, true);
    MemoryNeed stays = need(4, false);
    assertThat(stays.driverBytes()).isEqualTo(travels.driverBytes() - 2 * weights + 4 * weights);
    assertThat(stays.executorBytes()).isZero();
    assertThat(stays.taskBytes()).isEqualTo(travels.taskBytes() - 2 * weights);
  }

  /** A matrix over 1,502 weights takes 18 MB. */
  @Test
  void countsTheMatricesOfSecondOrderSolvers() {
    Network small =
        Network.of(
            NetworkSpec.parse("dense(100) relu"),
            Shape.of(12),
            Heads.classification("crossEntropy", "auto", 2));
    long matrix = 8L * 1502 * 1502;
    MemoryNeed first =
        MemoryNeed.of(small, new MemoryNeed.Fit(false, 50, 4, 0, false, 0, true, false));
    MemoryNeed second =
        MemoryNeed.of(small, new MemoryNeed.Fit(false, 50, 4, 0, true, 0, true, false));
    assertThat(second.driverBytes() - first.driverBytes()).isEqualTo(5 * matrix / 2);
    assertThat(second.taskBytes() - first.taskBytes()).isEqualTo(3 * matrix / 2);
  }

  /** Adam's state is three times the weights, and it travels both ways. */
  @Test
  void countsTheSolversMemoryWherePartitionsStepByThemselves() {
    long state = 3 * 4L * (1000 * 1000 + 1000 + 10_000 + 10);
    MemoryNeed sums = need(4, true);
    MemoryNeed steps =
        MemoryNeed.of(WIDE, new MemoryNeed.Fit(false, 1024, 4, 2, false, state, true, false));
    assertThat(steps.driverBytes()).isEqualTo(sums.driverBytes() + 4 * state);
    assertThat(steps.executorBytes()).isEqualTo(2 * state);
    assertThat(steps.taskBytes()).isEqualTo(sums.taskBytes() + 3 * state);
  }
}
