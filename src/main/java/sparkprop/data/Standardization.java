package sparkprop.data;

import java.io.Serializable;

/**
 * Centres and scales features, in double precision until the last step: (x - mean) / deviation
 * where rows are dense; x / deviation where they are sparse, whose centring is the constant row
 * {@link #shift}. A feature of deviation 0 becomes 0.
 */
final class Standardization implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] means;
  private final double[] deviations;
  private final float[] shift;

  Standardization(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
    this.shift = new float[means.length];
    for (int j = 0; j < shift.length; j++) {
      shift[j] = scaled(j, means[j]);
    }
  }

  float centred(int feature, double value) {
    double deviation = deviations[feature];
    return deviation == 0 ? 0 : (float) ((value - means[feature]) / deviation);
  }

  float scaled(int feature, double value) {
    double deviation = deviations[feature];
    return deviation == 0 ? 0 : (float) (value / deviation);
  }

  /**
   * What is still to be subtracted from a scaled row; one array for all blocks, not to be changed.
   */
  float[] shift() {
    return shift;
  }
}
