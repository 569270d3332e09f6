package sparkprop.train.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.data.Block;
import sparkprop.linalg.DenseRows;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.optim.Penalty;
import sparkprop.optim.Solvers;
import sparkprop.optim.schedule.Schedules;
import sparkprop.train.Checkpoints;
import sparkprop.train.StopReason;
import sparkprop.train.Trainer;
import sparkprop.train.TrainerSettings;
import sparkprop.train.TrainingListener;
import sparkprop.train.TrainingResult;
import sparkprop.train.step.LocalData;
import sparkprop.train.step.LocalPlacement;

/** A 1-10-1 network is fitted to a period of the sine by the solvers that take all rows. */
class SineTest {
  private static final int ROWS = 100;

  /** Half the mean squared error. */
  private static final double GOAL = 1e-6 / 2;

  private static TrainingResult fit(String solver, int iterations, long seed)
      throws InterruptedException {
    float[] x = new float[ROWS];
    float[] t = new float[ROWS];
    float[] ones = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i] = 2f * i / (ROWS - 1) - 1;
      t[i] = (float) Math.sin(Math.PI * x[i]);
      ones[i] = 1;
    }
    Block rows = new Block(DenseRows.of(ROWS, 1, x), t, ones, LongStream.range(0, ROWS).toArray());
    Network network =
        Network.of(
            NetworkSpec.parse("dense(10) tanh"),
            Shape.of(1),
            Heads.regression("squaredError", "identity", 1));
    TrainerSettings settings =
        new TrainerSettings(iterations, 0, Schedules.read("constant"), 0, 0, seed);
    try (LocalPlacement placement =
        new LocalPlacement(network, LocalData.of(List.of(List.of(rows))), ROWS, 2, 1)) {
      return new Trainer(
              Methods.of(Solvers.read(solver), network, Penalty.none(), 0, 1, placement, settings),
              placement,
              settings,
              Checkpoints.NONE,
              new TrainingListener() {})
          .train(Initialisation.draw(network, "auto", seed));
    }
  }

  private static double last(TrainingResult result) {
    List<Double> objectives = result.history().objectives();
    return objectives.get(objectives.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void levenbergMarquardtReachesAMillionth(long seed) throws InterruptedException {
    List<Double> objectives = fit("levenbergMarquardt", 250, seed).history().objectives();
    assertThat(objectives.get(objectives.size() - 1)).isLessThan(GOAL);
    for (int i = 1; i < objectives.size(); i++) {
      assertThat(objectives.get(i)).isLessThanOrEqualTo(objectives.get(i - 1));
    }
  }

  @Test
  void lbfgsComesCloseInThousands() throws InterruptedException {
    TrainingResult result = fit("l-bfgs", 3000, 1);
    assertThat(last(result)).isLessThan(10 * GOAL);
    assertThat(result.history().stopReason()).isIn(StopReason.LINE_SEARCH, StopReason.MAX_ITER);
  }
}
