package sparkprop.data;

import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;

/**
 * A row on its way into a block. Not a record, because it is shuffled and Kryo cannot write one.
 */
final class NumberedRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long number;
  private final Vector features;
  private final Vector label;
  private final float weight;

  /**
   * @param number its number among the training (or the validation) rows of the whole input
   * @param features as they came, still in double precision
   * @param label likewise; for a classifier the class index
   * @param weight above 0
   */
  NumberedRow(long number, Vector features, Vector label, float weight) {
    this.number = number;
    this.features = features;
    this.label = label;
    this.weight = weight;
  }

  long number() {
    return number;
  }

  Vector features() {
    return features;
  }

  Vector label() {
    return label;
  }

  float weight() {
    return weight;
  }
}
