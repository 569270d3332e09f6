package sparkprop.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class VectorMathTest {
  @Property(tries = 200)
  void axpyScalesAndAdds(
      @ForAll @IntRange(max = 70) int n,
      @ForAll @IntRange(max = 5) int xOffset,
      @ForAll @IntRange(max = 5) int yOffset,
      @ForAll long seed) {
    float[] x = Samples.uniform(seed, xOffset + n + 2);
    float[] y = Samples.uniform(seed + 1, yOffset + n + 2);
    float[] got = y.clone();
    VectorMath.axpy(0.5f, x, xOffset, got, yOffset, n);
    for (int i = 0; i < y.length; i++) {
      boolean inside = i >= yOffset && i < yOffset + n;
      assertThat(got[i]).isEqualTo(inside ? y[i] + 0.5f * x[xOffset + i - yOffset] : y[i]);
    }
  }

  @Property(tries = 200)
  void sumsAreDoubleSums(
      @ForAll @IntRange(max = 70) int n, @ForAll @IntRange(max = 5) int offset, @ForAll long seed) {
    float[] x = Samples.uniform(seed, offset + n + 2);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[offset + i];
    }
    assertThat(VectorMath.sum(x, offset, n)).isCloseTo(sum, within(1e-13));
  }

  @Property(tries = 50)
  void scaleTouchesOnlyItsRange(
      @ForAll @IntRange(max = 40) int n, @ForAll @IntRange(max = 5) int offset, @ForAll long seed) {
    float[] x = Samples.uniform(seed, offset + n + 2);
    float[] got = x.clone();
    VectorMath.scale(-3f, got, offset, n);
    for (int i = 0; i < x.length; i++) {
      assertThat(got[i]).isEqualTo(i >= offset && i < offset + n ? -3f * x[i] : x[i]);
    }
  }

  @Property(tries = 100)
  void columnSumsAreAdded(
      @ForAll @IntRange(max = 11) int rows,
      @ForAll @IntRange(max = 9) int cols,
      @ForAll @IntRange(max = 3) int offset,
      @ForAll long seed) {
    float[] d = Samples.uniform(seed, rows * cols + 3);
    float[] sums = Samples.uniform(seed + 1, offset + cols + 2);
    float[] got = sums.clone();
    VectorMath.addColumnSums(d, rows, cols, got, offset);
    for (int j = 0; j < sums.length; j++) {
      double expected = sums[j];
      for (int i = 0; i < rows && j >= offset && j < offset + cols; i++) {
        expected += d[i * cols + j - offset];
      }
      assertThat((double) got[j]).isCloseTo(expected, within(1e-5));
    }
  }

  @Property(tries = 50)
  void rowVectorIsAddedToEveryRow(
      @ForAll @IntRange(max = 6) int rows, @ForAll @IntRange(max = 9) int cols, @ForAll long seed) {
    float[] v = Samples.uniform(seed, 2 + cols);
    float[] z = Samples.uniform(seed + 1, rows * cols + 2);
    float[] got = z.clone();
    VectorMath.addRowVector(v, 2, got, rows, cols);
    for (int i = 0; i < z.length; i++) {
      assertThat(got[i]).isEqualTo(i < rows * cols ? z[i] + v[2 + i % cols] : z[i]);
    }
  }
}
