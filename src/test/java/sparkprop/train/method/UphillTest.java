package sparkprop.train.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.optim.Penalty;
import sparkprop.optim.QuasiNewton;
import sparkprop.optim.Segment;
import sparkprop.optim.Solvers;
import sparkprop.train.Iteration;
import sparkprop.train.StopReason;
import sparkprop.train.TrainingState;

/** Among hills, where a step of full length often leads up another one, no iteration does. */
class UphillTest {
  private static final int DIMENSIONS = 2;

  /** {@code sum_k w_k^2 / 20 + 3 (1 - cos 2 w_k)}, and no number beyond 30. */
  private static Objective.Point hills(float[] w) {
    double value = 0;
    float[] gradient = new float[w.length];
    for (int k = 0; k < w.length; k++) {
      value += w[k] * w[k] / 20.0 + 3 * (1 - Math.cos(2.0 * w[k]));
      gradient[k] = (float) (w[k] / 10.0 + 6 * Math.sin(2.0 * w[k]));
      if (Math.abs(w[k]) > 30) {
        value = Double.NaN;
        gradient[k] = Float.NaN;
      }
    }
    return new Objective.Point(value, gradient);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void noIterationMakesTheObjectiveWorse(double l1) throws InterruptedException {
    Penalty penalty = new Penalty(l1, 1, List.of(new Segment(0, DIMENSIONS)));
    for (int start = 0; start < 200; start++) {
      LineSearches method =
          new LineSearches(
              (QuasiNewton) Solvers.read("l-bfgs(3)"), UphillTest::hills, penalty, DIMENSIONS);
      float[] w = {(float) (0.1 * start - 10), (float) (3 - 0.05 * start)};
      TrainingState state = new TrainingState(w, method.initialState());
      for (int i = 0; i < 30; i++) {
        Iteration iteration = method.iterate(state, i, 0);
        if (iteration instanceof Iteration.Stuck stuck) {
          assertThat(stuck.reason()).isEqualTo(StopReason.LINE_SEARCH);
          break;
        }
        Iteration.Made made = (Iteration.Made) iteration;
        assertThat(made.objective()).as("from %f", w[0]).isLessThanOrEqualTo(made.first());
        state = made.state();
      }
    }
  }
}
