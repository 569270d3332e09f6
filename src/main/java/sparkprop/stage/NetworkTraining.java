package sparkprop.stage;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.cluster.Capacity;
import sparkprop.cluster.JobScope;
import sparkprop.data.BlockFormat;
import sparkprop.data.DataSummary;
import sparkprop.data.Partitioning;
import sparkprop.data.PlannedInput;
import sparkprop.data.TrainingData;
import sparkprop.linalg.blas.Blas;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Network;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.SecondOrder;
import sparkprop.params.ResolvedParams;
import sparkprop.persist.TrainingRecord;
import sparkprop.train.Checkpoints;
import sparkprop.train.Placement;
import sparkprop.train.Trainer;
import sparkprop.train.TrainerSettings;
import sparkprop.train.TrainingListener;
import sparkprop.train.TrainingPlan;
import sparkprop.train.TrainingResult;
import sparkprop.train.TrainingState;
import sparkprop.train.checkpoint.CheckpointFolder;
import sparkprop.train.checkpoint.Conditions;
import sparkprop.train.method.Methods;
import sparkprop.train.step.Placements;
import sparkprop.train.step.SparkPlacement;

/**
 * The second half of {@code fit}, from a network and scanned rows to trained weights. Whatever
 * happens, no blocks and no broadcast stay behind.
 */
public final class NetworkTraining {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkTraining.class);

  /** With fewer updates than this, timing one takes longer than its advice could save. */
  private static final int WORTH_TIMING = 100;

  private final String title;
  private final JobScope jobs;
  private final ResolvedParams params;
  private final Network network;
  private final boolean standardizeTargets;
  private final @Nullable WarmStart warmStart;
  private final List<TrainingListener> listeners;

  /**
   * What training yields.
   *
   * @param weights the flat array of the network, for features as they are
   * @param record how it went
   */
  // Handed on once, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record Trained(float[] weights, TrainingRecord record) {}

  /**
   * The training of one network.
   *
   * @param title what warnings call the stage
   * @param jobs what Spark's jobs run in
   * @param standardizeTargets whether targets are centred and scaled inside, for a head that takes
   *     any unit
   * @param warmStart the weights to begin with, or null where they are drawn
   */
  public NetworkTraining(
      String title,
      JobScope jobs,
      ResolvedParams params,
      Network network,
      boolean standardizeTargets,
      @Nullable WarmStart warmStart,
      List<TrainingListener> listeners) {
    this.title = title;
    this.jobs = jobs;
    this.params = params;
    this.network = network;
    this.standardizeTargets = standardizeTargets;
    this.warmStart = warmStart;
    this.listeners = listeners;
  }

  /**
   * Trains.
   *
   * @param summary what the scan of the input found
   * @throws IllegalArgumentException if the network does not fit the machines, the solver or the
   *     settings
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  public Trained run(SparkContext context, PlannedInput input, DataSummary summary)
      throws InterruptedException {
    Methods.check(params.solver(), network);
    if (params.stepSizeIsIdle()) {
      LOG.warn(
          "{}: stepSize {} does nothing, since solver {} finds its steps itself: clear it, or use adam.",
          title,
          params.stepSize(),
          params.solver().text());
    }
    if (params.solver().wholeBatch() && params.batchSize() > 0) {
      LOG.warn(
          "{}: batchSize {} does nothing, since solver {} takes all rows at once: clear it, or use adam.",
          title,
          params.batchSize(),
          params.solver().text());
    }
    if (params.solver() instanceof FirstOrder first && first.lazy() && !summary.sparse()) {
      LOG.warn(
          "{}: solver {} is adam here, since the features are held as dense rows: leave lazy out.",
          title,
          params.solver().text());
    }
    if (params.checkpoints()) {
      CheckpointFolder.check(params.checkpointPath(), context.hadoopConfiguration());
    }
    Capacity capacity = Capacity.of(context);
    Partitioning partitioning =
        Partitioning.resolve(
            params.numPartitions(),
            summary.trainingRowsByPartition(),
            // What may come back on another cluster must not hang on this one.
            params.checkpoints() ? Integer.MAX_VALUE : capacity.taskSlots(),
            params.seed());
    int batchSize = params.batchSizeFor(summary.trainingRows());
    FeatureScales.warn(summary, params.standardization(), title);
    boolean inDriver =
        params.syncInterval() == 1
            && !params.solver().wholeBatch()
            && Placements.inDriver(context, network, partitioning.partitions());
    MemoryNeed.of(
            network,
            new MemoryNeed.Fit(
                summary.sparse(),
                batchSize,
                partitioning.partitions(),
                Methods.arrays(params.solver()),
                params.solver() instanceof SecondOrder,
                replicaBytes(),
                !inDriver,
                summary.validationRows() > 0))
        .check(MemoryAtHand.of(context, capacity.taskSlots()));
    SparkPlacement.check(
        context,
        network,
        partitioning.rows(),
        batchSize,
        params.aggregationDepth(),
        Methods.resultBytes(params.solver(), network, params.syncInterval()));
    Units units = new Units(network, summary, params.standardization(), standardizeTargets);
    float[] initial = initialWeights(units);
    units.fold(initial); // what could not be folded in at the end is refused now
    BlockFormat format =
        BlockFormat.of(
            summary, params.standardization(), standardizeTargets, params.maxBlockSizeInMB());
    CheckpointFolder checkpoints =
        params.checkpoints()
            ? new CourseIdentity(params, network, initial, summary, partitioning)
                .folder(context.hadoopConfiguration())
            : null;
    try (TrainingData data =
            TrainingData.materialise(
                input,
                summary,
                partitioning,
                format,
                capacity.storageBytes(),
                // Those that were there when training began may have been fewer or more.
                checkpoints == null ? OptionalInt.empty() : checkpoints.windows(),
                params.seed());
        Placement placement =
            Placements.of(
                jobs, network, data, batchSize, params.aggregationDepth(), params.solver())) {
      warnOfOverhead(placement, initial);
      Checkpoints kept =
          checkpoints == null
              ? Checkpoints.NONE
              : checkpoints.under(new Conditions(data.windows(), Blas.instance().toString()));
      TrainingResult result = trainer(placement, kept).train(initial);
      return new Trained(
          units.fold(result.weights()),
          TrainingRecord.of(
              result.history(), result.plan(), windowRows(data), params.seed(), context.version()));
    }
  }

  /** One warning, where a cluster spends more of an update on itself than on the network. */
  private void warnOfOverhead(Placement placement, float[] weights) throws InterruptedException {
    TrainingPlan plan = placement.plan();
    if (params.solver().wholeBatch()
        || (long) plan.updatesPerPass() * params.maxIter() < WORTH_TIMING) {
      return;
    }
    placement.announce("timing an update");
    placement
        .timeUpdate(weights)
        .filter(time -> time.isMostlySpark(params.syncInterval()))
        .ifPresent(
            time ->
                LOG.warn(
                    "{}: {}",
                    title,
                    time.advice(plan.batchSize(), plan.rows(), params.syncInterval())));
  }

  /** Bytes of what partitions change that make updates by themselves; 0 where none does. */
  private long replicaBytes() {
    return params.solver() instanceof FirstOrder first && params.syncInterval() > 1
        ? TrainingState.bytes(network.layout(), first.slots())
        : 0;
  }

  private float[] initialWeights(Units units) {
    return warmStart == null
        ? Initialisation.draw(network, params.weightInit(), params.seed())
        : units.unfold(warmStart.weights(network));
  }

  private Trainer trainer(Placement placement, Checkpoints checkpoints) {
    TrainerSettings settings = params.trainerSettings();
    return new Trainer(
        Methods.of(
            params.solver(),
            network,
            params.penalty(network),
            params.maxGradientNorm(),
            params.syncInterval(),
            placement,
            settings),
        placement,
        settings,
        checkpoints,
        TrainingListener.all(listeners));
  }

  /** Most rows of a window: a partition's rows, divided among its windows. */
  private static long windowRows(TrainingData data) {
    long most = Arrays.stream(data.rows()).max().orElse(0);
    return (most + data.windows() - 1) / data.windows();
  }
}
