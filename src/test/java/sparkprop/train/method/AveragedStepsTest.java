package sparkprop.train.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.data.Block;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Network;
import sparkprop.optim.Penalty;
import sparkprop.optim.Solvers;
import sparkprop.optim.schedule.Schedules;
import sparkprop.train.Iteration;
import sparkprop.train.Method;
import sparkprop.train.TrainerSettings;
import sparkprop.train.TrainingState;
import sparkprop.train.step.LocalData;
import sparkprop.train.step.LocalPlacement;
import sparkprop.train.step.Samples;

/** Partitions that make updates by themselves, beside partitions that are trained alone. */
class AveragedStepsTest {
  private static final int ROWS = 40;
  private static final Network NETWORK = Samples.network("dense(5) batchNorm tanh");
  private static final float[] INITIAL = Initialisation.draw(NETWORK, "auto", 3);
  private static final TrainerSettings SETTINGS =
      new TrainerSettings(3, 0.05, Schedules.read("exponential(0.5)"), 0, 0, 7);

  private static TrainingState pass(
      String solver, List<List<Block>> partitions, int batchSize, int interval, List<Double> met)
      throws InterruptedException {
    try (LocalPlacement placement =
        new LocalPlacement(NETWORK, LocalData.of(partitions), batchSize, 2, 2)) {
      Method method =
          Methods.of(
              Solvers.read(solver), NETWORK, Penalty.none(), 0, interval, placement, SETTINGS);
      Iteration.Made made =
          (Iteration.Made)
              method.iterate(new TrainingState(INITIAL.clone(), method.initialState()), 0, 0);
      met.add(made.first());
      met.add(made.objective());
      return made.state();
    }
  }

  /** A whole pass between two averagings: the mean of two partitions that never met. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "adam"})
  void aPassWithoutSummingIsTheWeightedMeanOfPartitionsTrainedAlone(String solver)
      throws InterruptedException {
    List<List<Block>> both = Samples.partitions(16, ROWS, ROWS);
    List<Double> met = new ArrayList<>();
    TrainingState mean = pass(solver, both, 20, 100, met);
    TrainingState one = pass(solver, List.of(both.get(0)), 10, 1, new ArrayList<>());
    TrainingState other = pass(solver, List.of(both.get(1)), 10, 1, new ArrayList<>());
    double first = weight(both.get(0));
    double second = weight(both.get(1));
    for (int i = 0; i < INITIAL.length; i++) {
      double expected = (first * one.weights()[i] + second * other.weights()[i]) / (first + second);
      assertThat(mean.weights()[i]).isCloseTo((float) expected, within(1e-6f));
    }
    assertThat(mean.optimizer().steps()).isEqualTo(4);
    for (String slot : mean.optimizer().names()) {
      for (int i = 0; i < mean.optimizer().slot(slot).length; i++) {
        double expected =
            (first * one.optimizer().slot(slot)[i] + second * other.optimizer().slot(slot)[i])
                / (first + second);
        assertThat(mean.optimizer().slot(slot)[i]).isCloseTo((float) expected, within(1e-6f));
      }
    }
  }

  private static double weight(List<Block> blocks) {
    double sum = 0;
    for (Block block : blocks) {
      for (float weight : block.weights()) {
        sum += weight;
      }
    }
    return sum;
  }

  /** The first objective is that of the mini-batch, as where gradients are summed. */
  @Test
  void theHistoryBeginsWithTheSameObjective() throws InterruptedException {
    List<List<Block>> rows = Samples.partitions(16, 30, 33, 41);
    List<Double> summed = new ArrayList<>();
    List<Double> averaged = new ArrayList<>();
    pass("sgd", rows, 30, 1, summed);
    pass("sgd", rows, 30, 2, averaged);
    assertThat(averaged.get(0)).isCloseTo(summed.get(0), within(1e-6));
    assertThat(averaged.get(1)).isNotEqualTo(summed.get(1)).isCloseTo(summed.get(1), within(0.3));
  }

  @Test
  void stopsAtAnObjectiveThatIsNoNumber() throws InterruptedException {
    List<List<Block>> rows = Samples.partitions(16, 30, 33);
    List<Block> bad = new ArrayList<>(rows.get(1));
    Block last = bad.get(0);
    float[] weights = last.weights().clone();
    java.util.Arrays.fill(weights, Float.NaN);
    bad.set(
        0,
        new Block(
            last.features(), last.targets(), weights, LongStream.of(last.rowNumbers()).toArray()));
    List<Double> met = new ArrayList<>();
    TrainingState stopped = pass("sgd", List.of(rows.get(0), bad), 20, 3, met);
    assertThat(met.get(1)).isNaN();
    assertThat(stopped.optimizer().steps()).as("of four, averaged after three").isEqualTo(3);
  }
}
