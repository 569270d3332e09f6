package sparkprop.data;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import sparkprop.cluster.JobScope;
import sparkprop.cluster.Packed;

/**
 * The input of one {@code fit}, planned once: adaptive execution may give the same DataFrame
 * another number of partitions each time it is planned, so the scan and every later reading share
 * this RDD.
 */
public final class PlannedInput {
  private final JavaRDD<Row> rows;
  private final Columns columns;
  private final ValidationDraw draw;
  private final JobScope jobs;

  private PlannedInput(JavaRDD<Row> rows, Columns columns, ValidationDraw draw, JobScope jobs) {
    this.rows = rows;
    this.columns = columns;
    this.draw = draw;
    this.jobs = jobs;
  }

  /**
   * Plans the columns of a DataFrame.
   *
   * @param draw which rows validate by lot; {@link ValidationDraw#NONE} where a column says it or
   *     none validates
   * @param jobs what all jobs that read the input run in
   * @throws IllegalArgumentException if a column is missing or of another type, or rows are to
   *     validate both by column and by lot
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  public static PlannedInput of(
      Dataset<?> dataset, Columns columns, ValidationDraw draw, JobScope jobs)
      throws InterruptedException {
    if (draw.active() && columns.validationIndicator() != null) {
      throw new IllegalArgumentException(
          ("validationIndicatorCol is '%s' and validationFraction is %s: set one of them, since"
                  + " either alone says which rows validate.")
              .formatted(columns.validationIndicator(), draw.fraction()));
    }
    // Adaptive execution runs the stages before the last while it plans.
    JavaRDD<Row> rows = jobs.run("planning the input", () -> columns.select(dataset).toJavaRDD());
    return new PlannedInput(rows, columns, draw, jobs);
  }

  /**
   * Reads the input once (twice where validation rows are drawn, since a row's number must be known
   * before its lot) and returns what training must know of it.
   *
   * @throws IllegalArgumentException if a row is bad, vectors differ in size, every weight is 0, or
   *     no row trains or, where some should, validates
   * @throws InterruptedException if the thread is interrupted; nothing keeps running then
   */
  public DataSummary scan() throws InterruptedException {
    DataSummary summary = jobs.run("scanning rows", this::scanned);
    checkCounts(summary);
    return summary;
  }

  private DataSummary scanned() {
    Columns read = columns;
    ValidationDraw lots = draw;
    long[] firstNumbers = draw.active() ? firstNumbers() : new long[rows.getNumPartitions()];
    return OrderedReduction.reduce(
            rows.mapPartitionsWithIndex(
                (partition, input) ->
                    List.of(ScanPart.of(read, partition, input, firstNumbers[partition], lots))
                        .iterator(),
                true),
            ScanPart::add)
        .orElseGet(() -> new ScanPart(read))
        .summary();
  }

  /** Number of each partition's first remaining row. */
  private long[] firstNumbers() {
    List<Long> counts =
        rows.mapPartitions(
                input -> {
                  long remaining = 0;
                  while (input.hasNext()) {
                    remaining += InputRow.weighsNothing(input.next()) ? 0 : 1;
                  }
                  return List.of(remaining).iterator();
                })
            .collect();
    return Reading.starts(counts.stream().mapToLong(Long::longValue).toArray());
  }

  private void checkCounts(DataSummary summary) {
    long dropped = summary.partitions().stream().mapToLong(PartitionSummary::droppedRows).sum();
    long training = summary.trainingRows();
    long validation = summary.validationRows();
    if (training + validation == 0) {
      throw new IllegalArgumentException(
          dropped == 0
              ? "The input has no rows; there is nothing to train on."
              : "All %d rows weigh 0 in column '%s'; at least one training row needs a weight above 0."
                  .formatted(dropped, columns.weight()));
    }
    if (training == 0) {
      throw new IllegalArgumentException(
          ("There are no training rows: all %d rows validate, as %s says; lower the fraction, or"
                  + " mark the rows that train with false.")
              .formatted(validation, validationSetting()));
    }
    if (validation == 0 && (draw.active() || columns.validationIndicator() != null)) {
      throw new IllegalArgumentException(
          ("There are no validation rows: none of %d rows validates, as %s says; raise the"
                  + " fraction, or mark the rows that validate with true.")
              .formatted(training, validationSetting()));
    }
  }

  private String validationSetting() {
    return draw.active()
        ? "validationFraction = " + draw.fraction()
        : "validationIndicatorCol = '" + columns.validationIndicator() + "'";
  }

  /** The training rows, or the validation rows, by input partition and in order. */
  JavaRDD<NumberedRow> read(Broadcast<Packed<Recipe>> recipe, boolean validation) {
    return rows.mapPartitionsWithIndex(
        (partition, input) -> recipe.value().value().reading().rows(partition, input, validation),
        true);
  }

  /** All rows as {@link Columns#select} gives them. */
  JavaRDD<Row> rows() {
    return rows;
  }

  ValidationDraw draw() {
    return draw;
  }

  JobScope jobs() {
    return jobs;
  }

  JavaSparkContext sparkContext() {
    return JavaSparkContext.fromSparkContext(rows.context());
  }
}
