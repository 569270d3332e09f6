package sparkprop.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
import sparkprop.nn.Initialisation;
import sparkprop.nn.InputStandardization;
import sparkprop.nn.Network;
import sparkprop.optim.Optimizer;
import sparkprop.optim.Penalty;
import sparkprop.params.ResolvedParams;
import sparkprop.persist.TrainingRecord;
import sparkprop.train.Placement;
import sparkprop.train.Trainer;
import sparkprop.train.TrainingListener;
import sparkprop.train.TrainingResult;
import sparkprop.train.step.SparkPlacement;

/**
 * The second half of {@code fit}, from a network and scanned rows to trained weights. Whatever
 * happens, no blocks and no broadcast stay behind.
 */
final class NetworkTraining {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkTraining.class);

  /** Ratio of deviations from which training on the features as they are is likely to go badly. */
  private static final double UNEVEN = 1000;

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
    Capacity capacity = Capacity.of(context);
    Partitioning partitioning =
        Partitioning.resolve(
            params.numPartitions(),
            summary.trainingRowsByPartition(),
            capacity.taskSlots(),
            params.seed());
    int batchSize = params.batchSizeFor(summary.trainingRows());
    warnOfUnevenFeatures(summary);
    MemoryNeed.of(network, summary.sparse(), batchSize, partitioning.partitions())
        .check(MemoryAtHand.of(context, capacity.taskSlots()));
    SparkPlacement.check(
        context, network, partitioning.rows(), batchSize, params.aggregationDepth());
    BlockFormat format =
        BlockFormat.of(summary, params.standardization(), params.maxBlockSizeInMB());
    try (TrainingData data =
            TrainingData.materialise(
                input, summary, partitioning, format, capacity.storageBytes(), params.seed());
        Placement placement =
            new SparkPlacement(jobs, network, data, batchSize, params.aggregationDepth())) {
      TrainingResult result = trainer(placement).train(initialWeights());
      return new Trained(
          params.standardization()
              ? InputStandardization.fold(
                  network, result.weights(), summary.means(), summary.deviations())
              : result.weights(),
          TrainingRecord.of(
              result.history(), result.plan(), windowRows(data), params.seed(), context.version()));
    }
  }

  private float[] initialWeights() {
    return Initialisation.draw(network, params.weightInit(), params.seed());
  }

  private Trainer trainer(Placement placement) {
    Penalty penalty = params.penalty(network);
    return new Trainer(
        network,
        placement,
        new Optimizer(params.solver(), penalty, network.layout().trainableSize()),
        penalty,
        params.trainerSettings(),
        TrainingListener.all(listeners));
  }

  private void warnOfUnevenFeatures(DataSummary summary) {
    double ratio = summary.deviationRatio();
    if (!params.standardization() && ratio > UNEVEN) {
      LOG.warn(
          "The features' standard deviations differ by a factor of {}; set standardization to true,"
              + " or put a StandardScaler before {}.",
          String.format(Locale.ROOT, "%,.0f", ratio),
          title);
    }
  }

  /** Most rows of a window: a partition's rows, divided among its windows. */
  private static long windowRows(TrainingData data) {
    long most = Arrays.stream(data.rows()).max().orElse(0);
    return (most + data.windows() - 1) / data.windows();
  }
}
