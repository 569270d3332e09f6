package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Optimizer;
import sparkprop.optim.OptimizerState;
import sparkprop.optim.Penalty;
import sparkprop.optim.Segment;
import sparkprop.optim.Solvers;
import sparkprop.reference.Sample;

/** The engine beside PyTorch's numbers. */
@Tag("kernel")
class NetworkGoldenTest {

  static Stream<Golden> goldens() throws IOException {
    return Golden.all();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void scoresAsPyTorch(Golden golden) {
    Engine engine = golden.engine();
    Network network = engine.network();
    SampleSlice slice = SampleSlice.dense(golden.sample());
    int outputs = network.head().outputs();
    float[] raw = new float[slice.rows() * outputs];
    network.score(engine.weights(), slice.features(), network.newWorkspace(false), raw);
    for (int n = 0; n < slice.rows(); n++) {
      double[] logits = golden.logits()[n];
      // One unit stands for two classes: (-z, z).
      double[] expected = logits.length < outputs ? new double[] {-logits[0], logits[0]} : logits;
      assertClose(
          "row " + n, Arrays.copyOfRange(raw, n * outputs, (n + 1) * outputs), expected, 4e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void derivesAsPyTorch(Golden golden) {
    Engine engine = golden.engine();
    GradientSum sum = engine.accumulate(SampleSlice.dense(golden.sample()));
    assertThat(sum.lossSum() / sum.weightSum()).isCloseTo(golden.meanLoss(), within(2e-6));

    float[] mean = mean(sum);
    golden.gradients().forEach((name, g) -> assertClose(name, engine.piece(name, mean), g, 1e-6));
    assertThat(golden.gradients().values().stream().mapToInt(g -> g.length).sum())
        .isEqualTo(mean.length);

    engine.network().absorb(sum, engine.weights());
    golden
        .statistics()
        .forEach((name, s) -> assertClose(name, engine.piece(name, engine.weights()), s, 1e-6));
  }

  private static final Set<String> ADAPTIVE =
      Set.of("adagrad", "rmsprop", "adam", "adamW(decay=0.03)", "rprop");

  @ParameterizedTest
  @MethodSource("goldens")
  void walksAsPyTorch(Golden golden) {
    for (Golden.Path path : golden.paths()) {
      Engine engine = golden.engine();
      double[] losses = walk(engine, golden.sample(), path);
      assertThat(losses).as(path.solver()).containsExactly(path.losses(), within(5e-6));
      for (Map.Entry<String, double[]> piece : path.parameters().entrySet()) {
        String name = piece.getKey();
        // These divide a gradient by its own size, or take its sign. Where the exact gradient is 0,
        // that makes a step
        // of the rounding error; batchNorm, which is why it is 0, takes the step out again.
        if (ADAPTIVE.contains(path.solver()) && followsRounding(golden, name)) {
          continue;
        }
        assertClose(
            path.solver() + " " + name,
            engine.piece(name, engine.weights()),
            piece.getValue(),
            2e-5);
      }
    }
  }

  @Test
  void theFileHasAPathForEverySolver() throws IOException {
    assertThat(Golden.all())
        .allSatisfy(
            golden -> {
              List<String> solvers =
                  golden.paths().stream()
                      .map(path -> path.solver().replaceFirst("\\(.*", ""))
                      .toList();
              assertThat(solvers)
                  .containsAll(
                      Solvers.vocabulary().names().stream()
                          .filter(name -> Solvers.read(name) instanceof FirstOrder)
                          .toList());
            });
  }

  private static double[] walk(Engine engine, Sample sample, Golden.Path path) {
    Network network = engine.network();
    FirstOrder solver = (FirstOrder) Solvers.read(path.solver());
    List<Segment> weights =
        network.layout().weights().stream().map(p -> new Segment(p.offset(), p.size())).toList();
    Optimizer optimizer =
        new Optimizer(
            solver, new Penalty(path.regParam(), 0, weights), network.layout().trainableSize());
    OptimizerState state = optimizer.initialState();
    double[] losses = new double[path.losses().length];
    for (int step = 0; step < losses.length; step++) {
      GradientSum sum = engine.accumulate(SampleSlice.dense(sample));
      losses[step] = sum.lossSum() / sum.weightSum();
      optimizer.update(engine.weights(), mean(sum), state, path.stepSize());
      network.absorb(sum, engine.weights());
    }
    return losses;
  }

  private static float[] mean(GradientSum sum) {
    float[] mean = sum.gradient().clone();
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= (float) sum.weightSum();
    }
    return mean;
  }

  private static boolean followsRounding(Golden golden, String name) {
    double[] gradient = golden.gradients().get(name);
    return gradient == null
        ? name.endsWith("runningMean")
        : Arrays.stream(gradient).allMatch(g -> Math.abs(g) < 1e-12);
  }

  private static void assertClose(String what, float[] found, double[] expected, double error) {
    double[] asDoubles = new double[found.length];
    Arrays.setAll(asDoubles, i -> found[i]);
    assertThat(asDoubles).as(what).containsExactly(expected, within(error));
  }
}
