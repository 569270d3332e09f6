package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Network;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Optimizer;
import sparkprop.optim.Penalty;
import sparkprop.optim.Solvers;
import sparkprop.train.PassSums;
import sparkprop.train.Step;
import sparkprop.train.TrainingState;

class SharedPassTest {
  private static final Network NETWORK =
      Samples.network("dense(5) tanh dropout(0.3) dense(4) relu");
  private static final LocalData DATA = Samples.local(60, 0, 41, 7, 55);
  private static final Step STEP =
      new Step(
          NETWORK,
          new Optimizer(
              (FirstOrder) Solvers.read("adam"), Penalty.none(), NETWORK.layout().trainableSize()),
          Penalty.none(),
          0,
          false);

  private static TrainingState state() {
    return new TrainingState(
        Initialisation.draw(NETWORK, "auto", 3), STEP.optimizer().initialState());
  }

  private static SharedPass pass(TrainingState state) {
    return new SharedPass(
        STEP,
        state,
        MiniBatches.of(NETWORK, DATA.rows(), 1, 20),
        SumTree.of(DATA.partitions(), 2),
        false,
        1,
        0,
        update -> 0.01);
  }

  private static Worker worker() {
    return new Worker(NETWORK.newWorkspace(false), p -> DATA.blocks().get(p), () -> {});
  }

  @Test
  void theLeaderAloneMakesThePassOfThePlacementWithoutSpark() throws Exception {
    TrainingState alone = state();
    PassSums met = pass(alone).take(worker());
    TrainingState local = state();
    try (LocalPlacement placement = new LocalPlacement(NETWORK, DATA, 20, 2, 1)) {
      assertThat(met).isEqualTo(placement.pass(STEP, local, 1, 0, update -> 0.01));
    }
    assertThat(alone.weights()).isEqualTo(local.weights());
  }

  /** Columns that occur in some updates only, in some partitions only. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void lazyUpdatesAreThoseOfThePlacementWithoutSpark(double maxGradientNorm) throws Exception {
    Network network = Samples.network("dense(5) tanh");
    int length = network.layout().trainableSize();
    LocalData data = Samples.someColumns(Samples.local(60, 7, 30, 41), 4);
    Optimizer lazy =
        new Optimizer((FirstOrder) Solvers.read("adam(lazy=true)"), Penalty.none(), length);
    Step step = new Step(network, lazy, Penalty.none(), maxGradientNorm, false);
    float[] initial = Initialisation.draw(network, "auto", 3);
    TrainingState alone = new TrainingState(initial.clone(), lazy.initialState());
    TrainingState local = new TrainingState(initial.clone(), lazy.initialState());
    for (int pass = 0; pass < 3; pass++) {
      PassSums met =
          new SharedPass(
                  step,
                  alone,
                  MiniBatches.of(network, data.rows(), 1, 4),
                  SumTree.of(data.partitions(), 2),
                  true,
                  1,
                  pass,
                  update -> 0.01)
              .take(new Worker(network.newWorkspace(true), p -> data.blocks().get(p), () -> {}));
      try (LocalPlacement placement = new LocalPlacement(network, data, 4, 2, 2, true)) {
        assertThat(met).isEqualTo(placement.pass(step, local, 1, pass, update -> 0.01));
      }
      assertThat(alone.weights()).isEqualTo(local.weights());
    }
    // Columns 4 and 5 never occur; the others' moments stand still where they do not.
    for (int column = 0; column < Samples.FEATURES; column++) {
      for (int j = 0; j < 5; j++) {
        int i = column * 5 + j;
        assertThat(alone.weights()[i] == initial[i]).as("column %d", column).isEqualTo(column >= 4);
        assertThat(alone.optimizer().slot("mean")[i] == 0).isEqualTo(column >= 4);
      }
    }
    assertThat(alone.optimizer().steps()).isEqualTo(3 * 35);
  }

  @Test
  void whoComesLateFindsThePassOver() {
    TrainingState state = state();
    SharedPass pass = pass(state);
    PassSums met = pass.take(worker());
    float[] weights = state.weights().clone();
    assertThat(pass.take(worker())).isEqualTo(met);
    assertThat(state.weights()).isEqualTo(weights);
  }

  /** Spark tries a task again whose failure it does not count, a killed one for instance. */
  @Test
  void aPassThatFailedIsNotTakenUpAgain() throws Exception {
    SharedPass pass = pass(state());
    assertThat(pass.failed()).isFalse();
    IllegalStateException torn = new IllegalStateException("a torn block");
    Worker failing =
        new Worker(
            NETWORK.newWorkspace(false),
            p -> {
              throw torn;
            },
            () -> {});
    assertThatThrownBy(() -> pass.take(failing)).isSameAs(torn);
    assertThat(pass.failed()).isTrue();
    CompletableFuture<Throwable> retried = new CompletableFuture<>();
    Thread again =
        new Thread(
            () ->
                retried.complete(
                    org.assertj.core.api.Assertions.catchThrowable(() -> pass.take(worker()))));
    again.start();
    assertThat(retried.get(10, TimeUnit.SECONDS))
        .hasMessage("The pass failed in another task: " + torn)
        .hasCause(torn);
  }
}
