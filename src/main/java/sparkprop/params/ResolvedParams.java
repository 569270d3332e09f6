package sparkprop.params;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.ml.param.Param;
import org.jspecify.annotations.Nullable;
import sparkprop.data.ValidationDraw;
import sparkprop.interop.OptionalColumn;
import sparkprop.nn.InputStandardization;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.layer.Dense;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.Shape;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Penalty;
import sparkprop.optim.QuasiNewton;
import sparkprop.optim.Segment;
import sparkprop.optim.Solver;
import sparkprop.optim.Solvers;
import sparkprop.optim.schedule.Schedules;
import sparkprop.optim.schedule.StepSizeSchedule;
import sparkprop.train.TrainerSettings;
import sparkprop.train.step.BatchSize;

/**
 * The settings of one {@code fit}: texts read, automatic values that need no data filled in, what
 * contradicts itself refused.
 *
 * @param network hidden layers
 * @param inputShape shape of a row of features, or null where that is one vector
 * @param solver the solver
 * @param stepSize learning rate, the solver's own where none was set; 0 if it has none
 * @param schedule how it changes
 * @param maxGradientNorm to which gradients are clipped, 0 for not at all
 * @param maxIter most passes
 * @param tol relative fall of the watched loss that counts as progress
 * @param patience passes without progress before training stops, 0 for never
 * @param batchSize rows of an update, 0 for automatic
 * @param syncInterval updates that partitions make by themselves between two averagings
 * @param regParam strength of the penalty
 * @param elasticNetParam its share of L1
 * @param weightInit the initialiser's text, or {@code auto}
 * @param seed of all randomness
 * @param validationIndicatorCol column that tells validation rows, or null
 * @param validationFraction share of the rows drawn for validation
 * @param standardization whether features are scaled and centred inside
 * @param numPartitions partitions that train, 0 for automatic
 * @param aggregationDepth depth of the tree of sums
 * @param maxBlockSizeInMB size of a block, 0 for automatic
 * @param checkpointPath folder of checkpoints, empty for none
 * @param checkpointInterval passes from one to the next
 * @param texts all Params on which the course of training hangs, by name
 */
public record ResolvedParams(
    NetworkSpec network,
    @Nullable Shape inputShape,
    Solver solver,
    double stepSize,
    StepSizeSchedule schedule,
    double maxGradientNorm,
    int maxIter,
    double tol,
    int patience,
    int batchSize,
    int syncInterval,
    double regParam,
    double elasticNetParam,
    String weightInit,
    long seed,
    @Nullable String validationIndicatorCol,
    double validationFraction,
    boolean standardization,
    int numPartitions,
    int aggregationDepth,
    double maxBlockSizeInMB,
    String checkpointPath,
    int checkpointInterval,
    Map<String, String> texts) {

  /** Params that say how long training goes on and where it is kept, not which course it takes. */
  private static final Set<String> NO_PART_OF_THE_COURSE =
      Set.of("maxIter", "checkpointPath", "checkpointInterval", "outputCol");

  /** What counts as progress for a solver that never makes an iteration for nothing. */
  private static final double SEARCH_TOL = 1e-6;

  private static final int SEARCH_PATIENCE = 1;

  /**
   * Settings.
   *
   * @throws IllegalArgumentException if features shall be standardized before a network that cannot
   *     take that in
   */
  public ResolvedParams {
    if (standardization) {
      InputStandardization.check(network);
    }
  }

  /**
   * Reads a stage's Params.
   *
   * @throws IllegalArgumentException if two of them contradict each other
   */
  public static ResolvedParams of(TrainingParams stage) {
    Solver solver = Solvers.read(stage.getSolver());
    NetworkSpec network = network(stage);
    requireFit(solver, network);
    if (solver.wholeBatch()) {
      requireWholeBatchFit(solver, stage);
    }
    if (lazy(solver)) {
      requireLazyFit(solver, network, stage);
    }
    boolean searches = solver.stepSize().isEmpty();
    return new ResolvedParams(
        network,
        NetworkParams.shape(stage.getInputShape()).orElse(null),
        solver,
        stage.getStepSize() == 0 ? solver.stepSize().orElse(0) : stage.getStepSize(),
        Schedules.read(stage.getStepSizeSchedule()),
        stage.getMaxGradientNorm(),
        stage.getMaxIter(),
        searches && !stage.isSet(stage.tol()) ? SEARCH_TOL : stage.getTol(),
        searches && !stage.isSet(stage.patience()) ? SEARCH_PATIENCE : stage.getPatience(),
        stage.getBatchSize(),
        stage.getSyncInterval(),
        stage.getRegParam(),
        stage.getElasticNetParam(),
        stage.getWeightInit(),
        stage.getSeed(),
        indicator(stage).orElse(null),
        stage.getValidationFraction(),
        stage.getStandardization(),
        stage.getNumPartitions(),
        stage.getAggregationDepth(),
        stage.getMaxBlockSizeInMB(),
        checkpointPath(stage),
        stage.getCheckpointInterval(),
        texts(stage));
  }

  /**
   * The shape of rows of so many features.
   *
   * @throws IllegalArgumentException if {@code inputShape} says another number
   */
  public Shape shapeOf(int numFeatures) {
    if (inputShape == null) {
      return Shape.of(numFeatures);
    }
    if (inputShape.size() != numFeatures) {
      throw new IllegalArgumentException(
          "inputShape %s is %,d numbers, but the rows have %,d features: set the shape that they have."
              .formatted(inputShape, inputShape.size(), numFeatures));
    }
    return inputShape;
  }

  private static String checkpointPath(TrainingParams stage) {
    boolean named = !stage.getCheckpointPath().isEmpty();
    boolean wanted = stage.getCheckpointInterval() > 0;
    if (named != wanted) {
      throw new IllegalArgumentException(
          named
              ? "checkpointPath is '%s', but checkpointInterval is -1, which is off: set the passes from one checkpoint to the next, 1 for example."
                  .formatted(stage.getCheckpointPath())
              : "checkpointInterval is %d, but there is no checkpointPath: set the folder in which checkpoints are kept."
                  .formatted(stage.getCheckpointInterval()));
    }
    return stage.getCheckpointPath();
  }

  private static Map<String, String> texts(TrainingParams stage) {
    Map<String, String> texts = new TreeMap<>();
    for (Param<?> param : stage.params()) {
      if (stage.isDefined(param) && !NO_PART_OF_THE_COURSE.contains(param.name())) {
        texts.put(param.name(), text(stage, param));
      }
    }
    return texts;
  }

  private static <T> String text(TrainingParams stage, Param<T> param) {
    return param.jsonEncode(stage.getOrDefault(param));
  }

  /** Whether training is kept for another driver to go on with. */
  public boolean checkpoints() {
    return !checkpointPath.isEmpty();
  }

  private static NetworkSpec network(TrainingParams stage) {
    String text = stage.getNetwork();
    return text.isBlank()
        ? NetworkSpec.ofHidden(stage.getHiddenLayers(), stage.getActivation())
        : NetworkSpec.parse(text);
  }

  private static void requireFit(Solver solver, NetworkSpec network) {
    for (LayerSpec layer : network.layers()) {
      if (solver.wholeBatch() && layer.random()) {
        throw new IllegalArgumentException(
            ("Solver %s compares the gradients of all rows from pass to pass, which %s makes random:"
                    + " take that layer out, or use adam.")
                .formatted(solver.text(), layer.text()));
      }
    }
  }

  /** Solvers that find their steps themselves, by all rows' gradient, take no advice on either. */
  private static void requireWholeBatchFit(Solver solver, TrainingParams stage) {
    String unfit =
        !Schedules.read(stage.getStepSizeSchedule()).isConstant()
            ? "stepSizeSchedule " + stage.getStepSizeSchedule()
            : stage.getMaxGradientNorm() > 0
                ? "maxGradientNorm " + stage.getMaxGradientNorm()
                : !(solver instanceof QuasiNewton)
                        && stage.getRegParam() * stage.getElasticNetParam() > 0
                    ? "an L1 penalty (regParam and elasticNetParam above 0)"
                    : stage.getSyncInterval() > 1 ? "syncInterval " + stage.getSyncInterval() : "";
    if (!unfit.isEmpty()) {
      throw new IllegalArgumentException(
          ("Solver %s takes the gradient of all rows and decides on the length of each step itself,"
                  + " with which %s does not fit: leave that out, or use adam.")
              .formatted(solver.text(), unfit));
    }
  }

  private static boolean lazy(Solver solver) {
    return solver instanceof FirstOrder first && first.lazy();
  }

  /** What would move all columns' weights at each update. */
  private static void requireLazyFit(Solver solver, NetworkSpec network, TrainingParams stage) {
    boolean dense = network.layers().isEmpty() || network.layers().get(0) instanceof Dense.Spec;
    String unfit =
        stage.getStandardization()
            ? "standardization, which centres all columns"
            : stage.getRegParam() > 0
                ? "regParam, which shrinks all weights"
                : dense ? "" : "a network that begins with " + network.layers().get(0).text();
    if (!unfit.isEmpty()) {
      throw new IllegalArgumentException(
          ("Solver %s touches only the columns that occur, with which %s does not fit: leave that"
                  + " out, or use adam.")
              .formatted(solver.text(), unfit));
    }
  }

  private static Optional<String> indicator(TrainingParams stage) {
    Optional<String> name = OptionalColumn.of(stage, stage.validationIndicatorCol());
    if (name.isPresent() && stage.getValidationFraction() > 0) {
      throw new IllegalArgumentException(
          ("validationIndicatorCol is '%s' and validationFraction is %s: set one of them, since"
                  + " either alone says which rows validate.")
              .formatted(name.get(), stage.getValidationFraction()));
    }
    return name;
  }

  /** Which rows validate by lot. */
  public ValidationDraw validationDraw() {
    return new ValidationDraw(validationFraction, seed);
  }

  /**
   * Rows of an update when so many rows train: all of them for a solver that needs all.
   *
   * @throws IllegalArgumentException if a solver needs more rows at once than can be counted
   */
  public int batchSizeFor(long trainingRows) {
    if (!solver.wholeBatch()) {
      return BatchSize.resolve(batchSize, trainingRows);
    }
    if (trainingRows > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Solver %s takes all rows at once, but %,d are more than it can (%,d): use adam."
              .formatted(solver.text(), trainingRows, Integer.MAX_VALUE));
    }
    return (int) trainingRows;
  }

  /** The penalty on a network's weights; biases and scales have none. */
  public Penalty penalty(Network network) {
    return new Penalty(
        regParam,
        elasticNetParam,
        network.layout().weights().stream().map(p -> new Segment(p.offset(), p.size())).toList());
  }

  /** Whether a step size was set that the solver has no use for. */
  public boolean stepSizeIsIdle() {
    return solver.stepSize().isEmpty() && stepSize > 0;
  }

  /** What the trainer's loop needs. */
  public TrainerSettings trainerSettings() {
    return new TrainerSettings(maxIter, stepSize, schedule, tol, patience, seed);
  }
}
