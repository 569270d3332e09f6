package sparkprop.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import sparkprop.optim.OptimizerState;

/** Means that must not be moved by rounding across a border. */
class ReplicaSumTest {
  private static TrainingState state(float weight, float square) {
    return new TrainingState(
        new float[] {weight}, new OptimizerState(5, Map.of("square", new float[] {square})));
  }

  private static ReplicaSum replica(TrainingState to, TrainingState from, double weight) {
    return new ReplicaSum(to, from, PassSums.NONE.plus(0.5, weight), weight);
  }

  /** Whatever the row weights: 0.1f is no multiple of 2, so that products are rounded. */
  @Test
  void whatAllHaveBroughtTo0Is0AndWhatFadesDoesNotBecomeNegative() {
    TrainingState common = state(0.1f, 0.7f);
    for (int i = 1; i < 200; i++) {
      ReplicaSum sum = replica(state(0, 1e-12f), common, i / 7.0);
      sum.add(replica(state(0, 1e-12f), common, 3.3));
      sum.add(replica(state(0, 1e-12f), common, 17.77 * i));
      TrainingState mean = sum.mean(common, 10);
      assertThat(mean.weights()[0]).isZero();
      assertThat(mean.optimizer().slot("square")[0]).isNotNegative().isLessThan(1e-6f);
      assertThat(Math.sqrt(mean.optimizer().slot("square")[0])).isNotNaN();
    }
  }

  @Test
  void whatHasNotMovedStaysToTheBit() {
    TrainingState common = state(0.1f, 1e-30f);
    ReplicaSum sum = replica(state(0.1f, 1e-30f), common, 0.3);
    sum.add(replica(state(0.1f, 1e-30f), common, 77.7));
    TrainingState mean = sum.mean(common, 10);
    assertThat(mean.weights()).containsExactly(0.1f);
    assertThat(mean.optimizer().slot("square")).containsExactly(1e-30f);
  }

  @Test
  void weightsMayCross0() {
    TrainingState common = state(0.1f, 0);
    ReplicaSum sum = replica(state(-0.3f, 0), common, 1);
    sum.add(replica(state(0.1f, 0), common, 3));
    assertThat(sum.mean(common, 10).weights()[0])
        .isEqualTo(0f, org.assertj.core.api.Assertions.within(1e-7f));
  }
}
