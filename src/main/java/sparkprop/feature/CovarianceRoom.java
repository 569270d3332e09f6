package sparkprop.feature;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkContext;
import sparkprop.cluster.Capacity;
import sparkprop.data.Covariance;
import sparkprop.stage.MemoryAtHand;

/**
 * How long vectors may be for their covariances, a square matrix of doubles, to find room.
 *
 * @param size numbers of a vector at most
 * @param where room is that short
 * @param remedy what makes more room, or nothing
 */
record CovarianceRoom(int size, String where, String remedy) {
  /** Bytes of the triangle that comes to the driver, for each element of the square. */
  private static final int RESULT = 4;

  /** On the driver: the triangle as it arrives, the square, the directions, the matrix made. */
  private static final int ON_DRIVER = 24;

  /** In a task: the square, its triangle, and that serialised. */
  private static final int IN_TASK = 16;

  /** What is left for Spark itself and for passing objects. */
  private static final double USABLE = 0.8;

  /**
   * What there is.
   *
   * @param partitions of the input: one JVM runs no more tasks than these at a time
   */
  static List<CovarianceRoom> of(SparkContext context, int partitions) {
    return of(
        MemoryAtHand.of(context, Capacity.of(context).taskSlots()),
        context.conf().getSizeAsBytes("spark.driver.maxResultSize", "1g"),
        partitions);
  }

  /**
   * What there is.
   *
   * @param maxResultBytes that may come to the driver in one job, 0 for no limit
   */
  static List<CovarianceRoom> of(MemoryAtHand memory, long maxResultBytes, int partitions) {
    int tasks = IN_TASK * Math.min(memory.tasksPerExecutor(), partitions);
    return List.of(
        new CovarianceRoom(Covariance.MAX_FEATURES, "one array", ""),
        new CovarianceRoom(
            maxResultBytes == 0 ? Integer.MAX_VALUE : side((double) maxResultBytes, RESULT),
            "a result of spark.driver.maxResultSize",
            ", or raise spark.driver.maxResultSize"),
        new CovarianceRoom(
            side(USABLE * memory.driverBytes(), memory.shared() ? ON_DRIVER + tasks : ON_DRIVER),
            megabytes(memory.shared() ? "this JVM's" : "the driver's", memory.driverBytes()),
            ", or raise spark.driver.memory"),
        new CovarianceRoom(
            memory.shared() ? Integer.MAX_VALUE : side(USABLE * memory.executorBytes(), tasks),
            megabytes("an executor's", memory.executorBytes()),
            ", or raise spark.executor.memory"));
  }

  private static int side(double bytes, int each) {
    return (int) Math.sqrt(bytes / each);
  }

  private static String megabytes(String whose, long bytes) {
    return String.format(Locale.ROOT, "%s %,d MB", whose, bytes >> 20);
  }

  /**
   * Refuses vectors that are too long.
   *
   * @throws IllegalArgumentException naming the column, their length, the limit and the remedy
   */
  static void check(List<CovarianceRoom> rooms, String column, int size) {
    CovarianceRoom smallest =
        rooms.stream().min(Comparator.comparingInt(CovarianceRoom::size)).orElseThrow();
    if (size > smallest.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Column '%s' holds vectors of %,d numbers, but the covariances of %,d at most fit into"
                  + " %s: select fewer columns%s.",
              column,
              size,
              smallest.size(),
              smallest.where(),
              smallest.remedy()));
    }
  }
}
