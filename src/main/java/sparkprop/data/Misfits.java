package sparkprop.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How many labels do not suit a task, and the first of them.
 *
 * @param count of rows
 * @param first the label and where it stands, null if there is none
 */
public record Misfits(long count, @Nullable String first) implements Serializable {

  static final Misfits NONE = new Misfits(0, null);

  /** These and one more. Labels may all be misfits, so only the first is put into words. */
  Misfits plus(double label, InputRow row) {
    return new Misfits(count + 1, first == null ? label + " in " + row.place() : first);
  }

  /** These and those of rows that follow. */
  Misfits plus(Misfits next) {
    return new Misfits(count + next.count, first == null ? next.first : first);
  }
}
