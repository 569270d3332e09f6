package sparkprop.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Twenty steps of every solver beside PyTorch's, from {@code src/test/python/goldens_optim.py}. */
class SolverGoldensTest {
  private static final JsonNode GOLDENS = read();

  private static JsonNode read() {
    try (InputStream in = SolverGoldensTest.class.getResourceAsStream("/goldens/optim.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Iterable<JsonNode> cases() {
    return GOLDENS.get("cases");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesTheStepsThatPyTorchTakes(JsonNode golden) {
    float[] w = floats(GOLDENS.get("start"));
    List<Segment> all = List.of(new Segment(0, w.length));
    Penalty penalty = new Penalty(golden.get("regParam").asDouble(), 0, all);
    Optimizer optimizer =
        new Optimizer((FirstOrder) Solvers.read(golden.get("solver").asText()), penalty, w.length);
    OptimizerState state = optimizer.initialState();
    assertThat(golden.get("weights")).hasSize(20);
    for (JsonNode expected : golden.get("weights")) {
      optimizer.update(w, gradient(w), state, golden.get("stepSize").asDouble());
      float[] wanted = floats(expected);
      for (int i = 0; i < w.length; i++) {
        assertThat(w[i])
            .as("weight %d after step %d", i, state.steps())
            .isCloseTo(wanted[i], within(1e-6f * Math.max(Math.abs(wanted[i]), 0.1f)));
      }
    }
  }

  static Iterable<JsonNode> sparseCases() {
    return GOLDENS.get("sparseCases");
  }

  /**
   * Of a lazy solver only weights whose columns occur are updated, as PyTorch's SparseAdam does.
   */
  @ParameterizedTest
  @MethodSource("sparseCases")
  void takesTheLazyStepsThatPyTorchTakes(JsonNode golden) {
    float[] w = floats(GOLDENS.get("start"));
    FirstOrder solver = (FirstOrder) Solvers.read(golden.get("solver").asText());
    assertThat(solver.lazy()).isTrue();
    Optimizer optimizer = new Optimizer(solver, Penalty.none(), w.length);
    OptimizerState state = optimizer.initialState();
    assertThat(golden.get("weights")).hasSize(20);
    for (int step = 0; step < 20; step++) {
      float[] gradient = gradient(w);
      optimizer.begin(w, gradient, state, golden.get("stepSize").asDouble());
      for (JsonNode column : golden.get("occurs").get(step)) {
        optimizer.update(w, gradient, state, column.asInt(), column.asInt() + 1);
      }
      float[] wanted = floats(golden.get("weights").get(step));
      for (int i = 0; i < w.length; i++) {
        assertThat(w[i])
            .as("weight %d after step %d", i, state.steps())
            .isCloseTo(wanted[i], within(1e-6f * Math.max(Math.abs(wanted[i]), 0.1f)));
      }
    }
  }

  @Test
  void everySolverHasGoldens() {
    Set<String> seen = new HashSet<>();
    cases().forEach(golden -> seen.add(golden.get("solver").asText().replaceAll("\\(.*", "")));
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            Solvers.vocabulary().names().stream()
                .filter(name -> Solvers.read(name) instanceof FirstOrder)
                .toList());
  }

  private static float[] gradient(float[] w) {
    float[] curvature = floats(GOLDENS.get("curvature"));
    float[] target = floats(GOLDENS.get("target"));
    float quartic = (float) GOLDENS.get("quartic").asDouble();
    float coupling = (float) GOLDENS.get("coupling").asDouble();
    float[] g = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      float before = w[(i + w.length - 1) % w.length];
      g[i] = curvature[i] * (w[i] - target[i]) + quartic * (w[i] * w[i] * w[i]) + coupling * before;
    }
    return g;
  }

  private static float[] floats(JsonNode array) {
    double[] numbers =
        StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
