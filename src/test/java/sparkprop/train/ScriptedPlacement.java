package sparkprop.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import sparkprop.nn.CurvatureSum;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;

/** A placement that computes nothing, and says what the test wants it to say. */
final class ScriptedPlacement implements Placement {
  /**
   * What a mini-batch yields: mean loss, sum of weights, and each element of the summed gradient.
   */
  record Sums(double loss, double weightSum, float gradient) {}

  final List<String> log = new ArrayList<>();
  private final Network network;
  private final int updates;
  private final BiFunction<Moment, float[], Sums> steps;
  private final List<Evaluation> validations;
  private int validated;
  private int looks;

  /** What is seen of the layers after each pass, from 1. */
  IntFunction<List<LayerHealth>> healths =
      pass -> List.of(new LayerHealth("output", pass, 1, Double.NaN));

  ScriptedPlacement(
      Network network,
      int updates,
      BiFunction<Moment, float[], Sums> steps,
      List<Evaluation> validations) {
    this.network = network;
    this.updates = updates;
    this.steps = steps;
    this.validations = validations;
  }

  /** One update a pass of weight 1, whose loss is that of the pass; the gradient is all 1. */
  static ScriptedPlacement ofLosses(Network network, double... losses) {
    return new ScriptedPlacement(
        network, 1, (moment, weights) -> new Sums(losses[moment.pass()], 1, 1), List.of());
  }

  /** The same, and these validation losses. */
  static ScriptedPlacement ofValidation(Network network, double... losses) {
    return new ScriptedPlacement(
        network,
        1,
        (moment, weights) -> new Sums(1, 1, 1),
        Arrays.stream(losses).mapToObj(loss -> new Evaluation(loss * 4, 4, 3)).toList());
  }

  @Override
  public TrainingPlan plan() {
    return new TrainingPlan(1000, 4, 1, 1000 / updates, updates, 12345);
  }

  @Override
  public void announce(String activity) {
    log.add(activity);
  }

  @Override
  public GradientSum gradient(float[] weights, Moment moment) {
    log.add("update " + moment.pass() + "." + moment.update());
    Sums step = steps.apply(moment, weights);
    GradientSum sum = network.newGradientSum();
    Arrays.fill(sum.gradient(), step.gradient());
    sum.statistics()[0] = step.loss() * step.weightSum();
    sum.statistics()[1] = step.weightSum();
    sum.statistics()[2] = 1;
    return sum;
  }

  @Override
  public CurvatureSum curvature(float[] weights, Moment moment) {
    throw new UnsupportedOperationException("No script has second-order solvers.");
  }

  @Override
  public ReplicaSum replicas(
      Step step, TrainingState state, List<Moment> moments, double[] stepSizes) {
    throw new UnsupportedOperationException("No script has replicas.");
  }

  @Override
  public boolean validates() {
    return !validations.isEmpty();
  }

  @Override
  public Evaluation validate(float[] weights) {
    log.add("validation");
    return validations.get(validated++);
  }

  @Override
  public List<LayerHealth> health(float[] weights) {
    log.add("health");
    return healths.apply(++looks);
  }

  @Override
  public void close() {}
}
