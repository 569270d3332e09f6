package sparkprop.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
  private static final FirstOrder SGD = (FirstOrder) Solvers.read("sgd");

  @Test
  void plainDescentSubtractsStepSizeTimesTheGradient() {
    float[] w = {1, 2};
    Optimizer optimizer = new Optimizer(SGD, Penalty.none(), 2);
    OptimizerState state = optimizer.initialState();
    optimizer.update(w, new float[] {4, -8}, state, 0.25);
    assertThat(w).containsExactly(0, 4);
    assertThat(state.steps()).isEqualTo(1);
    assertThat(state.names()).isEmpty();
  }

  @Test
  void leavesNumbersBehindTheTrainableOnesAlone() {
    float[] w = {1, 2, 7};
    Optimizer optimizer = new Optimizer((FirstOrder) Solvers.read("adam"), Penalty.none(), 2);
    optimizer.update(w, new float[] {1, 1}, optimizer.initialState(), 0.5);
    assertThat(w[0]).isLessThan(1);
    assertThat(w[2]).isEqualTo(7);
  }

  @Test
  void l2MovesTheWeightsOfItsSegmentsOnly() {
    float[] w = {8, 8, 8, 8};
    Penalty penalty = new Penalty(0.5, 0, List.of(new Segment(0, 1), new Segment(2, 1)));
    Optimizer optimizer = new Optimizer(SGD, penalty, 4);
    optimizer.update(w, new float[4], optimizer.initialState(), 0.25);
    assertThat(w).containsExactly(7, 8, 7, 8);
  }

  @Test
  void thePenaltyPassesThroughTheSolver() {
    float[] w = {1, 1};
    Penalty penalty = new Penalty(0.01, 0, List.of(new Segment(0, 1)));
    Optimizer optimizer = new Optimizer((FirstOrder) Solvers.read("adam"), penalty, 2);
    optimizer.update(w, new float[2], optimizer.initialState(), 0.5);
    // Adam's first step has the length of the step size, however small the gradient.
    assertThat(w[0]).isBetween(0.499f, 0.501f);
    assertThat(w[1]).isEqualTo(1);
  }

  @Test
  void l1MakesWeightsExactlyZeroAndNoOthers() {
    float[] w = {0.3f, -0.3f, 2, -2, 0.3f, 0};
    Penalty penalty = new Penalty(2, 1, List.of(new Segment(0, 4), new Segment(5, 1)));
    Optimizer optimizer = new Optimizer(SGD, penalty, 6);
    optimizer.update(w, new float[6], optimizer.initialState(), 0.25);
    assertThat(w).containsExactly(0, 0, 1.5f, -1.5f, 0.3f, 0);
    assertThat(Float.floatToRawIntBits(w[1])).isZero();
  }

  /** min (w - c)^2 / 2 + lambda |w| is c shrunk by lambda, 0 for a c within lambda. */
  @Test
  void l1FindsTheKnownSolutionOfTheLasso() {
    float[] c = {3, -2, 0.4f, -0.4f};
    float[] w = {-1, -1, -1, -1};
    Penalty penalty = new Penalty(0.5, 1, List.of(new Segment(0, 4)));
    Optimizer optimizer = new Optimizer(SGD, penalty, 4);
    OptimizerState state = optimizer.initialState();
    for (int step = 0; step < 200; step++) {
      float[] gradient = new float[4];
      for (int i = 0; i < 4; i++) {
        gradient[i] = w[i] - c[i];
      }
      optimizer.update(w, gradient, state, 0.1);
    }
    assertThat(w[0]).isBetween(2.4999f, 2.5001f);
    assertThat(w[1]).isBetween(-1.5001f, -1.4999f);
    assertThat(w[2]).isZero();
    assertThat(w[3]).isZero();
  }

  @Test
  void refusesLengthsThatDoNotFitAndChangesNothing() {
    Optimizer optimizer = new Optimizer((FirstOrder) Solvers.read("momentum"), Penalty.none(), 2);
    OptimizerState state = optimizer.initialState();
    assertThatThrownBy(() -> optimizer.update(new float[2], new float[3], state, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 weights and as long a gradient, but found 2 and 3.");
    assertThatThrownBy(() -> optimizer.update(new float[1], new float[2], state, 0.1))
        .hasMessage("Expected 2 weights and as long a gradient, but found 1 and 2.");
    assertThat(state.steps()).isZero();
  }

  @Test
  void refusesTheStateOfAnotherSolverOrNetwork() {
    Optimizer optimizer = new Optimizer((FirstOrder) Solvers.read("momentum"), Penalty.none(), 2);
    OptimizerState adams = new OptimizerState(3, Map.of("mean", new float[2]));
    assertThatThrownBy(() -> optimizer.update(new float[2], new float[2], adams, 0.1))
        .hasMessage(
            "The optimizer's state has no slot 'velocity', only [mean]; it belongs to another"
                + " solver.");
    OptimizerState longer = new OptimizerState(3, Map.of("velocity", new float[3]));
    assertThatThrownBy(() -> optimizer.update(new float[2], new float[2], longer, 0.1))
        .hasMessage(
            "Slot 'velocity' of the optimizer's state has 3 numbers, but there are 2 weights.");
    assertThat(longer.steps()).isEqualTo(3);
  }

  @Test
  void aStateThatBecomesAnotherSharesNothingWithIt() {
    OptimizerState other = new OptimizerState(3, Map.of("velocity", new float[] {1, 2}));
    OptimizerState state = new OptimizerState(1, Map.of("velocity", new float[2]));
    float[] slot = state.slot("velocity");
    state.become(other);
    other.slot("velocity")[0] = 9;
    assertThat(slot).containsExactly(1, 2);
    assertThat(state.slot("velocity")).isSameAs(slot);
    assertThat(state.steps()).isEqualTo(3);
    assertThatThrownBy(() -> state.become(new OptimizerState(4, Map.of())))
        .hasMessageContaining("no slot 'velocity'");
  }

  @Test
  void refusesAPenaltyBeyondTheWeights() {
    Penalty penalty = new Penalty(1, 0, List.of(new Segment(1, 2)));
    assertThatThrownBy(() -> new Optimizer(SGD, penalty, 2))
        .hasMessage("The penalty reaches up to weight 3, but there are 2 weights.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "adagrad", "rmsprop", "adam", "adamW", "rprop"})
  void aSolverSaysHowManySlotsItsStateHas(String text) {
    FirstOrder solver = (FirstOrder) Solvers.read(text);
    Penalty penalty = new Penalty(0.1, 0.5, List.of(new Segment(0, 2)));
    assertThat(solver.slots())
        .isEqualTo(new Optimizer(solver, penalty, 2).initialState().names().size());
  }

  @Test
  void aChainRunsInOrderAndKeepsSlotsApart() {
    GradientTransform addOne = (gradient, weights, state, from, to) -> gradient[0] += 1;
    GradientTransform twice = (gradient, weights, state, from, to) -> gradient[0] *= 2;
    float[] gradient = {5};
    new Chain(addOne, twice)
        .update(gradient, gradient, new OptimizerState(0, Map.of()), 0, gradient.length);
    assertThat(gradient).containsExactly(12);
    GradientTransform momentum = ((FirstOrder) Solvers.read("momentum")).transform();
    assertThatThrownBy(() -> new Chain(momentum, momentum))
        .hasMessage("Two transforms of a chain share a slot: [velocity, velocity].");
  }
}
