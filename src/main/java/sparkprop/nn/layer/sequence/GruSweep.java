package sparkprop.nn.layer.sequence;

import sparkprop.linalg.DenseRows;
import sparkprop.linalg.FloatFunctions;
import sparkprop.linalg.VectorMath;

/**
 * Gated recurrent units (Cho et al. 2014), as PyTorch and cuDNN have them:
 *
 * <pre>
 * r, z = logistic(x[t] W + h[t-1] U + b), each with its own columns of W, U and b
 * q = h[t-1] U + c, with the last columns of U and the recurrent bias c
 * n = tanh(x[t] W + b + r q), with the last columns of W and b
 * h[t] = (1 - z) n + z h[t-1]
 * </pre>
 *
 * the columns in the order r, z, n. The carry is what flows back from h[t] to h[t-1] through z.
 */
final class GruSweep extends Sweep {
  private final int recurrentBias;
  private final float[][] reset;
  private final float[][] update;
  private final float[][] candidate;
  private final float[][] product;
  private final float[][] h;
  private final float[] none;
  private final float[] dr;
  private final float[] dz;
  private final float[] dn;
  private final float[] dq;
  // dC/dq, rows x steps x units.
  private final DenseRows dProduct;

  GruSweep(Setting setting) {
    super(setting);
    this.recurrentBias = setting.offsets()[3];
    this.reset = newArrays();
    this.update = newArrays();
    this.candidate = newArrays();
    this.product = newArrays();
    this.h = newArrays();
    this.none = newArray();
    this.dr = newArray();
    this.dz = newArray();
    this.dn = newArray();
    this.dq = newArray();
    this.dProduct = new DenseRows(setting.capacity(), steps * units);
  }

  @Override
  float[] step(float[] weights, int t, int before) {
    float[] q = product[t];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(weights, recurrentBias, q, i * units, units);
    }
    if (before >= 0) {
      addProduct(weights, t, before, 2 * units);
      addProduct(weights, before, 2 * units, units, q, 0, units);
    }
    int size = rows * units;
    float[] r = reset[t];
    float[] z = update[t];
    float[] n = candidate[t];
    gate(t, 0, r);
    gate(t, 1, z);
    gate(t, 2, n);
    FloatFunctions.logistic(r, 0, r, 0, size);
    FloatFunctions.logistic(z, 0, z, 0, size);
    for (int k = 0; k < size; k++) {
      n[k] += r[k] * q[k];
    }
    FloatFunctions.tanh(n, 0, n, 0, size);
    float[] now = h[t];
    float[] old = before < 0 ? none : h[before];
    for (int k = 0; k < size; k++) {
      now[k] = (1f - z[k]) * n[k] + z[k] * old[k];
    }
    return now;
  }

  @Override
  void flowBack(float[] weights, int next) {
    addBack(weights, next, 2 * units);
    addBack(weights, next, 2 * units, units, dProduct.values(), units);
  }

  @Override
  void derive(int t, int before) {
    int size = rows * units;
    float[] r = reset[t];
    float[] z = update[t];
    float[] n = candidate[t];
    float[] q = product[t];
    float[] old = before < 0 ? none : h[before];
    for (int k = 0; k < size; k++) {
      float d = dh[k] + carry[k];
      dn[k] = d * (1f - z[k]) * (1f - n[k] * n[k]);
      dz[k] = d * (old[k] - n[k]) * z[k] * (1f - z[k]);
      carry[k] = d * z[k];
    }
    for (int k = 0; k < size; k++) {
      dr[k] = dn[k] * q[k] * r[k] * (1f - r[k]);
      dq[k] = dn[k] * r[k];
    }
    setGate(t, 0, dr);
    setGate(t, 1, dz);
    setGate(t, 2, dn);
    merge(dq, dProduct.values(), t * units, units);
  }

  @Override
  void addRecurrentGradient(float[] gradient) {
    // dc += column sums of dq
    VectorMath.addColumnSums(dProduct.values(), rows * steps, units, gradient, recurrentBias);
    addRecurrentGradient(gradient, 2 * units);
    addRecurrentGradient(gradient, 2 * units, units, dProduct.values(), units);
  }
}
