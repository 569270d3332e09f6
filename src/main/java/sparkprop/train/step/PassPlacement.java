package sparkprop.train.step;

import java.util.List;
import sparkprop.nn.CurvatureSum;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.Moment;
import sparkprop.train.Placement;
import sparkprop.train.ReplicaSum;
import sparkprop.train.Step;
import sparkprop.train.TrainingPlan;
import sparkprop.train.TrainingState;

/**
 * A placement where all updates of a pass are made by one Spark job. A job costs tens of
 * milliseconds, a small mini-batch one. The threads are those of the job's tasks, so that training
 * takes the slots that Spark gives it and no other; all else is as where each update is a job.
 */
abstract class PassPlacement implements Placement {
  private final SparkPlacement cluster;
  private String activity = "training";

  /**
   * @param cluster does all but passes, and is closed with this placement
   */
  PassPlacement(SparkPlacement cluster) {
    this.cluster = cluster;
  }

  final SparkPlacement cluster() {
    return cluster;
  }

  /** As it was announced. */
  final String activity() {
    return activity;
  }

  @Override
  public final TrainingPlan plan() {
    return cluster.plan();
  }

  @Override
  public final void announce(String activity) {
    this.activity = activity;
    cluster.announce(activity);
  }

  @Override
  public final GradientSum gradient(float[] weights, Moment moment) throws InterruptedException {
    return cluster.gradient(weights, moment);
  }

  @Override
  public final CurvatureSum curvature(float[] weights, Moment moment) throws InterruptedException {
    return cluster.curvature(weights, moment);
  }

  @Override
  public final ReplicaSum replicas(
      Step step, TrainingState state, List<Moment> moments, double[] stepSizes)
      throws InterruptedException {
    return cluster.replicas(step, state, moments, stepSizes);
  }

  @Override
  public final List<LayerHealth> health(float[] weights) throws InterruptedException {
    return cluster.health(weights);
  }

  @Override
  public final boolean validates() {
    return cluster.validates();
  }

  @Override
  public final Evaluation validate(float[] weights) throws InterruptedException {
    return cluster.validate(weights);
  }

  @Override
  public final void close() {
    cluster.close();
  }
}
