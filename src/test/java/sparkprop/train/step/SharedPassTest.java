package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
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
          0);

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

  @Test
  void whoComesLateFindsThePassOver() {
    TrainingState state = state();
    SharedPass pass = pass(state);
    assertThat(pass.take(worker())).isNotNull();
    float[] weights = state.weights().clone();
    assertThat(pass.take(worker())).isNull();
    assertThat(state.weights()).isEqualTo(weights);
  }

  /** Spark tries a task again whose failure it does not count, a killed one for instance. */
  @Test
  void aPassThatFailedIsNotTakenUpAgain() throws Exception {
    SharedPass pass = pass(state());
    IllegalStateException torn = new IllegalStateException("a torn block");
    Worker failing =
        new Worker(
            NETWORK.newWorkspace(false),
            p -> {
              throw torn;
            },
            () -> {});
    assertThatThrownBy(() -> pass.take(failing)).isSameAs(torn);
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
