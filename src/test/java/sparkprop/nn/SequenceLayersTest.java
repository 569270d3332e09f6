package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseRows;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.ParameterKind;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Head;
import sparkprop.nn.loss.Heads;
import sparkprop.reference.Sample;

/** What layers on sequences are called, which shapes they make, what they refuse, and padding. */
@Tag("kernel")
class SequenceLayersTest {
  private static final Head HEAD = Heads.classification("crossEntropy", "auto", 3);

  private static Network network(String hidden, Shape input) {
    return Network.of(NetworkSpec.parse(hidden), input, HEAD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rnn(7)                                   | 50x32 | rnn(7)                             | 50x7
          RNN(units=7, Bidirectional=TRUE)         | 50x32 | rnn(7, bidirectional=true)         | 50x14
          lstm(7, false)                           | 50x32 | lstm(7)                            | 50x7
          lstm(7, truncate=10, bidirectional=true) | 50x32 | lstm(7, bidirectional=true, truncate=10) | 50x14
          gru(7, truncate=10)                      | 50x32 | gru(7, truncate=10)                | 50x7
          last                                     | 50x32 | last                               | 32
          embedding(100, width=8)                  | 50    | embedding(100, 8)                  | 50x8
          embedding(100, 8)                        | 50x1  | embedding(100, 8)                  | 50x8
          timeDelay(6, taps=4)                     | 50x32 | timeDelay(6, 4)                    | 50x6
          layernorm                                | 50x32 | layerNorm                          | 50x32
          layerNorm                                | 2x5x4 | layerNorm                          | 2x5x4
          """)
  void theirTextsAndShapes(String text, String input, String canonical, String output) {
    Network network = network(text, Shape.parse(input));
    Layer layer = network.layers().get(0);
    assertThat(network.text()).isEqualTo(canonical);
    assertThat(layer.text()).isEqualTo(canonical);
    assertThat(layer.output()).hasToString(output);
    assertThat(network(canonical, Shape.parse(input)).layers()).isEqualTo(network.layers());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rnn(7)                      | 50x32 | inputWeight 32x7, recurrentWeight 7x7, bias 7
          lstm(7)                     | 50x32 | inputWeight 32x28, recurrentWeight 7x28, bias 28
          gru(7)                      | 50x32 | inputWeight 32x21, recurrentWeight 7x21, bias 21, recurrentBias 7
          rnn(7, bidirectional=true)  | 50x32 | inputWeight 32x7, recurrentWeight 7x7, bias 7, reverseInputWeight 32x7, reverseRecurrentWeight 7x7, reverseBias 7
          embedding(100, 8)           | 50    | weight 100x8
          timeDelay(6, 4)             | 50x32 | weight 4x32x6, bias 6
          layerNorm                   | 50x32 | scale 32, bias 32
          layerNorm                   | 2x5x4 | scale 2x5x4, bias 2x5x4
          """)
  void theirParameters(String text, String input, String parameters) {
    Layer layer = network(text, Shape.parse(input)).layers().get(0);
    assertThat(layer.parameters().stream().map(p -> p.name() + " " + p.shape()).toList())
        .isEqualTo(List.of(parameters.split(", ", -1)));
  }

  @Test
  void recurrentWeightsAreWeightsOfTheirOwnKind() {
    ParameterLayout layout = network("gru(7)", Shape.of(5, 3)).layout();
    assertThat(layout.ofKind(ParameterKind.RECURRENT))
        .extracting(Parameter::name)
        .containsExactly("gru1.recurrentWeight");
    assertThat(layout.weights())
        .extracting(Parameter::name)
        .containsExactly("gru1.inputWeight", "gru1.recurrentWeight", "output.weight");
  }

  /** Uniform as PyTorch's, but for the forget gates, which start open. */
  @Test
  void whatTheyStartWith() {
    Engine engine = Engine.of("lstm(16)", Shape.of(5, 3), HEAD, "auto", 3);
    for (String name : List.of("lstm1.inputWeight", "lstm1.recurrentWeight")) {
      float[] weights = engine.piece(name, engine.weights());
      double largest = 0;
      for (float w : weights) {
        largest = Math.max(largest, Math.abs(w));
      }
      assertThat(largest).isBetween(0.2, 0.25);
    }
    float[] bias = engine.piece("lstm1.bias", engine.weights());
    for (int k = 0; k < 64; k++) {
      assertThat(bias[k]).isEqualTo(k / 16 == 1 ? 1f : 0f);
    }
    assertThat(Engine.of("lstm(2)", Shape.of(5, 3), HEAD, "zeros", 3))
        .satisfies(
            zeros ->
                assertThat(zeros.piece("lstm1.recurrentWeight", zeros.weights())).containsOnly(0f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "heNormal"})
  void theVectorOfPaddingIsZeroAndLearnsNothing(String weightInit) {
    Engine engine = Engine.of("embedding(5, 3) rnn(2)", Shape.of(4), HEAD, weightInit, 3);
    float[] vectors = engine.piece("embedding1.weight", engine.weights());
    assertThat(Arrays.copyOf(vectors, 3)).containsOnly(0f);
    assertThat(Arrays.copyOfRange(vectors, 3, 15)).doesNotContain(0f);
    Sample sample = Sample.of(new double[][] {{1, 0, 4, 0}}, new double[][] {{2}});
    float[] gradient =
        engine.piece("embedding1.weight", engine.accumulate(SampleSlice.dense(sample)).gradient());
    for (int k = 0; k < gradient.length; k++) {
      assertThat(gradient[k] != 0).as("%d", k).isEqualTo(k / 3 == 1 || k / 3 == 4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rnn(3)                    | 784     | Layer rnn(3) takes sequences of steps x features, but its input is of shape 784: set inputShape, '50x32' for example
          dense(9) lstm(3)          | 50x32   | Layer lstm(3) takes sequences of steps x features, but its input is of shape 9
          gru(3)                    | 1x28x28 | Layer gru(3) takes sequences of steps x features, but its input is of shape 1x28x28
          rnn(3) last last          | 5x2     | Layer last takes sequences of steps x features, but its input is of shape 3
          timeDelay(2, 2)           | 5       | Layer timeDelay(2, 2) takes sequences
          lstm(0)                   | 5x2     | units of lstm must be a whole number of at least 1, but '0' was found
          gru(3, truncate=0)        | 5x2     | truncate of gru must be a whole number of at least 1, but '0' was found
          gru(3, bidirectional=2)   | 5x2     | bidirectional of gru must be true or false, but '2' was found
          timeDelay(3)              | 5x2     | timeDelay needs a value for taps, as in timeDelay(units, taps)
          embedding(9, 2)           | 5x2     | Layer embedding(9, 2) takes rows of one number a step and stands first in the network, but its input is of shape 5x2.
          dense(5) embedding(9, 2)  | 5       | but its input is of shape 5 and from a layer.
          embedding(1, 2)           | 5       | vocabulary of embedding must be a whole number of at least 2, but '1' was found
          """)
  void whatTheyRefuse(String text, String input, String sentence) {
    assertThatThrownBy(() -> network(text, Shape.parse(input)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({"7, 7.0", "-1, -1.0", "2.5, 2.5", "1e9, 1.0E9"})
  void whatIsNoIndex(float value, String shown) {
    Network network = network("embedding(7, 2) last", Shape.of(3));
    Scorer scorer = new Scorer(network, new float[network.layout().size()]);
    String sentence =
        "Layer embedding(7, 2) takes whole numbers from 0 to 6, but a row has %s.".formatted(shown);
    assertThatThrownBy(() -> scorer.raw(new float[] {1, value, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
    assertThatThrownBy(() -> scorer.raw(3, new int[] {1}, new float[] {value}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
    assertThat(scorer.raw(new float[] {1, Float.NaN, 2})).containsOnly(0);
    assertThat(scorer.raw(new float[] {1, 2, Float.NaN})).containsOnly(Double.NaN);
  }

  @Test
  void aRowIsAsLongAsItsStepsThatAreNotAllZero() {
    float[] values = {
      1, 2, 3, 4, 5, 6, //
      0, 0, 0, 1, 0, 0, //
      0, 0, 0, 0, 0, 0, //
      1, 0, 0, 0, 0, 0, //
      0, 0, 0, 0, Float.NaN, 0
    };
    int[] expected = {3, 2, 1, 1, 3};
    DenseRows dense = DenseRows.of(5, 6, values);
    SparseRows sparse = new SparseRows(6);
    SparseRows withZeros = new SparseRows(6);
    SparseRows shifted = new SparseRows(6);
    shifted.setShift(new float[6]);
    for (int i = 0; i < 5; i++) {
      float[] row = Arrays.copyOfRange(values, 6 * i, 6 * i + 6);
      int[] columns = java.util.stream.IntStream.range(0, 6).filter(j -> row[j] != 0).toArray();
      float[] stored = new float[columns.length];
      for (int k = 0; k < stored.length; k++) {
        stored[k] = row[columns[k]];
      }
      sparse.append(columns, stored, 0, stored.length);
      shifted.append(columns, stored, 0, stored.length);
      withZeros.append(new int[] {0, 1, 2, 3, 4, 5}, row, 0, 6);
    }
    for (Rows rows : List.of(dense, sparse, withZeros, shifted)) {
      int[] lengths = new int[5];
      SequenceLengths.measure(rows, 3, lengths);
      assertThat(lengths).isEqualTo(expected);
    }
  }

  /** Rows of so many steps of two features, with a step of zeros in their middle. */
  private static Sample sample(int rows, int steps, int padding, boolean indices) {
    Random random = new Random(5);
    int width = indices ? 1 : 2;
    double[][] x = new double[rows][(steps + padding) * width];
    double[][] labels = new double[rows][1];
    for (int n = 0; n < rows; n++) {
      for (int i = 0; i < steps * width; i++) {
        boolean empty = i / width == 1;
        double value = indices ? 1 + random.nextInt(5) : (float) random.nextGaussian();
        x[n][i] = empty ? 0 : value;
      }
      labels[n][0] = random.nextInt(3);
    }
    return Sample.of(x, labels);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rnn(5) last",
        "lstm(5) last dense(4) tanh",
        "gru(5) last",
        "rnn(3, bidirectional=true) lstm(4, bidirectional=true) gru(3, bidirectional=true) last",
        "timeDelay(4, 3) softplus timeDelay(3, 2) last",
        "layerNorm softplus layerNorm lstm(3) last",
        "embedding(6, 3) gru(4, bidirectional=true) last",
        "tanh gru(3, truncate=2) softplus rnn(2, bidirectional=true, truncate=3) last"
      })
  void paddingChangesNeitherScoresNorGradients(String hidden) {
    boolean indices = hidden.startsWith("embedding");
    Sample plain = sample(40, 4, 0, indices);
    Sample padded = sample(40, 4, 3, indices);
    Engine shorter = Engine.of(hidden, indices ? Shape.of(4) : Shape.of(4, 2), HEAD, "auto", 9);
    Engine longer =
        Engine.of(hidden, indices ? Shape.of(7) : Shape.of(7, 2), HEAD, "auto", 1)
            .with(shorter.weights());
    GradientSum expected = shorter.accumulate(SampleSlice.dense(plain));
    for (SampleSlice slice : List.of(SampleSlice.dense(padded), SampleSlice.sparse(padded))) {
      GradientSum found = longer.accumulate(slice);
      assertThat(found.lossSum()).isCloseTo(expected.lossSum(), within(1e-5));
      for (int k = 0; k < expected.gradient().length; k++) {
        assertThat(found.gradient()[k]).isCloseTo(expected.gradient()[k], within(2e-5f));
      }
    }
    Scorer shortScorer = new Scorer(shorter.network(), shorter.weights());
    Scorer longScorer = new Scorer(longer.network(), longer.weights());
    for (int n = 0; n < plain.rows(); n++) {
      assertThat(longScorer.raw(floats(padded.x()[n])))
          .containsExactly(shortScorer.raw(floats(plain.x()[n])), within(1e-6));
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Also where the layer below leaves something in the padding, and the one above a delta. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rnn(3)",
        "lstm(3)",
        "gru(3)",
        "lstm(3, bidirectional=true)",
        "gru(3, bidirectional=true)",
        "timeDelay(3, 2)",
        "layerNorm"
      })
  void behindARowsLengthAreZerosAndNoDeltas(String text) {
    Shape shape = Shape.of(5, 2);
    Network network = network(text, shape);
    float[] weights = Initialisation.draw(network, "auto", 3);
    Layer layer = network.layers().get(0);
    LayerPass pass = layer.newPass(network.layout().offsets(0), 2);
    float[] x = new float[20];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(i + 1);
    }
    int[] lengths = {3, 5};
    RowContext context = new RowContext(true, 0, new long[2], new float[] {1, 1}, lengths);
    DenseRows out = pass.forward(weights, DenseRows.of(2, 10, x), context).dense();
    float[] ones = new float[2 * out.cols()];
    Arrays.fill(ones, 1f);
    for (int j = 0; j < ones.length / 2; j += 3) {
      ones[j] = 2f;
      ones[ones.length / 2 + j] = 2f;
    }
    DenseRows below =
        pass.backward(
            weights,
            DenseRows.of(2, out.cols(), ones),
            new float[network.layout().trainableSize()],
            true);
    for (DenseRows rows : List.of(out, below)) {
      int width = rows.cols() / 5;
      for (int k = 0; k < 2 * rows.cols(); k++) {
        boolean padding = k < rows.cols() && k / width >= 3;
        if (padding) {
          assertThat(rows.values()[k]).as("%d", k).isZero();
        } else if (!text.equals("layerNorm")) {
          assertThat(rows.values()[k]).as("%d", k).isNotZero();
        }
      }
    }
  }

  @Test
  void truncationCutsTheGradientAlone() {
    SampleSlice slice = SampleSlice.dense(sample(20, 6, 0, false));
    GradientSum whole = truncated("lstm(4) last", slice);
    GradientSum uncut = truncated("lstm(4, truncate=6) last", slice);
    GradientSum cut = truncated("lstm(4, truncate=5) last", slice);
    assertThat(uncut.gradient()).isEqualTo(whole.gradient());
    assertThat(cut.lossSum()).isEqualTo(whole.lossSum());
    assertThat(cut.gradient()).isNotEqualTo(whole.gradient());
  }

  private static GradientSum truncated(String hidden, SampleSlice slice) {
    return Engine.of(hidden, Shape.of(6, 2), HEAD, "auto", 9).accumulate(slice);
  }

  /**
   * Within a fifth of what the pass allocates, so that chunks fit the memory they are meant for.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rnn(16)                      | 40x8
          lstm(16)                     | 40x8
          gru(16, bidirectional=true)  | 40x8
          timeDelay(16, 3)             | 40x8
          embedding(50, 16)            | 40
          layerNorm                    | 40x8
          """)
  void theyTakeTheMemoryTheySay(String text, String input) {
    Network network = network(text, Shape.parse(input));
    Layer layer = network.layers().get(0);
    float[] weights = Initialisation.draw(network, "auto", 3);
    float[] gradient = new float[network.layout().trainableSize()];
    int rows = 200;
    DenseRows x =
        DenseRows.of(rows, network.numFeatures(), new float[rows * network.numFeatures()]);
    Arrays.fill(x.values(), 1f);
    DenseRows delta = new DenseRows(rows, layer.output().size());
    delta.setRows(rows);
    int[] lengths = new int[rows];
    Arrays.fill(lengths, 40);
    RowContext context = new RowContext(true, 0, new long[rows], new float[rows], lengths);
    long once = 0;
    long again = 0;
    for (int round = 0; round < 2; round++) {
      long before = allocated();
      LayerPass pass = layer.newPass(network.layout().offsets(0), rows);
      pass.forward(weights, x, context);
      pass.backward(weights, delta, gradient, true);
      long first = allocated();
      pass.forward(weights, x, context);
      pass.backward(weights, delta, gradient, true);
      again = allocated() - first;
      once = first - before;
    }
    // What a second trip allocates is rubbish at once.
    assertThat((once - again) / 4.0 / rows)
        .isCloseTo((double) layer.workspace(), within(0.2 * layer.workspace()));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
