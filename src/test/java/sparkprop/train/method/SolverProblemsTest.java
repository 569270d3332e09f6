package sparkprop.train.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Optimizer;
import sparkprop.optim.OptimizerState;
import sparkprop.optim.Penalty;
import sparkprop.optim.QuasiNewton;
import sparkprop.optim.SecondOrder;
import sparkprop.optim.Segment;
import sparkprop.optim.Solver;
import sparkprop.optim.Solvers;
import sparkprop.train.Iteration;
import sparkprop.train.Method;
import sparkprop.train.TrainingState;

/** Every solver on a convex bowl and in Rosenbrock's valley: a new solver is one more row. */
class SolverProblemsTest {
  /**
   * A solver, and how fast it must be.
   *
   * @param bowlStep step size in the bowl; solvers that find their steps have none
   * @param bowlSteps updates or iterations in which the bowl must be solved
   * @param valleyStep step size in the valley
   * @param valleySteps updates or iterations in which the valley must be followed to its end
   */
  record Row(String text, double bowlStep, int bowlSteps, double valleyStep, int valleySteps) {
    static Row searching(String text, int bowlSteps, int valleySteps) {
      return new Row(text, 0, bowlSteps, 0, valleySteps);
    }

    static Row stepping(String text, double bowlStep, double valleyStep) {
      return new Row(text, bowlStep, 300, valleyStep, 20_000);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Little enough that minima stay where they are, so that OWL-QN must find them too. */
  private static final String L1 = " with L1";

  static Stream<Row> rows() {
    return Stream.of(
        Row.stepping("sgd", 0.15, 0.001),
        Row.stepping("momentum", 0.02, 0.0005),
        Row.stepping("momentum(0.5)", 0.1, 0.001),
        Row.stepping("nesterov", 0.02, 0.0005),
        Row.stepping("nesterov(0.8)", 0.05, 0.0005),
        Row.stepping("adagrad", 1, 0.1),
        Row.stepping("adagrad(1e-6)", 1, 0.1),
        Row.stepping("rmsprop", 0.02, 0.0005),
        Row.stepping("rmsprop(0.99)", 0.02, 0.0005),
        Row.stepping("adam", 0.1, 0.01),
        Row.stepping("adam(0.8, epsilon=1e-6)", 0.1, 0.01),
        Row.stepping("adam(lazy=true)", 0.1, 0.01),
        Row.stepping("adamW", 0.1, 0.01),
        Row.stepping("adamW(0.1, beta1=0.8)", 0.1, 0.01),
        Row.stepping("rprop", 0.01, 0.001),
        Row.stepping("rprop(0.4, max=1)", 0.01, 0.001),
        Row.searching("l-bfgs", 10, 50),
        Row.searching("l-bfgs(2)", 16, 60),
        Row.searching("l-bfgs with L1", 30, 400),
        Row.searching("levenbergMarquardt", 6, 30),
        Row.searching("levenbergMarquardt(damping=10)", 12, 40),
        Row.searching("naturalGradient", 6, 30));
  }

  @Test
  void everySolverHasARow() {
    assertThat(rows().map(row -> row.text().replaceAll("[ (].*", "")).distinct())
        .containsExactlyElementsOf(Solvers.vocabulary().names());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void solvesAConvexBowl(Row row) throws InterruptedException {
    Problem bowl = Problem.bowl();
    float[] w = solve(row.text(), bowl, row.bowlStep(), row.bowlSteps());
    assertThat(w).usingComparatorWithPrecision(2e-3f).containsExactly(bowl.minimum());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void followsRosenbrocksValley(Row row) throws InterruptedException {
    Problem valley = Problem.rosenbrock();
    float[] w = solve(row.text(), valley, row.valleyStep(), row.valleySteps());
    assertThat(w).usingComparatorWithPrecision(0.01f).containsExactly(valley.minimum());
  }

  /** From the state alone, as a checkpoint holds it, another instance goes on to the same bits. */
  @ParameterizedTest
  @MethodSource("rows")
  void goesOnFromItsStateToTheSameBits(Row row) throws InterruptedException {
    Problem valley = Problem.rosenbrock();
    Method whole = method(row.text(), valley, row.valleyStep());
    TrainingState state = new TrainingState(valley.start(), whole.initialState());
    for (int i = 0; i < 13; i++) {
      state = iterate(whole, state);
      Method resumed = method(row.text(), valley, row.valleyStep());
      TrainingState next = iterate(resumed, copy(state));
      state = iterate(whole, state);
      assertThat(next.weights()).isEqualTo(state.weights());
      assertThat(next.optimizer().steps()).isEqualTo(state.optimizer().steps());
      assertThat(next.optimizer().names()).isEqualTo(state.optimizer().names());
      for (String name : state.optimizer().names()) {
        assertThat(next.optimizer().slot(name)).as(name).isEqualTo(state.optimizer().slot(name));
      }
    }
  }

  private static TrainingState copy(TrainingState state) {
    return new TrainingState(state.weights().clone(), state.optimizer().copy());
  }

  private static float[] solve(String text, Problem problem, double stepSize, int steps)
      throws InterruptedException {
    Method method = method(text, problem, stepSize);
    TrainingState state = new TrainingState(problem.start(), method.initialState());
    for (int i = 0; i < steps; i++) {
      state = iterate(method, state);
    }
    return state.weights();
  }

  /** One iteration, which never makes the objective worse if the solver searches for it. */
  private static TrainingState iterate(Method method, TrainingState state)
      throws InterruptedException {
    Iteration iteration = method.iterate(state, 0, 0);
    if (iteration instanceof Iteration.Stuck stuck) {
      return stuck.state();
    }
    Iteration.Made made = (Iteration.Made) iteration;
    if (!(method instanceof Stepping)) {
      assertThat(made.objective()).isLessThanOrEqualTo(made.first());
    }
    return made.state();
  }

  private static Method method(String text, Problem problem, double stepSize) {
    Solver solver = Solvers.read(text.replace(L1, ""));
    int length = problem.start().length;
    if (solver instanceof QuasiNewton quasi) {
      return new LineSearches(
          quasi,
          w -> new Objective.Point(problem.value(w), problem.gradient(w)),
          text.endsWith(L1)
              ? new Penalty(1e-5, 1, List.of(new Segment(0, length)))
              : Penalty.none(),
          length);
    }
    if (solver instanceof SecondOrder second) {
      return new DampedSteps(second, problem::curvature, Penalty.none(), length);
    }
    return new Stepping(
        problem, new Optimizer((FirstOrder) solver, Penalty.none(), length), stepSize);
  }

  /** An update is an iteration. */
  private record Stepping(Problem problem, Optimizer optimizer, double stepSize) implements Method {
    @Override
    public OptimizerState initialState() {
      return optimizer.initialState();
    }

    @Override
    public double objective(float[] weights) {
      return problem.value(weights);
    }

    @Override
    public Iteration iterate(TrainingState state, int pass, int plateaus) {
      double first = problem.value(state.weights());
      optimizer.update(
          state.weights(), problem.gradient(state.weights()), state.optimizer(), stepSize);
      return new Iteration.Made(state, first, problem.value(state.weights()));
    }
  }
}
