package sparkprop.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.data.Block;
import sparkprop.linalg.DenseRows;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.optim.Penalty;
import sparkprop.optim.Solver;
import sparkprop.optim.Solvers;
import sparkprop.optim.schedule.Schedules;
import sparkprop.optim.schedule.StepSizeSchedule;
import sparkprop.train.method.Methods;
import sparkprop.train.step.LocalData;
import sparkprop.train.step.LocalPlacement;

/** What perceptrons cannot learn and networks with a hidden layer can: whether a count is odd. */
class LearningTest {
  private static final StepSizeSchedule CONSTANT = Schedules.read("constant");

  /** All patterns of so many bits, -1 or 1; the class is whether the number of ones is odd. */
  private static Block parity(int bits) {
    int rows = 1 << bits;
    float[] features = new float[rows * bits];
    float[] targets = new float[rows];
    float[] weights = new float[rows];
    for (int n = 0; n < rows; n++) {
      for (int i = 0; i < bits; i++) {
        features[n * bits + i] = (n >> i & 1) == 1 ? 1 : -1;
      }
      targets[n] = Integer.bitCount(n) % 2;
      weights[n] = 1;
    }
    return new Block(
        DenseRows.of(rows, bits, features), targets, weights, LongStream.range(0, rows).toArray());
  }

  /** The share of parity's patterns that the trained network classifies right. */
  private static double learn(
      String hidden, String output, String loss, String solver, int bits, int passes, long seed)
      throws InterruptedException {
    Network network =
        Network.of(
            NetworkSpec.parse(hidden), Shape.of(bits), Heads.classification(loss, output, 2));
    Solver how = Solvers.read(solver);
    TrainerSettings settings =
        new TrainerSettings(passes, how.stepSize().orElse(0) * 10, CONSTANT, 0, 0, seed);
    List<List<Block>> rows = List.of(List.of(parity(bits)));
    int batchSize = how.wholeBatch() ? 1 << bits : 1;
    try (Placement placement =
        new LocalPlacement(network, new LocalData(rows, 1, rows), batchSize, 2, 1)) {
      TrainingResult result =
          new Trainer(
                  Methods.of(how, network, Penalty.none(), 0, 1, placement, settings),
                  placement,
                  settings,
                  Checkpoints.NONE,
                  new TrainingListener() {})
              .train(Initialisation.draw(network, "auto", seed));
      return placement.validate(result.weights()).accuracy();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, softmax, crossEntropy, sgd",
    "tanh, logistic, crossEntropy, momentum(0.5)",
    "lecunTanh, lecunTanh, squaredError, sgd",
    "relu, softmax, crossEntropy, adam"
  })
  void exclusiveOrIsLearntOnLine(String activation, String output, String loss, String solver)
      throws InterruptedException {
    for (long seed = 1; seed <= 5; seed++) {
      String hidden = "dense(8) " + activation;
      assertThat(learn(hidden, output, loss, solver, 2, 500, seed))
          .as("seed %d", seed)
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void parityOfFourBitsIsLearntOnLine(long seed) throws InterruptedException {
    assertThat(learn("dense(12) tanh", "softmax", "crossEntropy", "adam", 4, 300, seed))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dense(4)"})
  void withoutABendBetweenLayersItIsNot(String straight) throws InterruptedException {
    assertThat(learn(straight, "softmax", "crossEntropy", "sgd", 2, 200, 1)).isLessThan(1);
  }
}
