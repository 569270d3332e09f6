package sparkprop.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import sparkprop.nn.Engine;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Network;
import sparkprop.nn.Parameter;
import sparkprop.nn.SampleSlice;
import sparkprop.nn.loss.Heads;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Optimizer;
import sparkprop.optim.Penalty;
import sparkprop.optim.Solvers;
import sparkprop.reference.Sample;

/**
 * A network on sparse rows beside PyTorch's SparseAdam, which adds its epsilon before the bias
 * correction: a part in 10^6 of a step here.
 */
class LazyGoldenTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNode GOLDEN = golden();

  private static JsonNode golden() {
    try (InputStream file = LazyGoldenTest.class.getResourceAsStream("/goldens/lazy.json")) {
      return MAPPER.readTree(Objects.requireNonNull(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double[] numbers(String object, String name) {
    return MAPPER.convertValue(GOLDEN.get(object).get(name), double[].class);
  }

  private static Sample rows(int step) {
    double[][] x = MAPPER.convertValue(GOLDEN.get("x"), double[][].class);
    int batch = GOLDEN.get("batch").asInt();
    double[][] of = new double[batch][];
    double[][] labels = new double[batch][];
    for (int i = 0; i < batch; i++) {
      int row = (step * batch + i) % x.length;
      of[i] = x[row];
      labels[i] = new double[] {GOLDEN.get("labels").get(row).asDouble()};
    }
    return Sample.of(of, labels);
  }

  @Test
  void walksAsPyTorchsSparseAdam() {
    Engine engine =
        Engine.of(
            GOLDEN.get("network").asText(),
            GOLDEN.get("x").get(0).size(),
            Heads.classification("crossEntropy", "softmax", GOLDEN.get("classes").asInt()),
            "zeros",
            0);
    Network network = engine.network();
    for (Parameter p : network.layout().parameters()) {
      engine.set(p.name(), numbers("parameters", p.name()));
    }
    FirstOrder lazy = (FirstOrder) Solvers.read("adam(lazy=true)");
    Optimizer optimizer = new Optimizer(lazy, Penalty.none(), network.layout().trainableSize());
    Step step = new Step(network, optimizer, Penalty.none(), 0, false);
    TrainingState state = new TrainingState(engine.weights(), optimizer.initialState());
    GradientSum sum = network.newGradientSum(true);
    double[] losses = MAPPER.convertValue(GOLDEN.get("losses"), double[].class);
    for (int i = 0; i < losses.length; i++) {
      sum.clear();
      network.accumulate(
          state.weights(),
          SampleSlice.sparse(rows(i)),
          Engine.MOMENT,
          network.newWorkspace(true),
          sum);
      assertThat(step.objective(sum, state.weights())).isCloseTo(losses[i], within(5e-6));
      step.make(state, sum, GOLDEN.get("stepSize").asDouble());
    }
    for (Parameter p : network.layout().parameters()) {
      float[] found = engine.piece(p.name(), state.weights());
      double[] expected = numbers("ended", p.name());
      for (int k = 0; k < found.length; k++) {
        assertThat((double) found[k]).as("%s %d", p.name(), k).isCloseTo(expected[k], within(2e-5));
      }
    }
  }
}
