package sparkprop.data;

import java.io.Serializable;

/**
 * What the labels of some rows look like. Those that are vectors are no class indices.
 *
 * @param min smallest label, positive infinity without rows
 * @param max largest label, negative infinity without rows
 * @param noClasses those that are no class index: negative or fractional
 * @param negatives those that hold a number below 0
 */
public record LabelSummary(double min, double max, Misfits noClasses, Misfits negatives)
    implements Serializable {

  static final LabelSummary NONE =
      new LabelSummary(
          Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Misfits.NONE, Misfits.NONE);

  /** These and one more row's. */
  LabelSummary plus(NonZeros label, InputRow row) {
    double smallest = label.count() < label.size() ? 0 : Double.POSITIVE_INFINITY;
    double largest = label.count() < label.size() ? 0 : Double.NEGATIVE_INFINITY;
    for (int k = 0; k < label.count(); k++) {
      smallest = Math.min(smallest, label.values()[k]);
      largest = Math.max(largest, label.values()[k]);
    }
    boolean isClass = label.size() == 1 && smallest >= 0 && smallest == Math.rint(smallest);
    if (isClass && smallest >= min && largest <= max) {
      return this;
    }
    return new LabelSummary(
        Math.min(min, smallest),
        Math.max(max, largest),
        isClass ? noClasses : noClasses.plus(smallest, row),
        smallest < 0 ? negatives.plus(smallest, row) : negatives);
  }

  /** These and those of rows that follow. */
  public LabelSummary plus(LabelSummary next) {
    return new LabelSummary(
        Math.min(min, next.min),
        Math.max(max, next.max),
        noClasses.plus(next.noClasses),
        negatives.plus(next.negatives));
  }
}
