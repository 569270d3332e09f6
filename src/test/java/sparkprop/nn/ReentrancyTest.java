package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.reference.NetworkCases;
import sparkprop.reference.Sample;

/** One network may be used by many threads, and a workspace leaves nothing behind. */
@Tag("kernel")
class ReentrancyTest {
  private static final int FEATURES = 20;
  private static final int ROUNDS = 20;

  private static Engine engine(String hidden) {
    return Engine.of(
        hidden,
        hidden.contains("last") ? Shape.of(4, 5) : Shape.of(1, 4, 5),
        Heads.classification("crossEntropy", "softmax", 4),
        "heUniform",
        3);
  }

  /** Slices of several sizes, more and less than a chunk. */
  private static List<SampleSlice> slices(long seed) {
    Random random = new Random(seed);
    List<SampleSlice> slices = new ArrayList<>();
    for (int rows : new int[] {700, 3, 512, 64, 1200, 2}) {
      double[][] x = new double[rows][FEATURES];
      double[][] labels = new double[rows][1];
      for (int n = 0; n < rows; n++) {
        for (int i = 0; i < FEATURES; i++) {
          x[n][i] = (float) random.nextGaussian();
        }
        // A sequence of four steps is now and then one of three.
        Arrays.fill(x[n], random.nextInt(4) == 0 ? 15 : FEATURES, FEATURES, 0);
        labels[n][0] = random.nextInt(4);
      }
      slices.add(SampleSlice.dense(NetworkCases.scattered(Sample.of(x, labels), random)));
    }
    return slices;
  }

  /** Each slice's sum, in one workspace, again and again. */
  private static List<GradientSum> sums(Engine engine, List<SampleSlice> slices, int rounds) {
    Workspace workspace = engine.network().newWorkspace(false);
    List<GradientSum> sums = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (SampleSlice slice : slices) {
        GradientSum sum = engine.network().newGradientSum();
        engine.network().accumulate(engine.weights(), slice, Engine.MOMENT, workspace, sum);
        sums.add(sum);
      }
    }
    return sums;
  }

  private static void assertSameBits(List<GradientSum> found, List<GradientSum> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).gradient()).isEqualTo(expected.get(i).gradient());
      assertThat(found.get(i).statistics()).isEqualTo(expected.get(i).statistics());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dense(30) gelu dropout(0.3) dense(20) tanh",
        "dense(30) batchNorm mish dropout(0.3)",
        "conv(3, 2x2) gelu maxPool(2, stride=1) depthwiseConv(2x1, padding=1) dropout(0.3) avgPool(2)",
        "lstm(4, bidirectional=true) dropout(0.3) gru(3) rnn(3) last",
        "timeDelay(4, 3) tanh layerNorm dropout(0.3) last"
      })
  void twoThreadsGetTheBitsOfOneAfterTheOther(String hidden) throws Exception {
    Engine engine = engine(hidden);
    List<SampleSlice> first = slices(1);
    List<SampleSlice> second = slices(2);
    List<GradientSum> firstAlone = sums(engine, first, ROUNDS);
    List<GradientSum> secondAlone = sums(engine, second, ROUNDS);

    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<List<GradientSum>> firstBeside = threads.submit(together(start, engine, first));
      Future<List<GradientSum>> secondBeside = threads.submit(together(start, engine, second));
      assertSameBits(firstBeside.get(), firstAlone);
      assertSameBits(secondBeside.get(), secondAlone);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<List<GradientSum>> together(
      CyclicBarrier start, Engine engine, List<SampleSlice> slices) {
    return () -> {
      start.await();
      return sums(engine, slices, ROUNDS);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dropout(0.2) dense(9) gelu dropout(0.3)",
        "dense(9) batchNorm mish dense(3) batchNorm",
        "dropout(0.2) conv(3, 2x2) tanh maxPool(2, padding=1) depthwiseConv(2x1) globalAvgPool",
        "dropout(0.2) gru(4, bidirectional=true) lstm(3) rnn(4, bidirectional=true) last",
        "layerNorm timeDelay(3, 2) tanh timeDelay(4, 3) layerNorm last"
      })
  void aUsedWorkspaceGivesTheBitsOfANewOne(String hidden) {
    Engine engine = engine(hidden);
    List<GradientSum> fresh = new ArrayList<>();
    for (SampleSlice slice : slices(1)) {
      fresh.add(engine.accumulate(slice));
    }
    assertSameBits(sums(engine, slices(1), 1), fresh);
  }

  @Test
  void whatIsThereAlreadyIsAddedTo() {
    Engine engine = engine("dense(5) tanh");
    SampleSlice slice = slices(1).get(1);
    GradientSum once = engine.accumulate(slice);
    GradientSum twice = engine.accumulate(slice);
    Workspace workspace = engine.network().newWorkspace(false);
    engine.network().accumulate(engine.weights(), slice, Engine.MOMENT, workspace, twice);
    for (int i = 0; i < once.gradient().length; i++) {
      assertThat(twice.gradient()[i])
          .isCloseTo(
              2 * once.gradient()[i],
              org.assertj.core.data.Offset.offset(
                  1e-5f * Math.max(1, Math.abs(once.gradient()[i]))));
    }
    assertThat(twice.lossSum()).isEqualTo(2 * once.lossSum());
    assertThat(twice.rows()).isEqualTo(2 * once.rows());
  }

  @Test
  void aSliceWithoutRowsAddsNothing() {
    Engine engine = engine("dense(5) batchNorm tanh");
    GradientSum sum = engine.accumulate(SampleSlice.dense(slices(1).get(1).sample()).rows(0, 0));
    assertThat(sum.rows()).isZero();
    assertThat(sum.gradient()).containsOnly(0f);
    assertThat(sum.statistics()).containsOnly(0.0);
  }
}
