package sparkprop.nn.activation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * The activations as formulas in double precision, sound for every z: what float kernels are
 * compared with. There are no derivatives here; a central difference has no formula to get wrong.
 */
public final class ActivationFormulas {
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  private ActivationFormulas() {}

  /** Those that work element by element, by canonical text. */
  public static Map<String, DoubleUnaryOperator> elementwise() {
    Map<String, DoubleUnaryOperator> f = new LinkedHashMap<>();
    f.put("identity", z -> z);
    f.put("logistic", ActivationFormulas::logistic);
    f.put("tanh", StrictMath::tanh);
    f.put("lecunTanh", z -> 1.7159 * StrictMath.tanh(z * 2 / 3));
    f.put("relu", z -> z > 0 ? z : 0 * z);
    f.put("leakyRelu", z -> z > 0 ? z : 0.01 * z);
    f.put("leakyRelu(0.2)", z -> z > 0 ? z : 0.2 * z);
    f.put("elu", z -> z > 0 ? z : StrictMath.expm1(z));
    f.put("elu(0.5)", z -> z > 0 ? z : 0.5 * StrictMath.expm1(z));
    f.put("selu", z -> SELU_SCALE * (z > 0 ? z : SELU_ALPHA * StrictMath.expm1(z)));
    f.put("gelu", z -> z == 0 ? 0 : z * normal(z));
    f.put("softplus", ActivationFormulas::softplus);
    f.put("softsign", z -> z / (1 + Math.abs(z)));
    f.put("swish", z -> z * logistic(z));
    f.put("mish", z -> z * StrictMath.tanh(softplus(z)));
    f.put("hardSigmoid", z -> z < -3 ? 0 : z > 3 ? 1 : (z + 3) / 6);
    f.put("exponential", StrictMath::exp);
    return f;
  }

  /** {@code f(z)} of one row, softmax included. */
  public static double[] value(String text, double[] z) {
    double[] a = z.clone();
    if (text.equals("softmax")) {
      double max = Arrays.stream(z).reduce(Double.NEGATIVE_INFINITY, Math::max);
      double sum = Arrays.stream(z).map(x -> StrictMath.exp(x - max)).sum();
      Arrays.setAll(a, k -> StrictMath.exp(z[k] - max) / sum);
    } else {
      DoubleUnaryOperator f = elementwise().get(text);
      Arrays.setAll(a, k -> f.applyAsDouble(z[k]));
    }
    return a;
  }

  static double logistic(double z) {
    return 1 / (1 + StrictMath.exp(-z));
  }

  static double softplus(double z) {
    return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
  }

  /** The normal distribution function: series near 0, continued fraction in the tails. */
  static double normal(double z) {
    if (Double.isNaN(z)) {
      return z;
    }
    double x = Math.abs(z);
    double density = StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * Math.PI);
    double tail;
    if (x < 4) {
      // Abramowitz and Stegun 26.2.11
      double sum = 0;
      double term = x;
      for (int k = 1; k < 100; k++) {
        sum += term;
        term *= x * x / (2 * k + 1);
      }
      tail = 0.5 - density * sum;
    } else {
      // Abramowitz and Stegun 26.2.14
      double fraction = x;
      for (int k = 100; k >= 1; k--) {
        fraction = x + k / fraction;
      }
      tail = density / fraction;
    }
    return z > 0 ? 1 - tail : tail;
  }
}
