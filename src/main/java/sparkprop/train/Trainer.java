package sparkprop.train;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.nn.Evaluation;
import sparkprop.nn.LayerHealth;

/**
 * The driver's loop: an iteration of the method, which for most is a pass over the rows, then
 * validation, a look at the layers, history, the decision to stop.
 *
 * <p>A trainer works on one thread. Three things never share an object: the weights, the workspaces
 * (of the placement) and the solver's state.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  private final Method method;
  private final Placement placement;
  private final TrainerSettings settings;
  private final Checkpoints checkpoints;
  private final TrainingListener listener;

  /**
   * A trainer.
   *
   * @param method how the solver trains, on this placement
   * @param placement where mini-batches are computed; not closed by the trainer
   * @param checkpoints from where to go on, and where to keep how far training has come
   */
  public Trainer(
      Method method,
      Placement placement,
      TrainerSettings settings,
      Checkpoints checkpoints,
      TrainingListener listener) {
    this.method = method;
    this.placement = placement;
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.listener = new GuardedListener(listener);
  }

  /**
   * Trains, from the latest checkpoint on if there is one.
   *
   * @param initialWeights not changed
   * @throws TrainingException if a loss or weight becomes NaN or infinite
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  public TrainingResult train(float[] initialWeights) throws InterruptedException {
    TrainingPlan plan = placement.plan();
    LOG.info("Training on {}.", plan);
    listener.onStart(plan);
    Course course =
        checkpoints
            .latest()
            .orElseGet(
                () ->
                    Course.from(new TrainingState(initialWeights.clone(), method.initialState())));
    if (settings.maxIter() == 0) {
      course = begun(course, initialObjective(course));
    }
    Optional<StopReason> stuck = Optional.empty();
    while (stuck.isEmpty() && goesOn(course)) {
      int pass = course.passes();
      placement.announce("pass " + (pass + 1) + " of " + settings.maxIter());
      long start = System.nanoTime();
      Iteration iteration = method.iterate(course.state(), pass, course.plateaus());
      long took = System.nanoTime() - start;
      if (course.objectives().isEmpty()) {
        checkFinite(iteration.first(), "The loss", course);
        course = begun(course, iteration.first());
      }
      if (iteration instanceof Iteration.Made made) {
        course = after(course, made, took);
      } else if (iteration instanceof Iteration.Stuck found) {
        stuck = Optional.of(found.reason());
      }
    }
    TrainingResult result =
        new TrainingResult(course.best(), history(course, stuck.orElse(reason(course))), plan);
    LOG.info("Training ended after pass {}: {}.", course.passes(), result.history().stopReason());
    checkpoints.ended();
    listener.onEnd(result);
    return result;
  }

  private boolean goesOn(Course course) {
    return course.passes() < settings.maxIter() && !course.watch().isOver(settings.patience());
  }

  private StopReason reason(Course course) {
    if (!course.watch().isOver(settings.patience())) {
      return StopReason.MAX_ITER;
    }
    return placement.validates() ? StopReason.VALIDATION_LOSS : StopReason.OBJECTIVE;
  }

  private static Course begun(Course course, double first) {
    return new Course(
        course.state(),
        course.best(),
        course.watch(),
        course.plateau(),
        course.plateaus(),
        Course.plus(course.objectives(), first),
        course.validationLosses(),
        course.validationAccuracies(),
        course.health(),
        course.nanos());
  }

  private Course after(Course course, Iteration.Made made, long took) throws InterruptedException {
    int pass = course.passes();
    float[] weights = made.state().weights();
    checkFinite(made.objective(), "The loss", course);
    checkFinite(weights, course);
    Evaluation validation = validate(weights, course);
    List<LayerHealth> health = placement.health(weights);
    double watched = placement.validates() ? validation.loss() : made.objective();
    Watch watch = course.watch().after(watched, settings.tol());
    Watch plateau = course.plateau().after(watched, settings.tol());
    int borne = settings.schedule().patience();
    boolean falls = plateau.isOver(borne == 0 ? 0 : borne + 1);
    Course next =
        new Course(
            made.state(),
            !placement.validates() ? weights : watch.isBest() ? weights.clone() : course.best(),
            watch,
            falls ? plateau.countingAnew() : plateau,
            course.plateaus() + (falls ? 1 : 0),
            Course.plus(course.objectives(), made.objective()),
            placement.validates()
                ? Course.plus(course.validationLosses(), validation.loss())
                : course.validationLosses(),
            Double.isNaN(validation.accuracy()) // without validation too
                ? course.validationAccuracies()
                : Course.plus(course.validationAccuracies(), validation.accuracy()),
            Course.plus(course.health(), health),
            course.nanos() + took);
    tell(next, made.objective(), validation, took);
    Diagnosis.of(next.health()).forEach(LOG::warn);
    if (falls) {
      LOG.info("Plateau {} after pass {}: the step size falls.", next.plateaus(), pass + 1);
    }
    if (goesOn(next)) {
      checkpoints.reached(next);
    }
    return next;
  }

  private void tell(Course course, double objective, Evaluation validation, long took) {
    long rows = placement.plan().rows();
    PassReport report =
        new PassReport(
            course.passes(),
            settings.maxIter(),
            objective,
            validation.loss(),
            validation.accuracy(),
            rows * 1e9 / took,
            course.health().get(course.passes() - 1));
    LOG.info("{}", Progress.of(report, rows));
    listener.onPass(report);
  }

  private double initialObjective(Course course) throws InterruptedException {
    placement.announce("initial objective");
    double objective = method.objective(course.state().weights());
    checkFinite(objective, "The loss", course);
    return objective;
  }

  private Evaluation validate(float[] weights, Course course) throws InterruptedException {
    if (!placement.validates()) {
      return Evaluation.NONE;
    }
    Evaluation validation = placement.validate(weights);
    checkFinite(validation.loss(), "The validation loss", course);
    return validation;
  }

  private void checkFinite(double loss, String what, Course course) {
    if (!Double.isFinite(loss)) {
      throw diverged(what, loss, course);
    }
  }

  /** The loss tells as much, one update later; after the last there is none. */
  private void checkFinite(float[] weights, Course course) {
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        throw diverged("A weight", weight, course);
      }
    }
  }

  /**
   * @param course up to the pass in which it happened
   */
  private TrainingException diverged(String what, double value, Course course) {
    int pass = course.passes();
    double stepSize = settings.stepSizeAt(pass, course.plateaus());
    return new TrainingException(
        String.format(
            "%s became %s in pass %d%s scale the features.",
            what,
            Double.isNaN(value) ? "NaN" : "infinite",
            pass + 1,
            stepSize == 0 ? ":" : " at step size " + stepSize + ": lower stepSize, or"));
  }

  private TrainingHistory history(Course course, StopReason reason) {
    int passes = course.passes();
    return new TrainingHistory(
        course.objectives(),
        course.validationLosses(),
        course.validationAccuracies(),
        course.health(),
        course.watch().bestPass(),
        reason,
        passes == 0 ? 0 : placement.plan().rows() * 1e9 * passes / course.nanos());
  }
}
