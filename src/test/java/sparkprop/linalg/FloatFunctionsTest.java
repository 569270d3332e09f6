package sparkprop.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import sparkprop.testing.ChildJvm;

class FloatFunctionsTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;
  private static final int POSITIVE_INFINITY_BITS = 0x7f800000;
  private static final int CHUNK = (1 << 20) + 7;

  private interface Function {
    void apply(float[] x, int xOffset, float[] y, int yOffset, int n);
  }

  @Test
  void expIsWithinOneAndAHalfUlp() {
    assertThat(worstUlp(FloatFunctions::exp, StrictMath::exp)).isBetween(1.0, 1.5);
  }

  @Test
  void expm1IsWithinItsUlps() {
    assertThat(worstUlp(FloatFunctions::expm1, StrictMath::expm1)).isBetween(1.0, 1.8);
  }

  @Test
  void tanhIsWithinItsUlps() {
    assertThat(worstUlp(FloatFunctions::tanh, StrictMath::tanh)).isBetween(1.0, 2.6);
  }

  @Test
  void logisticIsWithinItsUlps() {
    assertThat(worstUlp(FloatFunctions::logistic, x -> 1 / (1 + StrictMath.exp(-x))))
        .isBetween(1.0, 2.5);
  }

  @Test
  void softplusIsWithinItsUlps() {
    assertThat(
            worstUlp(
                FloatFunctions::softplus,
                x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)))))
        .isBetween(1.0, 2.9);
  }

  @Test
  void erfIsWithinItsUlps() {
    assertThat(worstUlp(FloatFunctions::erf, FloatFunctionsTest::erf)).isBetween(1.0, 7.3);
  }

  /**
   * Over every 1021st float of either sign, or over all of them where the build runs at full size
   * (some minutes a function). Chunks are no multiple of a block.
   */
  private static double worstUlp(Function function, DoubleUnaryOperator exact) {
    int stride = Boolean.getBoolean("sparkprop.full") ? 1 : 1021;
    int count = (POSITIVE_INFINITY_BITS - 1) / stride;
    return IntStream.rangeClosed(0, 2 * (count / CHUNK) + 1)
        .parallel()
        .mapToDouble(
            chunk -> {
              int sign = (chunk & 1) << 31;
              int first = (chunk >> 1) * CHUNK;
              float[] x = new float[Math.min(CHUNK, count - first)];
              for (int i = 0; i < x.length; i++) {
                x[i] = Float.intBitsToFloat((1 + (first + i) * stride) | sign);
              }
              return worstUlp(function, exact, x);
            })
        .max()
        .orElseThrow();
  }

  private static double worstUlp(Function function, DoubleUnaryOperator exact, float[] x) {
    float[] y = new float[x.length];
    function.apply(x, 0, y, 0, x.length);
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      double e = exact.applyAsDouble(x[i]);
      if (Math.abs(e) < 1.7e-38 && y[i] == 0) {
        continue; // flushed, with what lies below
      }
      if (Math.abs((float) e) >= Float.MIN_NORMAL && !Float.isInfinite((float) e)) {
        worst = Math.max(worst, Math.abs(y[i] - e) / Math.ulp((float) e));
      }
    }
    return worst;
  }

  /** By its series without cancellation, 2/sqrt(pi) e^(-x^2) (x + 2x^3/3 + 4x^5/15 + ...). */
  private static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  @Test
  void extremesAreAsTheyShould() {
    float[] x = {-INFINITY, -1e30f, -87f, 0f, 88.7228f, 88.7229f, 1e30f, INFINITY, NAN};
    assertThat(apply(FloatFunctions::exp, x))
        .containsExactly(0f, 0f, 0f, 1f, 3.4026947e38f, INFINITY, INFINITY, INFINITY, NAN);
    assertThat(apply(FloatFunctions::expm1, x))
        .containsExactly(-1f, -1f, -1f, 0f, 3.4026947e38f, INFINITY, INFINITY, INFINITY, NAN);
    assertThat(apply(FloatFunctions::tanh, x))
        .containsExactly(-1f, -1f, -1f, 0f, 1f, 1f, 1f, 1f, NAN);
    assertThat(apply(FloatFunctions::logistic, x))
        .containsExactly(0f, 0f, 0f, 0.5f, 1f, 1f, 1f, 1f, NAN);
    assertThat(apply(FloatFunctions::softplus, x))
        .containsExactly(0f, 0f, 0f, 0.6931472f, 88.7228f, 88.7229f, 1e30f, INFINITY, NAN);
    assertThat(apply(FloatFunctions::erf, x))
        .containsExactly(-1f, -1f, -1f, 0f, 1f, 1f, 1f, 1f, NAN);
  }

  @Test
  void noResultIsADenormalNumber() {
    float[] x = new float[200_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = -86f - i * 1e-5f;
    }
    for (Function function :
        List.<Function>of(
            FloatFunctions::exp, FloatFunctions::logistic, FloatFunctions::softplus)) {
      for (float y : apply(function, x)) {
        assertThat(y == 0 || y >= Float.MIN_NORMAL).as("%s", y).isTrue();
      }
    }
  }

  @Test
  void touchesOnlyItsRangeAndWorksInPlace() {
    SplittableRandom random = new SplittableRandom(3);
    for (int n : new int[] {0, 1, 2, 17, 1023, 1024, 1025, 3000}) {
      float[] x = new float[n + 12];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextGaussian();
      }
      float[] y = x.clone();
      FloatFunctions.tanh(x, 5, y, 7, n);
      float[] inPlace = x.clone();
      FloatFunctions.tanh(inPlace, 5, inPlace, 5, n);
      for (int i = 0; i < x.length; i++) {
        boolean inside = i >= 7 && i < 7 + n;
        assertThat((double) y[i])
            .isCloseTo(inside ? Math.tanh(x[i - 2]) : x[i], within(inside ? 2e-7 : 0));
        inside = i >= 5 && i < 5 + n;
        assertThat(inPlace[i]).isEqualTo(inside ? y[i + 2] : x[i]);
      }
    }
  }

  @Test
  void softmaxRowsAreProbabilities() {
    float[] z = {1f, 2f, 3f, 1000f, 0f, 999f, -INFINITY, 5f, 5f, NAN, 0f, 0f};
    float[] a = new float[12];
    FloatFunctions.softmax(z, a, 4, 3);
    double sum = Math.exp(-2) + Math.exp(-1) + 1;
    assertThat((double) a[0]).isCloseTo(Math.exp(-2) / sum, within(1e-7));
    assertThat((double) a[1]).isCloseTo(Math.exp(-1) / sum, within(1e-7));
    assertThat((double) a[3]).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-7));
    assertThat(a[4]).isEqualTo(0f);
    assertThat(new float[] {a[6], a[7], a[8]}).containsExactly(0f, 0.5f, 0.5f);
    assertThat(new float[] {a[9], a[10], a[11]}).containsExactly(NAN, NAN, NAN);
    FloatFunctions.softmax(z, z, 4, 3);
    assertThat(z).isEqualTo(a);
  }

  @Test
  void softmaxIsZeroFarBelowTheLargest() {
    float[] a = new float[4];
    FloatFunctions.softmax(new float[] {0f, -59.9f, -60.1f, -80f}, a, 1, 4);
    assertThat(a[1]).isGreaterThan(9e-27f);
    assertThat(a[2]).isZero();
    assertThat(a[3]).isZero();
  }

  /** Compiled code may not give other bits than the interpreter. */
  @Test
  void givesTheSameBitsInterpretedAndCompiled() throws Exception {
    List<String> here =
        ChildJvm.run(Map.of(), List.of("-Xcomp", "-XX:-TieredCompilation"), PrintBits.class);
    assertThat(here).hasSize(7).doesNotHaveDuplicates();
    assertThat(ChildJvm.run(Map.of(), List.of("-Xint"), PrintBits.class)).isEqualTo(here);
  }

  static final class PrintBits {
    private PrintBits() {}

    public static void main(String[] args) {
      float[] x = new float[20_011];
      for (int i = 0; i < x.length; i++) {
        x[i] = (i - 10_000) * 0.0093f;
      }
      for (int repeat = 0; repeat < 2; repeat++) {
        boolean last = repeat == 1;
        print(last, apply(FloatFunctions::exp, x));
        print(last, apply(FloatFunctions::expm1, x));
        print(last, apply(FloatFunctions::tanh, x));
        print(last, apply(FloatFunctions::logistic, x));
        print(last, apply(FloatFunctions::softplus, x));
        print(last, apply(FloatFunctions::erf, x));
        float[] a = new float[20_010];
        FloatFunctions.softmax(x, a, 2001, 10);
        print(last, a);
      }
    }

    private static void print(boolean really, float[] y) {
      CRC32 crc = new CRC32();
      for (float v : y) {
        crc.update(
            Integer.toString(Float.floatToRawIntBits(v))
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      }
      if (really) {
        System.out.println(crc.getValue());
      }
    }
  }

  private static float[] apply(Function function, float[] x) {
    float[] y = new float[x.length];
    function.apply(x, 0, y, 0, x.length);
    return y;
  }
}
