package sparkprop.nn.layer.sequence;

import sparkprop.linalg.FloatFunctions;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997) with forget gates (Gers, Schmidhuber and
 * Cummins 2000):
 *
 * <pre>
 * i, f, o = logistic(x[t] W + h[t-1] U + b), each with its own columns of W, U and b
 * g = tanh(likewise)
 * c[t] = f c[t-1] + i g
 * h[t] = o tanh(c[t])
 * </pre>
 *
 * the columns in the order i, f, g, o. The carry is what flows back along c.
 */
final class LstmSweep extends Sweep {
  private final float[][] input;
  private final float[][] forget;
  private final float[][] candidate;
  private final float[][] output;
  private final float[][] memory;
  private final float[][] tanhMemory;
  private final float[] none;
  private final float[] h;
  private final float[] di;
  private final float[] df;
  private final float[] dg;
  private final float[] dout;

  LstmSweep(Setting setting) {
    super(setting);
    this.input = newArrays();
    this.forget = newArrays();
    this.candidate = newArrays();
    this.output = newArrays();
    this.memory = newArrays();
    this.tanhMemory = newArrays();
    this.none = newArray();
    this.h = newArray();
    this.di = newArray();
    this.df = newArray();
    this.dg = newArray();
    this.dout = newArray();
  }

  @Override
  float[] step(float[] weights, int t, int before) {
    if (before >= 0) {
      addProduct(weights, t, before, 4 * units);
    }
    int n = rows * units;
    float[] i = input[t];
    float[] f = forget[t];
    float[] g = candidate[t];
    float[] o = output[t];
    gate(t, 0, i);
    gate(t, 1, f);
    gate(t, 2, g);
    gate(t, 3, o);
    FloatFunctions.logistic(i, 0, i, 0, n);
    FloatFunctions.logistic(f, 0, f, 0, n);
    FloatFunctions.tanh(g, 0, g, 0, n);
    FloatFunctions.logistic(o, 0, o, 0, n);
    float[] c = memory[t];
    float[] old = before < 0 ? none : memory[before];
    for (int k = 0; k < n; k++) {
      c[k] = f[k] * old[k] + i[k] * g[k];
    }
    clearPadding(c, t);
    float[] tanhC = tanhMemory[t];
    FloatFunctions.tanh(c, 0, tanhC, 0, n);
    for (int k = 0; k < n; k++) {
      h[k] = o[k] * tanhC[k];
    }
    return h;
  }

  @Override
  void flowBack(float[] weights, int next) {
    addBack(weights, next, 4 * units);
  }

  @Override
  void derive(int t, int before) {
    int n = rows * units;
    float[] i = input[t];
    float[] f = forget[t];
    float[] g = candidate[t];
    float[] o = output[t];
    float[] tanhC = tanhMemory[t];
    float[] old = before < 0 ? none : memory[before];
    for (int k = 0; k < n; k++) {
      dout[k] = dh[k] * tanhC[k] * o[k] * (1f - o[k]);
      carry[k] += dh[k] * o[k] * (1f - tanhC[k] * tanhC[k]);
    }
    for (int k = 0; k < n; k++) {
      di[k] = carry[k] * g[k] * i[k] * (1f - i[k]);
      dg[k] = carry[k] * i[k] * (1f - g[k] * g[k]);
    }
    for (int k = 0; k < n; k++) {
      df[k] = carry[k] * old[k] * f[k] * (1f - f[k]);
      carry[k] *= f[k];
    }
    setGate(t, 0, di);
    setGate(t, 1, df);
    setGate(t, 2, dg);
    setGate(t, 3, dout);
  }

  @Override
  void addRecurrentGradient(float[] gradient) {
    addRecurrentGradient(gradient, 4 * units);
  }
}
