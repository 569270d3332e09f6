package sparkprop.nn.layer.sequence;

import sparkprop.linalg.FloatFunctions;

/** Simple recurrent units (Elman 1990): {@code h[t] = tanh(x[t] W + h[t-1] U + b)}. */
final class RnnSweep extends Sweep {
  private final float[][] h;
  private final float[] d;

  RnnSweep(Setting setting) {
    super(setting);
    this.h = newArrays();
    this.d = newArray();
  }

  @Override
  float[] step(float[] weights, int t, int before) {
    if (before >= 0) {
      addProduct(weights, t, before, units);
    }
    gate(t, 0, h[t]);
    FloatFunctions.tanh(h[t], 0, h[t], 0, rows * units);
    return h[t];
  }

  @Override
  void flowBack(float[] weights, int next) {
    addBack(weights, next, units);
  }

  @Override
  void derive(int t, int before) {
    float[] a = h[t];
    for (int k = 0; k < rows * units; k++) {
      d[k] = dh[k] * (1f - a[k] * a[k]);
    }
    setGate(t, 0, d);
  }

  @Override
  void addRecurrentGradient(float[] gradient) {
    addRecurrentGradient(gradient, units);
  }
}
