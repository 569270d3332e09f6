package sparkprop.train;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.optim.Optimizer;
import sparkprop.optim.OptimizerState;
import sparkprop.optim.Penalty;

/**
 * The driver's loop. For each update: the summed gradient of the mini-batch from the placement,
 * divided by the mini-batch's sum of row weights; the solver's step, penalty included; the layers'
 * running statistics. After each pass: validation, history, the decision to stop.
 *
 * <p>A trainer trains once, on one thread. Three things never share an object: the weights, the
 * workspaces (of the placement) and the solver's state.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final Network network;
  private final Placement placement;
  private final Optimizer optimizer;
  private final Penalty penalty;
  private final TrainerSettings settings;
  private final TrainingListener listener;

  private final List<Double> objectives = new ArrayList<>();
  private final List<Double> validationLosses = new ArrayList<>();
  private final List<Double> validationAccuracies = new ArrayList<>();
  private long nanos;

  /**
   * A trainer for one run.
   *
   * @param placement where mini-batches are computed; not closed by the trainer
   * @param optimizer of the same penalty
   * @param penalty what the objective adds to the loss
   */
  public Trainer(
      Network network,
      Placement placement,
      Optimizer optimizer,
      Penalty penalty,
      TrainerSettings settings,
      TrainingListener listener) {
    this.network = network;
    this.placement = placement;
    this.optimizer = optimizer;
    this.penalty = penalty;
    this.settings = settings;
    this.listener = new GuardedListener(listener);
  }

  /**
   * Trains.
   *
   * @param initialWeights not changed
   * @throws TrainingException if a loss or weight becomes NaN or infinite
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  public TrainingResult train(float[] initialWeights) throws InterruptedException {
    if (!objectives.isEmpty()) {
      throw new IllegalStateException("A trainer trains once.");
    }
    TrainingPlan plan = placement.plan();
    LOG.info("Training on {}.", plan);
    listener.onStart(plan);
    float[] weights = initialWeights.clone();
    float[] best = weights;
    OptimizerState state = optimizer.initialState();
    Watch watch = new Watch(settings.tol(), settings.patience());
    StopReason reason = StopReason.MAX_ITER;
    if (settings.maxIter() == 0) {
      placement.announce("initial objective");
      objectives.add(meet(weights, new Moment(settings.seed(), 0, 0)).objective());
    }
    for (int pass = 0; pass < settings.maxIter(); pass++) {
      placement.announce("pass " + (pass + 1) + " of " + settings.maxIter());
      PassReport report = pass(weights, state, pass);
      boolean isBest =
          watch.isBest(placement.validates() ? report.validationLoss() : report.objective());
      if (isBest && placement.validates()) {
        best = weights.clone();
      }
      listener.onPass(report);
      if (watch.isOver()) {
        reason = placement.validates() ? StopReason.VALIDATION_LOSS : StopReason.OBJECTIVE;
        break;
      }
    }
    TrainingResult result = new TrainingResult(best, history(plan, watch, reason), plan);
    LOG.info("Training ended after pass {}: {}.", result.history().totalIterations(), reason);
    listener.onEnd(result);
    return result;
  }

  private PassReport pass(float[] weights, OptimizerState state, int pass)
      throws InterruptedException {
    TrainingPlan plan = placement.plan();
    long start = System.nanoTime();
    double objectiveSum = 0;
    double weightSum = 0;
    for (int update = 0; update < plan.updatesPerPass(); update++) {
      Met met = meet(weights, new Moment(settings.seed(), pass, update));
      if (objectives.isEmpty()) {
        objectives.add(met.objective());
      }
      objectiveSum += met.sum().weightSum() * met.objective();
      weightSum += met.sum().weightSum();
      step(weights, state, met.sum());
    }
    checkFinite(weights, pass);
    long took = System.nanoTime() - start;
    nanos += took;
    objectives.add(objectiveSum / weightSum);
    Evaluation validation = validate(weights, pass);
    return new PassReport(
        pass + 1,
        settings.maxIter(),
        objectiveSum / weightSum,
        validation.loss(),
        validation.accuracy(),
        plan.rows() * 1e9 / took);
  }

  /** A mini-batch's sums and its objective at the weights it met. */
  private record Met(GradientSum sum, double objective) {}

  private Met meet(float[] weights, Moment moment) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("Training was interrupted.");
    }
    GradientSum sum = placement.gradient(weights, moment);
    double objective = sum.lossSum() / sum.weightSum() + penalty.value(weights);
    checkFinite(objective, "The loss", moment.pass());
    return new Met(sum, objective);
  }

  private void step(float[] weights, OptimizerState state, GradientSum sum) {
    float[] gradient = sum.gradient();
    float scale = (float) (1 / sum.weightSum());
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= scale;
    }
    optimizer.update(weights, gradient, state, settings.stepSize());
    network.absorb(sum, weights);
  }

  private Evaluation validate(float[] weights, int pass) throws InterruptedException {
    if (!placement.validates()) {
      return Evaluation.NONE;
    }
    Evaluation validation = placement.validate(weights);
    checkFinite(validation.loss(), "The validation loss", pass);
    validationLosses.add(validation.loss());
    validationAccuracies.add(validation.accuracy());
    return validation;
  }

  private void checkFinite(double loss, String what, int pass) {
    if (!Double.isFinite(loss)) {
      throw diverged(what, loss, pass);
    }
  }

  /** The loss tells as much, one update later; after the last there is none. */
  private void checkFinite(float[] weights, int pass) {
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        throw diverged("A weight", weight, pass);
      }
    }
  }

  private TrainingException diverged(String what, double value, int pass) {
    return new TrainingException(
        String.format(
            "%s became %s in pass %d at step size %s: lower stepSize, or scale the features.",
            what, Double.isNaN(value) ? "NaN" : "infinite", pass + 1, settings.stepSize()));
  }

  private TrainingHistory history(TrainingPlan plan, Watch watch, StopReason reason) {
    int passes = objectives.size() - 1;
    return new TrainingHistory(
        objectives,
        validationLosses,
        validationAccuracies,
        watch.bestPass(),
        reason,
        passes == 0 ? 0 : plan.rows() * 1e9 * passes / nanos);
  }
}
