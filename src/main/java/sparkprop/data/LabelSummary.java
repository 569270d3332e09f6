package sparkprop.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of some rows look like.
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

  LabelSummary plus(double label, InputRow row) {
    boolean fits = label >= 0 && label == Math.rint(label);
    if (fits && label >= min && label <= max) {
      return this;
    }
    return plus(
        new LabelSummary(label, label, fits ? 0 : 1, fits ? null : label + " in " + row.place()));
  }

  LabelSummary plus(LabelSummary next) {
    return new LabelSummary(
        Math.min(min, next.min),
        Math.max(max, next.max),
        misfits + next.misfits,
        misfit == null ? next.misfit : misfit);
  }
}
