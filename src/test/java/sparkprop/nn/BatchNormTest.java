package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.nn.loss.Heads;
import sparkprop.reference.ReferenceHead;
import sparkprop.reference.ReferenceNetwork;
import sparkprop.reference.ReferenceText;
import sparkprop.reference.Sample;

/** How batchNorm's statistics are taken, merged over slices and followed. */
class BatchNormTest {
  private static final int FEATURES = 5;
  private static final String HIDDEN = "dense(4) batchNorm tanh";

  private final Random random = new Random(8);

  private static Engine engine(String hidden) {
    return Engine.of(
        hidden, FEATURES, Heads.classification("crossEntropy", "softmax", 3), "heUniform", 1);
  }

  private Sample sample(int rows, double offset) {
    double[][] x = new double[rows][FEATURES];
    double[][] labels = new double[rows][1];
    for (int n = 0; n < rows; n++) {
      for (int i = 0; i < FEATURES; i++) {
        x[n][i] = (float) (offset + random.nextGaussian());
      }
      labels[n][0] = random.nextInt(3);
    }
    return Sample.of(x, labels);
  }

  /** Running statistics after one mini-batch in these slices. */
  private static float[] absorbed(Engine engine, Sample... slices) {
    GradientSum sum = engine.network().newGradientSum();
    for (Sample slice : slices) {
      sum.add(engine.accumulate(SampleSlice.dense(slice)));
    }
    float[] weights = engine.weights().clone();
    engine.network().absorb(sum, weights);
    return weights;
  }

  /**
   * Straight on the features, so that nothing but their float32 values goes in: the merged mean and
   * variance are those of all rows together to the last bit but one, even where the mean is large
   * beside the deviation.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1000})
  void slicesMergeToTheStatisticsOfAllRows(double offset) {
    Engine engine = engine("batchNorm dense(2) tanh");
    Sample all = sample(1000, offset);
    double[] rowWeights = IntStream.range(0, 1000).mapToDouble(n -> 0.5 + n % 3).toArray();
    Sample weighted = all.withWeights(rowWeights);
    float[] after =
        absorbed(engine, weighted.rows(0, 3), weighted.rows(3, 700), weighted.rows(700, 1000));

    for (int j = 0; j < FEATURES; j++) {
      double weightSum = Arrays.stream(rowWeights).sum();
      double mean = 0;
      for (int n = 0; n < 1000; n++) {
        mean += rowWeights[n] * all.x()[n][j] / weightSum;
      }
      double variance = 0;
      for (int n = 0; n < 1000; n++) {
        variance += rowWeights[n] * Math.pow(all.x()[n][j] - mean, 2) / weightSum;
      }
      // A tenth of the way from 0 and from 1; the unbiasing factor counts rows.
      double runningMean = 0.1 * mean;
      double runningVariance = 0.9 + 0.1 * variance * 1000 / 999;
      assertThat((double) engine.piece("batchNorm1.runningMean", after)[j])
          .isCloseTo(runningMean, within(Math.ulp((float) runningMean) * 1.0));
      assertThat((double) engine.piece("batchNorm1.runningVariance", after)[j])
          .isCloseTo(runningVariance, within(Math.ulp((float) runningVariance) * 1.0));
    }
  }

  @Test
  void runningStatisticsFollowAsTheReferencesDo() {
    Engine engine = engine("batchNorm dense(4) batchNorm tanh");
    ReferenceNetwork reference =
        ReferenceText.network(
            "batchNorm dense(4) batchNorm tanh",
            new int[] {FEATURES},
            ReferenceHead.classification("crossEntropy", "softmax", 3),
            ReferenceText.Masks.NONE);
    engine.copyTo(reference);
    Engine trained = engine;
    for (int step = 0; step < 5; step++) {
      Sample batch = sample(20 + step, 1);
      reference.train(batch);
      reference.absorb();
      trained = trained.with(absorbed(trained, batch));
    }
    float[] weights = trained.weights();
    reference
        .statistics()
        .forEach(
            (name, values) -> {
              float[] found = engine.piece(name, weights);
              for (int j = 0; j < values.length; j++) {
                assertThat((double) found[j]).as(name).isCloseTo(values[j], within(1e-6));
              }
            });
    Sample unseen = sample(600, 1);
    double loss = reference.scoredLoss(unseen);
    assertThat(trained.evaluate(SampleSlice.dense(unseen)).lossSum())
        .isCloseTo(loss, within(1e-5 * loss));
  }

  @Test
  void aRowOfWeightTwoCountsLikeTwoRows() {
    Engine engine = engine(HIDDEN);
    Sample rows = sample(30, 0);
    double[] weights = new double[30];
    Arrays.fill(weights, 1);
    weights[4] = 2;
    weights[9] = 2;
    int[] copies = IntStream.concat(IntStream.range(0, 30), IntStream.of(4, 9)).toArray();
    GradientSum weighted = engine.accumulate(SampleSlice.dense(rows.withWeights(weights)));
    GradientSum copied = engine.accumulate(SampleSlice.dense(rows.rows(copies)));

    assertThat(weighted.lossSum()).isCloseTo(copied.lossSum(), within(1e-5));
    assertThat(weighted.weightSum()).isEqualTo(copied.weightSum());
    for (int i = 0; i < weighted.gradient().length; i++) {
      assertThat(weighted.gradient()[i]).isCloseTo(copied.gradient()[i], within(1e-4f));
    }
    float[] afterWeighted = absorbed(engine, rows.withWeights(weights));
    float[] afterCopied = absorbed(engine, rows.rows(copies));
    assertThat(engine.piece("batchNorm1.runningMean", afterWeighted))
        .containsExactly(engine.piece("batchNorm1.runningMean", afterCopied), within(1e-6f));
    // Only the unbiasing factor n / (n - 1) counts rows.
    float[] varianceWeighted = engine.piece("batchNorm1.runningVariance", afterWeighted);
    float[] varianceCopied = engine.piece("batchNorm1.runningVariance", afterCopied);
    for (int j = 0; j < varianceCopied.length; j++) {
      double biased = (varianceCopied[j] - 0.9) / 0.1 * 31 / 32;
      assertThat((double) varianceWeighted[j])
          .isCloseTo(0.9 + 0.1 * biased * 30 / 29, within(1e-6));
    }
  }

  @Test
  void aSliceLargerThanAChunkIsNormalisedWhole() {
    Engine engine = engine(HIDDEN);
    assertThat(engine.network().couplesRows()).isTrue();
    assertThat(engine("dense(4) tanh").network().couplesRows()).isFalse();
    // The first chunk's rows lie elsewhere, so statistics by chunk would be quite different.
    Sample low = sample(engine.network().chunkRows(), 0);
    Sample high = sample(300, 4);
    double[][] x = concat(low.x(), high.x());
    double[][] targets = concat(low.targets(), high.targets());
    Sample both = Sample.of(x, targets);
    ReferenceNetwork reference =
        ReferenceText.network(
            HIDDEN,
            new int[] {FEATURES},
            ReferenceHead.classification("crossEntropy", "softmax", 3),
            ReferenceText.Masks.NONE);
    engine.copyTo(reference);
    double loss = reference.loss(both);
    assertThat(engine.accumulate(SampleSlice.dense(both)).lossSum())
        .isCloseTo(loss, within(1e-5 * loss));
    double apart = reference.loss(low) + reference.loss(high);
    assertThat(Math.abs(apart - loss)).isGreaterThan(0.01 * loss);
  }

  private static double[][] concat(double[][] first, double[][] second) {
    double[][] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
