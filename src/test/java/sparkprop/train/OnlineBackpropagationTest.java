package sparkprop.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sparkprop.data.Block;
import sparkprop.linalg.DenseRows;
import sparkprop.nn.CurvatureSum;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Initialisation;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.Parameter;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.optim.Penalty;
import sparkprop.optim.Solvers;
import sparkprop.optim.schedule.Schedules;
import sparkprop.optim.schedule.StepSizeSchedule;
import sparkprop.reference.TextbookPerceptron;
import sparkprop.train.method.Methods;
import sparkprop.train.step.LocalData;
import sparkprop.train.step.LocalPlacement;

/** A batch size of 1 on one partition is on-line backpropagation as textbooks print it. */
class OnlineBackpropagationTest {
  private static final StepSizeSchedule CONSTANT = Schedules.read("constant");
  private static final int ROWS = 40;
  private static final int INPUTS = 3;
  private static final int OUTPUTS = 2;
  private static final int PASSES = 3;
  private static final double ETA = 0.5;

  private final double[][] x = new double[ROWS][INPUTS];
  private final double[][] t = new double[ROWS][OUTPUTS];

  /** What each update was given: the weights, and the row, known by its weight. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Update(float[] weights, int row) {}

  private final List<Update> updates = new ArrayList<>();
  private final Network network =
      Network.of(
          NetworkSpec.parse("dense(4) logistic"),
          Shape.of(INPUTS),
          Heads.regression("squaredError", "logistic", OUTPUTS));
  private float[] last = new float[0];

  /** A row's weight tells which it is; dividing by it again leaves the step as it was. */
  private static float weightOf(int row) {
    return 1 + row / 64f;
  }

  @BeforeEach
  void train() throws InterruptedException {
    Random random = new Random(4);
    float[] features = new float[ROWS * INPUTS];
    float[] targets = new float[ROWS * OUTPUTS];
    float[] weights = new float[ROWS];
    for (int n = 0; n < ROWS; n++) {
      for (int i = 0; i < INPUTS; i++) {
        features[n * INPUTS + i] = (float) random.nextGaussian();
        x[n][i] = features[n * INPUTS + i];
      }
      for (int l = 0; l < OUTPUTS; l++) {
        targets[n * OUTPUTS + l] = random.nextFloat();
        t[n][l] = targets[n * OUTPUTS + l];
      }
      weights[n] = weightOf(n);
    }
    long[] rowNumbers = IntStream.range(0, ROWS).asLongStream().toArray();
    Block block = new Block(DenseRows.of(ROWS, INPUTS, features), targets, weights, rowNumbers);
    TrainerSettings settings = new TrainerSettings(PASSES, ETA, CONSTANT, 0, 0, 9);
    try (Placement placement =
        recording(new LocalPlacement(network, LocalData.of(List.of(List.of(block))), 1, 2, 1))) {
      Trainer trainer =
          new Trainer(
              Methods.of(Solvers.read("sgd"), network, Penalty.none(), 0, 1, placement, settings),
              placement,
              settings,
              Checkpoints.NONE,
              new TrainingListener() {});
      last = trainer.train(Initialisation.draw(network, "uniform(0.8)", 3)).weights();
    }
  }

  @Test
  void everyUpdateIsTheTextbooks() {
    float[] start = updates.get(0).weights();
    double[][] hidden = matrix("dense1.weight", start);
    double[] hiddenBias = matrix("dense1.bias", start)[0];
    double[][] output = matrix("output.weight", start);
    double[] outputBias = matrix("output.bias", start)[0];
    TextbookPerceptron textbook = new TextbookPerceptron(hidden, hiddenBias, output, outputBias);
    assertThat(updates).hasSize(PASSES * ROWS);
    for (int u = 0; u < updates.size(); u++) {
      int row = updates.get(u).row();
      textbook.present(x[row], t[row], ETA);
      float[] found = u + 1 < updates.size() ? updates.get(u + 1).weights() : last;
      assertClose(matrix("dense1.weight", found), hidden);
      assertClose(matrix("dense1.bias", found), new double[][] {hiddenBias});
      assertClose(matrix("output.weight", found), output);
      assertClose(matrix("output.bias", found), new double[][] {outputBias});
    }
    // Had nothing been learnt, all of this would hold as well.
    double moved = 0;
    for (int i = 0; i < start.length; i++) {
      moved = Math.max(moved, Math.abs(last[i] - start[i]));
    }
    assertThat(moved).isGreaterThan(0.2);
  }

  @Test
  void eachPassVisitsEachRowOnceInAnOrderOfItsOwn() {
    List<Integer> inOrder = IntStream.range(0, ROWS).boxed().toList();
    List<List<Integer>> orders = new ArrayList<>();
    for (int pass = 0; pass < PASSES; pass++) {
      List<Integer> order =
          updates.subList(pass * ROWS, (pass + 1) * ROWS).stream().map(Update::row).toList();
      assertThat(order).containsExactlyInAnyOrderElementsOf(inOrder).isNotEqualTo(inOrder);
      orders.add(order);
    }
    assertThat(orders).doesNotHaveDuplicates();
  }

  private double[][] matrix(String name, float[] weights) {
    Parameter p = network.layout().get(name);
    int cols = p.shape().dimensions().get(p.shape().dimensions().size() - 1);
    double[][] matrix = new double[p.size() / cols][cols];
    for (int i = 0; i < p.size(); i++) {
      matrix[i / cols][i % cols] = weights[p.offset() + i];
    }
    return matrix;
  }

  private static void assertClose(double[][] found, double[][] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).containsExactly(expected[i], within(1e-5));
    }
  }

  private Placement recording(Placement placement) {
    return new Placement() {
      @Override
      public TrainingPlan plan() {
        return placement.plan();
      }

      @Override
      public void announce(String activity) {
        placement.announce(activity);
      }

      @Override
      public GradientSum gradient(float[] weights, Moment moment) throws InterruptedException {
        GradientSum sum = placement.gradient(weights, moment);
        assertThat(sum.rows()).isEqualTo(1);
        int row = (int) Math.round((sum.weightSum() - 1) * 64);
        assertThat(sum.weightSum()).isEqualTo(weightOf(row));
        updates.add(new Update(weights.clone(), row));
        return sum;
      }

      @Override
      public ReplicaSum replicas(
          Step step, TrainingState state, List<Moment> moments, double[] stepSizes)
          throws InterruptedException {
        return placement.replicas(step, state, moments, stepSizes);
      }

      @Override
      public boolean validates() {
        return placement.validates();
      }

      @Override
      public CurvatureSum curvature(float[] weights, Moment moment) throws InterruptedException {
        return placement.curvature(weights, moment);
      }

      @Override
      public Evaluation validate(float[] weights) throws InterruptedException {
        return placement.validate(weights);
      }

      @Override
      public List<LayerHealth> health(float[] weights) throws InterruptedException {
        return placement.health(weights);
      }

      @Override
      public void close() {
        placement.close();
      }
    };
  }
}
