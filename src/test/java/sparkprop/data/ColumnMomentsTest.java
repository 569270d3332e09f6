package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

class ColumnMomentsTest {

  /** Columns: ordinary, far from 0 with a small spread, mostly 0, constant, always 0. */
  private static double[][] rows(int count, Random random) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] =
          new double[] {
            random.nextGaussian(),
            1e9 + random.nextInt(3),
            random.nextInt(10) == 0 ? random.nextDouble() : 0,
            0.1,
            0
          };
    }
    return rows;
  }

  private static ColumnMoments moments(double[][] rows, double[] weights, int from, int to) {
    ColumnMoments moments = new ColumnMoments(5);
    NonZeros nonZeros = new NonZeros();
    for (int i = from; i < to; i++) {
      nonZeros.load(i % 2 == 0 ? Vectors.dense(rows[i]) : Vectors.dense(rows[i]).toSparse());
      moments.add(nonZeros, weights[i]);
    }
    return moments;
  }

  @Test
  void agreesWithTwoPassesOverTheRows() {
    Random random = new Random(7);
    double[][] rows = rows(1000, random);
    double[] weights = random.doubles(rows.length, 0.1, 5).toArray();
    ColumnMoments moments = moments(rows, weights, 0, 100);
    moments.add(moments(rows, weights, 100, 100));
    moments.add(moments(rows, weights, 100, 1000));

    for (int j = 0; j < 5; j++) {
      double weightSum = 0;
      double mean = 0;
      for (int i = 0; i < rows.length; i++) {
        weightSum += weights[i];
        // Subtracting a constant near the mean keeps this sum as exact as it gets.
        mean += weights[i] * (rows[i][j] - rows[0][j]);
      }
      mean = rows[0][j] + mean / weightSum;
      double variance = 0;
      for (int i = 0; i < rows.length; i++) {
        variance += weights[i] * (rows[i][j] - mean) * (rows[i][j] - mean) / weightSum;
      }
      assertThat(moments.means()[j]).isCloseTo(mean, within(1e-14 + 1e-15 * Math.abs(mean)));
      assertThat(moments.deviations()[j])
          .isCloseTo(Math.sqrt(variance), within(1e-6 * Math.sqrt(variance)));
    }
    assertThat(moments.deviations()[3]).as("constant column").isZero();
    assertThat(moments.means()[3]).isEqualTo(0.1);
    assertThat(moments.deviations()[4]).isZero();
  }

  @Test
  void weightCountsAsCopies() {
    NonZeros row = new NonZeros();
    ColumnMoments weighted = new ColumnMoments(1);
    ColumnMoments copied = new ColumnMoments(1);
    for (int i = 1; i <= 4; i++) {
      row.load(Vectors.dense(i));
      weighted.add(row, i);
      for (int copy = 0; copy < i; copy++) {
        copied.add(row, 1);
      }
    }
    assertThat(weighted.means()[0]).isCloseTo(copied.means()[0], within(1e-14));
    assertThat(weighted.deviations()[0]).isCloseTo(copied.deviations()[0], within(1e-14));
    assertThat(weighted.deviations()[0]).isCloseTo(1.0, within(1e-14));
  }
}
