package sparkprop.classification;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;
import sparkprop.nn.loss.Head;

/** From raw outputs to probabilities and a class. */
final class ClassDecision implements Serializable {
  private static final long serialVersionUID = 1;

  private final Head head;
  private final double @Nullable [] thresholds;

  /**
   * A decision.
   *
   * @param head makes probabilities of raw outputs
   * @param thresholds Spark's Param, or null where it is not set: the class with the largest
   *     probability / threshold wins, the first of equals
   */
  ClassDecision(Head head, double @Nullable [] thresholds) {
    this.head = head;
    this.thresholds = thresholds;
  }

  /** Probabilities that sum to 1; all NaN if a raw output is not finite. */
  Vector probabilities(Vector raw) {
    double[] values = raw.toArray().clone();
    if (allFinite(values)) {
      head.finish(values);
    } else {
      Arrays.fill(values, Double.NaN);
    }
    return Vectors.dense(values);
  }

  /** The class; NaN if a raw output is not finite. */
  double classOfRaw(Vector raw) {
    if (!allFinite(raw.toArray())) {
      return Double.NaN;
    }
    return thresholds == null ? largest(raw.toArray()) : classOf(probabilities(raw));
  }

  /** The class; NaN if a probability is. */
  double classOf(Vector probabilities) {
    double[] p = probabilities.toArray();
    if (thresholds == null) {
      return largest(p);
    }
    double[] scaled = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      // 0 / 0 is never the largest: a class of probability 0 does not win by its threshold of 0.
      scaled[k] = p[k] == 0 && thresholds[k] == 0 ? Double.NEGATIVE_INFINITY : p[k] / thresholds[k];
    }
    return largest(scaled);
  }

  private static double largest(double[] values) {
    int largest = 0;
    for (int k = 1; k < values.length; k++) {
      largest = values[k] > values[largest] ? k : largest;
    }
    return hasNaN(values) ? Double.NaN : largest;
  }

  private static boolean allFinite(double[] values) {
    boolean finite = true;
    for (double value : values) {
      finite &= Double.isFinite(value);
    }
    return finite;
  }

  private static boolean hasNaN(double[] values) {
    boolean found = false;
    for (double value : values) {
      found |= Double.isNaN(value);
    }
    return found;
  }
}
