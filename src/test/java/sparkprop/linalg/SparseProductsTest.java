package sparkprop.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SparseProductsTest {
  @Property(tries = 300)
  void agreesWithDenseLoops(
      @ForAll @IntRange(max = 12) int rows,
      @ForAll @IntRange(min = 1, max = 25) int in,
      @ForAll @IntRange(min = 1, max = 40) int out,
      @ForAll boolean shifted,
      @ForAll @IntRange(max = 4) int offset,
      @ForAll long seed) {
    SparseRows x = Samples.sparse(seed, rows, in, shifted ? Samples.uniform(seed + 99, in) : null);
    float[] dense = x.dense().values();
    float[] w = Samples.uniform(seed + 1, offset + in * out + 3);
    float[] z = Samples.uniform(seed + 2, rows * out + 2);
    float[] product = z.clone();
    SparseProducts.addProduct(x, w, offset, out, product);
    float[] dw = w.clone();
    SparseProducts.addTransposedProduct(x, z, out, dw, offset);
    for (int at = 0; at < z.length; at++) {
      double expected = z[at];
      for (int k = 0; k < in && at < rows * out; k++) {
        expected += (double) dense[at / out * in + k] * w[offset + k * out + at % out];
      }
      assertThat((double) product[at]).isCloseTo(expected, within(2e-5));
    }
    for (int at = 0; at < w.length; at++) {
      double expected = w[at];
      int k = at - offset;
      for (int i = 0; i < rows && k >= 0 && k < in * out; i++) {
        expected += (double) dense[i * in + k / out] * z[i * out + k % out];
      }
      assertThat((double) dw[at]).isCloseTo(expected, within(2e-5));
    }
  }
}
