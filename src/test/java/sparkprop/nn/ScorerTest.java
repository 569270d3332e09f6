package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ScorerTest {
  private final Scorer scorer = SavedNetworkTest.network("dense(8) relu", 4).scorer();

  private static float[] row(int i) {
    return new float[] {i, 0f, -0.5f * i};
  }

  @Test
  void sparseRowsScoreLikeDenseOnes() {
    for (int i = 0; i < 20; i++) {
      double[] dense = scorer.raw(row(i));
      double[] sparse = scorer.raw(3, new int[] {0, 2}, new float[] {i, -0.5f * i});
      assertThat(sparse).containsExactly(dense, Offset.offset(1e-5 * (1 + i)));
    }
  }

  /** Rows of one thread must not end in another's buffers. */
  @Test
  void threadsShareIt() {
    double[][] alone =
        IntStream.range(0, 200).mapToObj(i -> scorer.raw(row(i))).toArray(double[][]::new);
    for (int repeat = 0; repeat < 20; repeat++) {
      double[][] together =
          IntStream.range(0, 200)
              .parallel()
              .mapToObj(i -> scorer.raw(row(i)))
              .toArray(double[][]::new);
      assertThat(together).isDeepEqualTo(alone);
    }
  }

  /** Not even where all weights of the feature are 0, whatever provider multiplies. */
  @Test
  @Tag("kernel")
  void aFeatureThatIsNoNumberMakesAllOutputsNone() {
    assertThat(scorer.raw(new float[] {Float.NaN, 1, 1})).containsOnly(Double.NaN);
    assertThat(scorer.raw(3, new int[] {1}, new float[] {Float.NaN})).containsOnly(Double.NaN);
    assertThat(scorer.raw(new float[] {1, 2, 3})).doesNotContain(Double.NaN);
    Scorer zeros = new Scorer(scorer.network(), new float[scorer.network().layout().size()]);
    assertThat(zeros.raw(new float[] {1, Float.NaN, 1})).containsOnly(Double.NaN);
  }

  @Test
  void oneOutputThatIsNoNumberMakesAllNone() {
    Network linear = SavedNetworkTest.network("", 2).network();
    // Class 0 sums infinity and minus infinity, class 1 infinity twice.
    Scorer difference = new Scorer(linear, new float[] {1, 1, -1, 1, 0, 0, 0, 0});
    float infinity = Float.POSITIVE_INFINITY;
    assertThat(difference.raw(new float[] {infinity, infinity, 0})).containsOnly(Double.NaN);
    assertThat(difference.raw(new float[] {2, 1, 0})).containsExactly(1, 3);
  }

  /** Softmax of an infinite output is NaN: the class would have no probability. */
  @Test
  @Tag("kernel")
  void anInfiniteOutputMakesAllNone() {
    Network linear = SavedNetworkTest.network("", 2).network();
    Scorer first = new Scorer(linear, new float[] {2, 0, 0, 0, 0, 0, 0, 0});
    assertThat(first.raw(new float[] {Float.MAX_VALUE, 1, 1})).containsOnly(Double.NaN);
    assertThat(first.raw(new float[] {Float.POSITIVE_INFINITY, 1, 1})).containsOnly(Double.NaN);
    assertThat(first.raw(3, new int[] {0}, new float[] {Float.NEGATIVE_INFINITY}))
        .containsOnly(Double.NaN);
    assertThat(first.raw(new float[] {1e38f, 1, 1})).containsExactly(2e38f, 0);
  }

  @Test
  void refusesEntriesOutOfOrder() {
    assertThatThrownBy(() -> scorer.raw(3, new int[] {2, 0}, new float[] {1f, 1f}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The columns of a sparse row must ascend, but 0 follows 2.");
    assertThat(scorer.raw(3, new int[] {0, 2}, new float[] {1f, 1f})).doesNotContain(Double.NaN);
  }

  @Test
  void refusesRowsOfAnotherSize() {
    assertThatThrownBy(() -> scorer.raw(4, new int[] {1}, new float[] {1f}))
        .hasMessage("The network expects vectors of 3 features, but found one of 4.");
  }

  @Test
  void travels() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(scorer);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Scorer there = (Scorer) in.readObject();
      assertThat(there.raw(row(3))).containsExactly(scorer.raw(row(3)));
    }
  }
}
