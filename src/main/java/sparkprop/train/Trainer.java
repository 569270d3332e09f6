package sparkprop.train;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.nn.Evaluation;

/**
 * The driver's loop: an iteration of the method, which for most is a pass over the rows, then
 * validation, history, the decision to stop.
 *
 * <p>A trainer trains once, on one thread. Three things never share an object: the weights, the
 * workspaces (of the placement) and the solver's state.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final Method method;
  private final Placement placement;
  private final TrainerSettings settings;
  private final TrainingListener listener;

  private final List<Double> objectives = new ArrayList<>();
  private final List<Double> validationLosses = new ArrayList<>();
  private final List<Double> validationAccuracies = new ArrayList<>();
  private long nanos;

  /**
   * A trainer for one run.
   *
   * @param method how the solver trains, on this placement
   * @param placement where mini-batches are computed; not closed by the trainer
   */
  public Trainer(
      Method method, Placement placement, TrainerSettings settings, TrainingListener listener) {
    this.method = method;
    this.placement = placement;
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
    TrainingState state = new TrainingState(initialWeights.clone(), method.initialState());
    float[] best = state.weights();
    Watch watch = new Watch(settings.tol(), settings.patience());
    int borne = settings.schedule().patience();
    Watch plateau = new Watch(settings.tol(), borne == 0 ? 0 : borne + 1);
    int plateaus = 0;
    StopReason reason = StopReason.MAX_ITER;
    if (settings.maxIter() == 0) {
      objectives.add(initialObjective(state.weights()));
    }
    for (int pass = 0; pass < settings.maxIter(); pass++) {
      placement.announce("pass " + (pass + 1) + " of " + settings.maxIter());
      long start = System.nanoTime();
      Iteration iteration = method.iterate(state, pass, plateaus);
      long took = System.nanoTime() - start;
      if (objectives.isEmpty()) {
        checkFinite(iteration.first(), "The loss", 0);
        objectives.add(iteration.first());
      }
      if (iteration instanceof Iteration.Stuck stuck) {
        reason = stuck.reason();
        break;
      }
      Iteration.Made made = (Iteration.Made) iteration;
      state = made.state();
      PassReport report = report(made, pass, took);
      double watched = placement.validates() ? report.validationLoss() : report.objective();
      boolean isBest = watch.isBest(watched);
      plateau.isBest(watched);
      if (plateau.isOver()) {
        plateaus++;
        plateau.countAnew();
        LOG.info("Plateau {} after pass {}: the step size falls.", plateaus, pass + 1);
      }
      if (isBest && placement.validates()) {
        best = state.weights().clone();
      } else if (!placement.validates()) {
        best = state.weights();
      }
      LOG.info("{}", Progress.of(report, plan.rows()));
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

  private PassReport report(Iteration.Made made, int pass, long took) throws InterruptedException {
    nanos += took;
    checkFinite(made.objective(), "The loss", pass);
    checkFinite(made.state().weights(), pass);
    objectives.add(made.objective());
    Evaluation validation = validate(made.state().weights(), pass);
    return new PassReport(
        pass + 1,
        settings.maxIter(),
        made.objective(),
        validation.loss(),
        validation.accuracy(),
        placement.plan().rows() * 1e9 / took);
  }

  private double initialObjective(float[] weights) throws InterruptedException {
    placement.announce("initial objective");
    double objective = method.objective(weights);
    checkFinite(objective, "The loss", 0);
    return objective;
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
