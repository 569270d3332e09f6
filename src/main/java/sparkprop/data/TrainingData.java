package sparkprop.data;

import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import sparkprop.cluster.Packed;

/**
 * The rows of one {@code fit} as persisted blocks: read from the input once more, checked against
 * the scan, and given back when closed.
 *
 * <p>The blocks have P training partitions and K windows. RDD partition p * K + k holds window k of
 * training partition p, which is its rows k n / K to (k + 1) n / K - 1 in order of row number, n
 * being the partition's rows. K is 1, and blocks stay in memory (what does not fit then, on disk),
 * where they take at most three quarters of the storage memory; else K lets two neighbouring
 * windows fit in half of it, and blocks stay on disk for the trainer to fetch window by window.
 */
public final class TrainingData implements AutoCloseable {
  private final Broadcast<Packed<Recipe>> recipe;
  private final boolean sparse;
  private final long[] rows;
  private final Windows windows;
  private final JavaRDD<Block> blocks;
  private final @Nullable JavaRDD<Block> validation;

  private TrainingData(
      PlannedInput input,
      DataSummary summary,
      Partitioning partitioning,
      BlockFormat format,
      long storageBytes,
      OptionalInt fixedWindows,
      long seed) {
    this.sparse = format.sparse();
    this.rows = partitioning.rows();
    long trainingBytes = format.bytes(summary.trainingRows(), summary.nonZeros());
    // The scan counts the training rows' non-zeros only; validation rows are taken to be alike.
    long validationBytes =
        (long) ((double) trainingBytes * summary.validationRows() / summary.trainingRows());
    this.windows =
        fixedWindows.isPresent()
            ? new Windows(fixedWindows.getAsInt())
            : Windows.of(trainingBytes + validationBytes, storageBytes, summary.trainingRows());
    this.recipe =
        input
            .sparkContext()
            .broadcast(Packed.of(new Recipe(new Reading(summary, input.draw()), format)));
    StorageLevel level =
        windows.count() == 1 ? StorageLevel.MEMORY_AND_DISK() : StorageLevel.DISK_ONLY();
    this.blocks =
        blocks(
                Arrangement.of(input.read(recipe, false), partitioning, windows, trainingBytes),
                recipe)
            .setName("sparkprop training blocks")
            .persist(level);
    this.validation =
        summary.validationRows() == 0
            ? null
            : blocks(
                    Arrangement.of(
                        input.read(recipe, true),
                        Partitioning.spread(rows.length, summary.validationRowsByPartition(), seed),
                        new Windows(1),
                        validationBytes),
                    recipe)
                .setName("sparkprop validation blocks")
                .persist(level);
  }

  /**
   * Reads, arranges and persists the blocks. Nothing stays persisted if this fails.
   *
   * @param input what was scanned
   * @param summary what the scan found
   * @param partitioning where training rows go; validation rows are spread evenly over at most as
   *     many partitions
   * @param format of the blocks, made from the same summary
   * @param storageBytes storage memory of all executors together, which decides on windows
   * @param fixedWindows how many windows there are to be, where that is decided already
   * @param seed the estimator's seed
   * @throws ChangedInputException if the input's rows are not those that were scanned
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  public static TrainingData materialise(
      PlannedInput input,
      DataSummary summary,
      Partitioning partitioning,
      BlockFormat format,
      long storageBytes,
      OptionalInt fixedWindows,
      long seed)
      throws InterruptedException {
    TrainingData data =
        new TrainingData(input, summary, partitioning, format, storageBytes, fixedWindows, seed);
    try {
      return input.jobs().run("caching rows as blocks", data::filled);
    } catch (Throwable failure) {
      data.closeAfter(failure);
      ChangedInputException changed = ChangedInputException.in(failure);
      if (changed != null) {
        throw changed;
      }
      throw failure;
    }
  }

  private static JavaRDD<Block> blocks(
      JavaRDD<NumberedRow> rows, Broadcast<Packed<Recipe>> recipe) {
    return rows.mapPartitions(input -> recipe.value().value().format().blocks(input), true);
  }

  /** Makes Spark compute and keep every block, and counts rows on the way. */
  private TrainingData filled() {
    long[] counts = count(blocks);
    for (int i = 0; i < counts.length; i++) {
      long n = rows[i / windows.count()];
      int window = i % windows.count();
      long expected = windows.start(window + 1, n) - windows.start(window, n);
      if (counts[i] != expected) {
        throw new IllegalStateException(
            "Window %d of training partition %d holds %d rows instead of %d."
                .formatted(window, i / windows.count(), counts[i], expected));
      }
    }
    if (validation != null) {
      count(validation);
    }
    return this;
  }

  private static long[] count(JavaRDD<Block> blocks) {
    return blocks
        .mapPartitions(
            partition -> {
              long rows = 0;
              while (partition.hasNext()) {
                rows += partition.next().rows();
              }
              return List.of(rows).iterator();
            })
        .collect()
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  /** The training blocks: partitions() * windows() RDD partitions, as said above. */
  public JavaRDD<Block> blocks() {
    return blocks;
  }

  /** How many training partitions there are. */
  public int partitions() {
    return rows.length;
  }

  /** How many windows each is cut into. */
  public int windows() {
    return windows.count();
  }

  /** Training rows of each training partition. */
  public long[] rows() {
    return rows.clone();
  }

  /** Whether the blocks' features are CSR. */
  public boolean sparse() {
    return sparse;
  }

  /** The validation blocks, or null where no row validates. */
  public @Nullable JavaRDD<Block> validation() {
    return validation;
  }

  /** Unpersists the blocks and gives back the broadcast they were made with. */
  @Override
  public void close() {
    if (blocks.context().isStopped()) {
      return; // and all of it is gone
    }
    blocks.unpersist(false);
    if (validation != null) {
      validation.unpersist(false);
    }
    recipe.destroy();
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }
}
