package sparkprop.data;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import sparkprop.cluster.Packed;

/**
 * The covariances of all pairs of features, in double precision, from one more reading of the input
 * after the scan.
 *
 * <p>Each partition adds up products of deviations from the means that the scan found, which loses
 * no digits where means are large beside deviations, as sums of x x^T would. The partitions' sums
 * are merged in their order, by {@link OrderedReduction}, so that the same rows in the same
 * partitions give the same bits. (Spark's {@code RowMatrix} adds x x^T, in the order in which tasks
 * end.)
 *
 * <p>For vectors of n numbers a task holds the n x n products of its partition, and sends the
 * triangle of n (n + 1) / 2 once through a shuffle; the driver receives one such triangle, 4 n^2
 * bytes, as one result.
 */
public final class Covariance {
  /** Length of the longest vectors: the triangle in bytes is about the longest array there is. */
  public static final int MAX_FEATURES = 23_000;

  private Covariance() {}

  /** What the tasks need to know, which would be large for each of them. */
  // Handed on once, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Centre(Reading reading, double[] means) implements Serializable {}

  /**
   * The covariances of the training rows, which all weigh 1, as those of a sample, of n - 1.
   *
   * @param input what was scanned
   * @param summary what the scan found: at least two rows, of {@link #MAX_FEATURES} numbers at most
   * @return the upper triangle column by column: element (i, j), i at most j, at {@code j (j + 1) /
   *     2 + i}
   * @throws ChangedInputException if the input's rows are not those that were scanned
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  public static double[] of(PlannedInput input, DataSummary summary) throws InterruptedException {
    Broadcast<Packed<Centre>> centre =
        input
            .sparkContext()
            .broadcast(Packed.of(new Centre(new Reading(summary, input.draw()), summary.means())));
    try {
      return input
          .jobs()
          .run("summing covariances", () -> sum(input, centre))
          .ofSample(summary.trainingRows());
    } catch (Throwable failure) {
      ChangedInputException changed = ChangedInputException.in(failure);
      if (changed != null) {
        throw changed;
      }
      throw failure;
    } finally {
      if (!input.sparkContext().sc().isStopped()) {
        centre.destroy();
      }
    }
  }

  private static CovarianceSum sum(PlannedInput input, Broadcast<Packed<Centre>> centre) {
    return OrderedReduction.reduce(
            input
                .rows()
                .mapPartitionsWithIndex(
                    (partition, rows) -> {
                      Centre known = centre.value().value();
                      return List.of(
                              CovarianceSum.of(
                                  known.reading().rows(partition, rows, false), known.means()))
                          .iterator();
                    },
                    true),
            CovarianceSum::add)
        .orElseGet(CovarianceSum::none);
  }
}
