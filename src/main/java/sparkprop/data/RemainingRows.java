package sparkprop.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one input partition without those of weight 0, which are dropped before anything else
 * looks at them, each told whether it validates.
 */
final class RemainingRows implements Iterator<InputRow> {
  private final int partition;
  private final Iterator<Row> rows;
  private final ValidationDraw draw;
  private final TaskContext task = TaskContext.get();
  private long position;
  private long number;
  private @Nullable InputRow next;

  /**
   * The remaining rows of one partition.
   *
   * @param firstNumber number of this partition's first remaining row among those of the whole
   *     input; read only where the validation rows are drawn
   */
  RemainingRows(int partition, Iterator<Row> rows, long firstNumber, ValidationDraw draw) {
    this.partition = partition;
    this.rows = rows;
    this.number = firstNumber;
    this.draw = draw;
    advance();
  }

  private void advance() {
    next = null;
    while (next == null && rows.hasNext()) {
      if (task.isInterrupted()) {
        throw new TaskKilledException("the fit was stopped");
      }
      Row row = rows.next();
      if (!InputRow.weighsNothing(row)) {
        next = new InputRow(partition, position, row, validates(row));
        number++;
      }
      position++;
    }
  }

  private boolean validates(Row row) {
    return draw.draws(number)
        || (!row.isNullAt(Columns.VALIDATES) && row.getBoolean(Columns.VALIDATES));
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public InputRow next() {
    InputRow row = next;
    if (row == null) {
      throw new NoSuchElementException();
    }
    advance();
    return row;
  }

  /** Rows read from the input so far, dropped ones among them. */
  long read() {
    return position;
  }
}
