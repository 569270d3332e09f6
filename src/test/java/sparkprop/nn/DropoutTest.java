package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseRows;
import sparkprop.nn.layer.Dropout;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.reference.NetworkCases;
import sparkprop.reference.Sample;

/**
 * What dropout's randomness hangs on (seed, pass, mini-batch, layer, row, unit), and on nothing
 * else.
 */
class DropoutTest {
  private static final int WIDTH = 33;
  private static final Moment MOMENT = new Moment(11, 3, 4);

  /** The layer's factors for some rows: what it makes of ones. */
  private static float[][] factors(double p, int position, Moment moment, long... rowNumbers) {
    float[] ones = new float[rowNumbers.length * WIDTH];
    Arrays.fill(ones, 1);
    DenseRows rows = DenseRows.of(rowNumbers.length, WIDTH, ones);
    Rows out =
        new Dropout(p, Shape.of(WIDTH), Position.of(position))
            .newPass(new int[0], rowNumbers.length)
            .forward(new float[0], rows, context(true, moment, rowNumbers));
    float[][] factors = new float[rowNumbers.length][];
    for (int n = 0; n < factors.length; n++) {
      factors[n] = Arrays.copyOfRange(out.dense().values(), n * WIDTH, (n + 1) * WIDTH);
    }
    return factors;
  }

  private static RowContext context(boolean training, Moment moment, long... rowNumbers) {
    return new RowContext(training, moment.key(), rowNumbers, new float[rowNumbers.length]);
  }

  private static long[] numbers(int count) {
    long[] numbers = new long[count];
    Arrays.setAll(numbers, n -> n);
    return numbers;
  }

  @Test
  void aRowsMaskIsTheSameInAnyCompany() {
    float[][] alone = factors(0.4, 2, MOMENT, 17);
    float[][] among = factors(0.4, 2, MOMENT, 3, 1L << 40, 17, 16);
    assertThat(among[2]).isEqualTo(alone[0]);
    assertThat(factors(0.4, 2, MOMENT, 1L << 40)[0]).isEqualTo(among[1]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.9})
  void theDroppedShareIsP(double p) {
    int rows = 4000;
    int dropped = 0;
    for (float[] row : factors(p, 0, MOMENT, numbers(rows))) {
      for (float factor : row) {
        assertThat(factor).isIn(0f, (float) (1 / (1 - p)));
        dropped += factor == 0 ? 1 : 0;
      }
    }
    double n = (double) rows * WIDTH;
    // Four standard deviations of a binomial share.
    assertThat(dropped / n).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / n)));
  }

  @Test
  void everyUnitIsDroppedAsOften() {
    int rows = 4000;
    float[][] factors = factors(0.3, 0, MOMENT, numbers(rows));
    for (int j = 0; j < WIDTH; j++) {
      int unit = j;
      double share = Arrays.stream(factors).filter(row -> row[unit] == 0).count() / (double) rows;
      assertThat(share).as("unit %d", j).isCloseTo(0.3, within(5 * Math.sqrt(0.21 / rows)));
    }
  }

  @Test
  void seedsPassesMiniBatchesLayersRowsAndUnitsDrawForThemselves() {
    float[][] base = factors(0.5, 2, MOMENT, numbers(300));
    assertIndependent(base, factors(0.5, 2, new Moment(12, 3, 4), numbers(300)));
    assertIndependent(base, factors(0.5, 2, new Moment(11, 4, 4), numbers(300)));
    assertIndependent(base, factors(0.5, 2, new Moment(11, 3, 5), numbers(300)));
    assertIndependent(base, factors(0.5, 2, new Moment(11, 4, 3), numbers(300)));
    assertIndependent(base, factors(0.5, 3, MOMENT, numbers(300)));
    assertIndependent(base, mapped(base, n -> base[(n + 1) % base.length]));
    assertIndependent(base, mapped(base, n -> rotated(base[n], 1)));
    assertIndependent(base, mapped(base, n -> rotated(base[n], 2)));
  }

  private static float[][] mapped(float[][] base, Function<Integer, float[]> row) {
    float[][] mapped = new float[base.length][];
    Arrays.setAll(mapped, row::apply);
    return mapped;
  }

  private static float[] rotated(float[] row, int by) {
    float[] rotated = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      rotated[j] = row[(j + by) % row.length];
    }
    return rotated;
  }

  /** Two fair masks agree in half of their places. */
  private static void assertIndependent(float[][] a, float[][] b) {
    int agree = 0;
    for (int n = 0; n < a.length; n++) {
      for (int j = 0; j < WIDTH; j++) {
        agree += a[n][j] == b[n][j] ? 1 : 0;
      }
    }
    double n = (double) a.length * WIDTH;
    assertThat(agree / n).isCloseTo(0.5, within(5 * Math.sqrt(0.25 / n)));
  }

  @Test
  void scoringPassesEverythingUnchanged() {
    float[] values = new float[2 * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 - 0.5f;
    }
    Rows out =
        new Dropout(0.7, Shape.of(WIDTH), Position.of(0))
            .newPass(new int[0], 2)
            .forward(
                new float[0], DenseRows.of(2, WIDTH, values.clone()), context(false, MOMENT, 0, 1));
    assertThat(out.dense().values()).startsWith(values);
  }

  /** A row's loss is the same alone, in another order, in another slice, and stored sparse. */
  @Test
  void aRowsLossHangsOnTheRowAlone() {
    Engine engine =
        Engine.of(
            "dropout(0.5) dense(9) tanh dropout(0.4)",
            WIDTH,
            Heads.classification("crossEntropy", "softmax", 3),
            "heUniform",
            1);
    Random random = new Random(5);
    Sample sample = NetworkCases.scattered(sample(random, 900), random);
    double whole = engine.accumulate(SampleSlice.dense(sample), MOMENT).lossSum();
    double oneByOne = 0;
    for (int n = 0; n < sample.rows(); n++) {
      Sample row = sample.rows(n, n + 1);
      double alone = engine.accumulate(SampleSlice.dense(row), MOMENT).lossSum();
      assertThat(engine.accumulate(SampleSlice.sparse(row), MOMENT).lossSum())
          .isCloseTo(alone, within(1e-6 * alone));
      oneByOne += alone;
    }
    assertThat(whole).isCloseTo(oneByOne, within(1e-6 * oneByOne));

    int[] backwards = new int[sample.rows()];
    Arrays.setAll(backwards, i -> sample.rows() - 1 - i);
    Sample turned = sample.rows(backwards);
    assertThat(engine.accumulate(SampleSlice.dense(turned), MOMENT).lossSum())
        .isCloseTo(whole, within(1e-6 * whole));
    double otherPass = engine.accumulate(SampleSlice.dense(sample), new Moment(11, 4, 4)).lossSum();
    assertThat(Math.abs(otherPass - whole)).isGreaterThan(1e-4 * whole);
  }

  /** Also where many features would make that tempting to forget: every chunk counts them. */
  @Test
  void sparseRowsStaySparseUnlessTheyAreShifted() {
    SparseRows rows = new SparseRows(WIDTH);
    rows.append(new int[] {1, 5, 30}, new float[] {1, 2, 3}, 0, 3);
    Dropout dropout = new Dropout(0.5, Shape.of(WIDTH), Position.of(0));
    RowContext context = context(true, MOMENT, 17);
    Rows out = dropout.newPass(new int[0], 1).forward(new float[0], rows, context);
    assertThat(out).isInstanceOf(SparseRows.class);
    float[] spread = out.dense().values().clone();
    float[] factors = factors(0.5, 0, MOMENT, 17)[0];
    for (int j = 0; j < WIDTH; j++) {
      assertThat(spread[j]).isEqualTo(rows.dense().values()[j] * factors[j]);
    }

    float[] shift = new float[WIDTH];
    Arrays.fill(shift, 1);
    rows.setShift(shift);
    Rows shifted = dropout.newPass(new int[0], 1).forward(new float[0], rows, context);
    assertThat(shifted).isInstanceOf(DenseRows.class);
    for (int j = 0; j < WIDTH; j++) {
      assertThat(shifted.dense().values()[j]).isEqualTo(rows.dense().values()[j] * factors[j]);
    }
  }

  /** Shifted sparse rows are spread out, masked and kept: three floats for each feature. */
  @Test
  void theMemoryOfSpreadRowsIsCounted() {
    int features = 100_000;
    Network network =
        Engine.of(
                "dropout(0.5) dense(1)",
                features,
                Heads.classification("crossEntropy", "softmax", 2),
                "zeros",
                1)
            .network();
    assertThat(network.chunkRows()).isEqualTo((1 << 22) / features);
    assertThat(network.trainingBytes(1000, true))
        .isGreaterThan(4L * 3 * features * network.chunkRows());
  }

  private static Sample sample(Random random, int rows) {
    double[][] x = new double[rows][WIDTH];
    double[][] labels = new double[rows][1];
    for (int n = 0; n < rows; n++) {
      for (int i = 0; i < WIDTH; i++) {
        x[n][i] = random.nextInt(3) == 0 ? (float) random.nextGaussian() : 0;
      }
      labels[n][0] = random.nextInt(3);
    }
    return Sample.of(x, labels);
  }
}
