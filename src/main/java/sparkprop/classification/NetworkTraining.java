package sparkprop.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.SparkContext;
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
import sparkprop.nn.InputStandardization;
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
import sparkprop.train.checkpoint.Fingerprint;
import sparkprop.train.method.Methods;
import sparkprop.train.step.Placements;
import sparkprop.train.step.SparkPlacement;

/**
 * The second half of {@code fit}, from a network and scanned rows to trained weights. Whatever
 * happens, no blocks and no broadcast stay behind.
 */
final class NetworkTraining {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkTraining.class);

  /** With fewer updates than this, timing one takes longer than its advice could save. */
  private static final int WORTH_TIMING = 100;

  private final String title;
  private final JobScope jobs;
  private final ResolvedParams params;
  private final Network network;
  private final List<TrainingListener> listeners;

  /**
   * What training yields.
   *
   * @param weights the flat array of the network, for features as they are
   * @param record how it went
   */
  // Handed on once, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Trained(float[] weights, TrainingRecord record) {}

  /**
   * @param title what warnings call the stage
   * @param jobs what Spark's jobs run in
   */
  NetworkTraining(
      String title,
      JobScope jobs,
      ResolvedParams params,
      Network network,
      List<TrainingListener> listeners) {
    this.title = title;
    this.jobs = jobs;
    this.params = params;
    this.network = network;
    this.listeners = listeners;
  }

  Trained run(SparkContext context, PlannedInput input, DataSummary summary)
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
    if (params.standardization()) {
      // What could not be folded in at the end is better refused before training.
      fold(initialWeights(), summary);
    }
    BlockFormat format =
        BlockFormat.of(summary, params.standardization(), params.maxBlockSizeInMB());
    float[] initial = initialWeights();
    CheckpointFolder checkpoints =
        params.checkpoints() ? checkpoints(context, summary, partitioning, initial) : null;
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
          params.standardization() ? fold(result.weights(), summary) : result.weights(),
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

  private float[] fold(float[] weights, DataSummary summary) {
    return InputStandardization.fold(network, weights, summary.means(), summary.deviations());
  }

  private float[] initialWeights() {
    return Initialisation.draw(network, params.weightInit(), params.seed());
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

  private CheckpointFolder checkpoints(
      SparkContext context, DataSummary summary, Partitioning partitioning, float[] initial) {
    Map<String, String> parts = new TreeMap<>(params.texts());
    parts.put(
        "the network",
        "%s over %s, output %s of %d"
            .formatted(
                network.text(),
                network.input(),
                network.head().outputActivation(),
                network.head().outputs()));
    parts.put("hash of the initial weights", Fingerprint.digest(initial));
    parts.put("rows of each partition", Fingerprint.digest(partitioning.rows()));
    parts.put("training partitions", String.valueOf(partitioning.partitions()));
    parts.put("training rows", String.valueOf(summary.trainingRows()));
    parts.put("validation rows", String.valueOf(summary.validationRows()));
    parts.put(
        "ordered hash of the rows",
        Fingerprint.digest(
            summary.partitions().stream()
                .flatMapToLong(p -> LongStream.of(p.remainingRows(), p.hash()))
                .toArray()));
    return new CheckpointFolder(
        params.checkpointPath(),
        context.hadoopConfiguration(),
        Fingerprint.of(parts),
        params.maxIter(),
        params.schedule().dependsOnMaxIter(),
        params.checkpointInterval());
  }

  /** Most rows of a window: a partition's rows, divided among its windows. */
  private static long windowRows(TrainingData data) {
    long most = Arrays.stream(data.rows()).max().orElse(0);
    return (most + data.windows() - 1) / data.windows();
  }
}
