package sparkprop.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of some rows look like. Those that are vectors are no class indices.
 *
 * @param min smallest label, positive infinity without rows
 * @param max largest label, negative infinity without rows
 * @param misfits how many are no class index: negative or fractional
 * @param misfit the first of those and where it stands
 */
public record LabelSummary(double min, double max, long misfits, @Nullable String misfit)
    implements Serializable {

  static final LabelSummary NONE =
      new LabelSummary(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, null);

  /** These and one more row's. */
  LabelSummary plus(NonZeros label, InputRow row) {
    double smallest = label.count() < label.size() ? 0 : Double.POSITIVE_INFINITY;
    double largest = label.count() < label.size() ? 0 : Double.NEGATIVE_INFINITY;
    for (int k = 0; k < label.count(); k++) {
      smallest = Math.min(smallest, label.values()[k]);
      largest = Math.max(largest, label.values()[k]);
    }
    boolean fits = label.size() == 1 && smallest >= 0 && smallest == Math.rint(smallest);
    if (fits && smallest >= min && largest <= max) {
      return this;
    }
    // Labels to be regressed may all be fractional: only the first is put into words.
    String first = fits || misfit != null ? misfit : smallest + " in " + row.place();
    return new LabelSummary(
        Math.min(min, smallest), Math.max(max, largest), misfits + (fits ? 0 : 1), first);
  }

  /** These and those of rows that follow. */
  public LabelSummary plus(LabelSummary next) {
    return new LabelSummary(
        Math.min(min, next.min),
        Math.max(max, next.max),
        misfits + next.misfits,
        misfit == null ? next.misfit : misfit);
  }
}
