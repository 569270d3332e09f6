package sparkprop.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One table over all first-order solvers, but for what they solve: a new solver is one more row.
 */
class SolversTest {

  /**
   * A solver.
   *
   * @param valleyStep a step size that follows Rosenbrock's valley
   * @param forgets whether what it remembers fades where there is no gradient any more
   */
  record Row(String text, String canonical, double stepSize, double valleyStep, boolean forgets) {
    Row(String text, String canonical, double stepSize, double valleyStep) {
      this(text, canonical, stepSize, valleyStep, true);
    }

    Row remembering() {
      return new Row(text, canonical, stepSize, valleyStep, false);
    }

    FirstOrder solver() {
      return (FirstOrder) Solvers.read(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row("SGD", "sgd", 0.01, 0.001),
        new Row("momentum", "momentum", 0.01, 0.0005),
        new Row("Momentum(0.5)", "momentum(0.5)", 0.01, 0.001),
        new Row("nesterov(0.9)", "nesterov", 0.01, 0.0005),
        new Row("nesterov(momentum=0.8)", "nesterov(0.8)", 0.01, 0.0005),
        new Row("adagrad", "adagrad", 0.01, 0.1).remembering(),
        new Row("Adagrad(1e-6)", "adagrad(epsilon=1e-6)", 0.01, 0.1).remembering(),
        new Row("rmsprop", "rmsprop", 0.001, 0.0005),
        new Row("RMSprop(0.99)", "rmsprop(decay=0.99)", 0.001, 0.0005),
        new Row("adam", "adam", 0.001, 0.01),
        new Row("adam(0.8, epsilon=1e-6)", "adam(beta1=0.8, epsilon=1e-6)", 0.001, 0.01),
        new Row("adam(Lazy=TRUE)", "adam(lazy=true)", 0.001, 0.01),
        new Row("AdamW", "adamW", 0.001, 0.01),
        new Row("adamw(0.1, beta1=0.8)", "adamW(decay=0.1, beta1=0.8)", 0.001, 0.01),
        new Row("Rprop", "rprop", 0.01, 0.001).remembering(),
        new Row("rprop(0.4, max=1)", "rprop(0.4, max=1)", 0.01, 0.001).remembering());
  }

  @Test
  void everySolverHasARow() {
    assertThat(rows().map(row -> row.canonical().replaceAll("\\(.*", "")).distinct())
        .containsExactlyElementsOf(
            Solvers.vocabulary().names().stream()
                .filter(name -> Solvers.read(name) instanceof FirstOrder)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void readsItsTextAndPrintsItCanonically(Row row) {
    assertThat(row.solver().text()).isEqualTo(row.canonical());
    assertThat(row.solver().learningRate()).isEqualTo(row.stepSize());
    assertThat(Solvers.read(row.canonical())).isEqualTo(row.solver());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void goesOnFromARebuiltStateToTheSameBits(Row row) {
    Optimizer optimizer = new Optimizer(row.solver(), Penalty.none(), 2);
    float[] whole = {-1.2f, 1};
    OptimizerState state = optimizer.initialState();
    run(optimizer, whole, state, row.valleyStep(), 7, SolversTest::rosenbrock);

    float[] resumed = whole.clone();
    Map<String, float[]> slots = new LinkedHashMap<>();
    state.names().forEach(name -> slots.put(name, state.slot(name).clone()));
    OptimizerState rebuilt = new OptimizerState(state.steps(), slots);
    OptimizerState copy = state.copy();
    run(optimizer, whole, state, row.valleyStep(), 9, SolversTest::rosenbrock);
    run(optimizer, resumed, rebuilt, row.valleyStep(), 9, SolversTest::rosenbrock);
    assertThat(resumed).isEqualTo(whole);
    assertThat(rebuilt.steps()).isEqualTo(state.steps()).isEqualTo(16);
    for (String name : state.names()) {
      assertThat(rebuilt.slot(name)).isEqualTo(state.slot(name)).isNotEqualTo(copy.slot(name));
    }
    assertThat(copy.steps()).isEqualTo(7);
  }

  /** Where gradients stop, memory must not end among the denormal numbers, which are slow. */
  @ParameterizedTest
  @MethodSource("rows")
  void forgetsWithoutDenormalNumbers(Row row) {
    Optimizer optimizer = new Optimizer(row.solver(), Penalty.none(), 2);
    OptimizerState state = optimizer.initialState();
    float[] w = {1, 1};
    optimizer.update(w, new float[] {1e-3f, -1e3f}, state, 0.001);
    run(optimizer, w, state, 0.001, 200_000, weights -> new float[2]);
    for (String name : state.names()) {
      for (float x : state.slot(name)) {
        if (row.forgets()) {
          assertThat(Math.abs(x)).as(name).isLessThan(1e-20f);
        }
        assertThat(x == 0 || Math.abs(x) >= Float.MIN_NORMAL).as(name + " is " + x).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anUpdateAllocatesNothing(Row row) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] w = new float[100];
    float[] g = new float[100];
    Penalty penalty = new Penalty(0.1, 0.5, List.of(new Segment(0, 50), new Segment(60, 40)));
    Optimizer optimizer = new Optimizer(row.solver(), penalty, 100);
    OptimizerState state = optimizer.initialState();
    long before = 0;
    for (int i = 0; i < 2_000; i++) {
      if (i == 1_000) { // by now every class is loaded
        before = threads.getCurrentThreadAllocatedBytes();
      }
      g[0] = 1;
      optimizer.update(w, g, state, 0.01);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          adma                | 1  | no solver is called 'adma'; the nearest known name is 'adam'
          lbfgs               | 1  | no solver is called 'lbfgs'; the nearest known name is 'l-bfgs'
          momentum(1)         | 10 | momentum of momentum must be a number of at least 0 and below 1, but '1' was found
          nesterov(-0.1)      | 10 | momentum of nesterov must be a number of at least 0 and below 1, but '-0.1' was found
          adagrad(0)          | 9  | epsilon of adagrad must be a number of at least 1e-30, but '0' was found
          rmsprop(decay=1)    | 15 | decay of rmsprop must be a number of at least 0 and below 1, but '1' was found
          adamW(-1)           | 7  | decay of adamW must be a number of at least 0, but '-1' was found
          adam(beta2=1)       | 12 | beta2 of adam must be a number of at least 0 and below 1, but '1' was found
          adam(lazy=1)        | 11 | lazy of adam must be true or false, but '1' was found
          adam(epsilon=0)     | 14 | epsilon of adam must be a number of at least 1e-12, but '0' was found
          l-bfgs(0)           | 8  | memory of l-bfgs must be a whole number of at least 1, but '0' was found
          naturalGradient(damping=0) | 25 | damping of naturalGradient must be a number above 0, but '0' was found
          levenbergMarquard   | 1  | no solver is called 'levenbergMarquard'; the nearest known name is 'levenbergMarquardt'
          sgd(0.1)            | 5  | sgd takes no argument
          """)
  void saysWhatIsWrongWithAText(String text, int column, String sentence) {
    assertThatThrownBy(() -> Solvers.read(text))
        .hasMessage(
            "solver, column %d: %s.\n  %s\n  %s^"
                .formatted(column, sentence, text, " ".repeat(column - 1)));
  }

  @Test
  void rpropsSmallestStepIsNotAboveItsLargest() {
    assertThatThrownBy(() -> Solvers.read("rprop(min=1, max=0.5)"))
        .hasMessage(
            "The smallest step of rprop is 1.0, above its largest, 0.5: set min below max.");
  }

  private static void run(
      Optimizer optimizer,
      float[] w,
      OptimizerState state,
      double stepSize,
      int updates,
      UnaryOperator<float[]> gradient) {
    for (int i = 0; i < updates; i++) {
      optimizer.update(w, gradient.apply(w), state, stepSize);
    }
  }

  /** Of (1 - x)^2 + 100 (y - x^2)^2. */
  private static float[] rosenbrock(float[] w) {
    float slope = 200 * (w[1] - w[0] * w[0]);
    return new float[] {-2 * (1 - w[0]) - 2 * w[0] * slope, slope};
  }
}
