package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.nn.activation.Activations;
import sparkprop.nn.init.Initialisers;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.reference.NetworkCase;
import sparkprop.reference.NetworkCases;
import sparkprop.reference.ReferenceNetwork;
import sparkprop.reference.ReferenceText;
import sparkprop.reference.Sample;
import sparkprop.testing.Effort;

/**
 * The engine's loss, scores and every named gradient against the reference's, for the whole table
 * of networks. The engine computes in float32, so a piece is right if it agrees to 1e-5 of its
 * largest element. Where cancellation leaves little of it (a bias in front of batchNorm has no
 * effect at all; batchNorm of two rows leaves little but the signs), it may stray as far as the
 * reference strays when that rounds to 24 bits.
 */
@Tag("kernel")
class NetworkGradientTest {
  /** More than float32 rounding moves a weighted input. */
  private static final double MARGIN = 1e-5;

  /** How often each network of the table is drawn in each of its sizes. */
  private static final int ROUNDS = Effort.of(1, 25);

  private static final String LOSS = "the loss";

  /** How the features are stored. */
  private enum Storage {
    DENSE,
    SPARSE,
    SHIFTED
  }

  private record Trial(Engine engine, ReferenceNetwork reference, SampleSlice slice) {}

  static Stream<NetworkCase> cases() {
    return Stream.concat(NetworkCases.all(), NetworkCases.truncated());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreTheReferences(NetworkCase row) {
    Random random = new Random(row.toString().hashCode());
    // Alone, a few, more than one chunk of 512.
    int[][] bounds = {{row.fewestRows(), row.fewestRows()}, {2, 40}, {513, 700}};
    for (int round = 0; round < ROUNDS; round++) {
      for (int[] rows : bounds) {
        for (Storage storage : Storage.values()) {
          check(draw(row, rows[0] + random.nextInt(rows[1] - rows[0] + 1), storage, random));
        }
      }
    }
  }

  /** One feature and one unit in every hidden layer, which drawn widths hardly ever come to. */
  @ParameterizedTest
  @MethodSource("cases")
  void gradientsOfWidthOneAreTheReferences(NetworkCase row) {
    Random random = new Random(row.toString().hashCode() + 2);
    String narrow = row.narrow();
    for (Storage storage : Storage.values()) {
      check(draw(row, narrow, 30, 1, storage, random));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scoresAreTheReferences(NetworkCase row) {
    Random random = new Random(row.toString().hashCode() + 1);
    for (int round = 0; round < ROUNDS; round++) {
      for (int rows : new int[] {1, 1 + random.nextInt(40), 513 + random.nextInt(600)}) {
        for (Storage storage : Storage.values()) {
          checkScores(draw(row, rows, storage, random));
        }
      }
    }
  }

  private static void checkScores(Trial trial) {
    Sample sample = trial.slice.sample();
    Evaluation found = trial.engine.evaluate(trial.slice);
    double loss = trial.reference.scoredLoss(sample);
    assertThat(found.lossSum())
        .isCloseTo(loss, within(2e-6 * Math.abs(loss) + 1e-7 * found.weightSum()));
    assertThat(found.weightSum()).isEqualTo(sum(sample.weights()));
    assertThat(found.correctSum())
        .isCloseTo(trial.reference.correct(sample), within(1e-12 * found.weightSum()));
  }

  @Test
  void wideLayersGiveTheReferencesGradientsToo() {
    Random random = new Random(1);
    NetworkCase smooth =
        NetworkCases.all().filter(row -> row.network().contains("tanh")).findFirst().orElseThrow();
    for (String wide :
        List.of("dense(130) tanh dense(65) tanh", "dense(1) tanh dense(257) tanh dense(1) tanh")) {
      for (Storage storage : Storage.values()) {
        check(draw(smooth, wide, 1 + random.nextInt(80), 90, storage, random));
      }
    }
  }

  @Test
  void wideSequencesDoToo() {
    Random random = new Random(1);
    NetworkCase sequences = NetworkCases.ofShape("12x20");
    for (String wide :
        List.of(
            "lstm(33, bidirectional=true) gru(17) last",
            "gru(40) rnn(9, bidirectional=true) last",
            "timeDelay(40, 5) tanh timeDelay(7, 3) layerNorm last")) {
      for (Storage storage : Storage.values()) {
        check(draw(sequences, wide, 30 + random.nextInt(10), 0, storage, random));
      }
    }
  }

  @Test
  void theTableNamesEverythingThatATextCanName() {
    List<String> texts = NetworkCases.all().map(NetworkCase::toString).toList();
    Stream.of(
            Layers.VOCABULARY.names(),
            Activations.VOCABULARY.names(),
            Initialisers.VOCABULARY.names(),
            losses(() -> Heads.classification("zzzzzzzzzzzz", "auto", 3)),
            losses(() -> Heads.regression("zzzzzzzzzzzz", "auto", 3)))
        .flatMap(List::stream)
        .forEach(
            name ->
                assertThat(texts)
                    .as("a row of NetworkCases for %s", name)
                    .anyMatch(text -> text.matches(".*\\b" + name + "\\b.*")));
  }

  /** The names of a table that is not public: what its error says is known. */
  private static List<String> losses(Runnable read) {
    // A name is far from every known one, so that the error lists them all.
    String message = catchThrowable(read::run).getMessage();
    List<String> names =
        Pattern.compile("known are ([\\w, ]+)")
            .matcher(message)
            .results()
            .flatMap(found -> Pattern.compile(", ").splitAsStream(found.group(1)))
            .toList();
    assertThat(names).as(message).contains("squaredError");
    return names;
  }

  private static void check(Trial trial) {
    Sample sample = trial.slice.sample();
    GradientSum found = trial.engine.accumulate(trial.slice);
    assertThat(found.rows()).isEqualTo(sample.rows());
    assertThat(found.weightSum()).isEqualTo(sum(sample.weights()));

    Map<String, double[]> expected = lossAndGradient(trial);
    Map<String, Double> tooFar = new LinkedHashMap<>();
    double loss = expected.get(LOSS)[0];
    double lossError = Math.abs(found.lossSum() - loss);
    if (!(lossError <= 2e-6 * loss + 1e-7 * found.weightSum())) {
      tooFar.put(LOSS, lossError);
    }
    for (Parameter p : trial.engine.network().layout().parameters()) {
      if (p.kind().trainable()) {
        double[] piece = expected.get(p.name());
        double strayed = strayed(trial.engine.piece(p.name(), found.gradient()), piece);
        if (!(strayed <= 1e-5 * max(piece) + 1e-9 * found.weightSum())) {
          tooFar.put(p.name(), strayed);
        }
      }
    }
    if (!tooFar.isEmpty()) {
      Map<String, Double> wobble = wobble(trial, expected);
      tooFar.forEach(
          (name, strayed) ->
              assertThat(strayed)
                  .as(
                      "the largest error of %s on %d rows of %s, beside values of up to %s",
                      name, sample.rows(), trial.engine.network().text(), max(expected.get(name)))
                  .isLessThanOrEqualTo(32 * wobble.get(name)));
    }
  }

  /** The largest difference between an engine's piece and the reference's; NaN if there is one. */
  private static double strayed(float[] found, double[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - expected[i]));
    }
    return largest;
  }

  /** The most that loss and pieces of the gradient move when the reference rounds to 24 bits. */
  private static Map<String, Double> wobble(Trial trial, Map<String, double[]> exact) {
    Random random = new Random(2);
    Map<String, Double> most = new HashMap<>();
    trial.reference.roundBy(x -> x * (1 + 0x1p-24 * random.nextGaussian()));
    for (int draw = 0; draw < 3; draw++) {
      lossAndGradient(trial)
          .forEach(
              (name, piece) -> {
                for (int i = 0; i < piece.length; i++) {
                  most.merge(name, Math.abs(piece[i] - exact.get(name)[i]), Math::max);
                }
              });
    }
    return most;
  }

  /** The reference's, by the name of the parameter. */
  private static Map<String, double[]> lossAndGradient(Trial trial) {
    Map<String, double[]> copies = new HashMap<>();
    copies.put(LOSS, new double[] {trial.reference.loss(trial.slice.sample())});
    trial
        .reference
        .gradient(trial.slice.sample())
        .forEach((name, piece) -> copies.put(name, piece.clone()));
    return copies;
  }

  private static Trial draw(NetworkCase row, int rows, Storage storage, Random random) {
    int width = List.of(1, 2, 3, 9, 30).get(random.nextInt(5));
    return draw(row, row.text(random), rows, width, storage, random);
  }

  /** Weights and rows, redrawn until no weighted input is near a kink and no loss is huge. */
  private static Trial draw(
      NetworkCase row, String hidden, int rows, int width, Storage storage, Random random) {
    for (int tries = 0; tries < 1000; tries++) {
      Engine engine =
          Engine.of(
              hidden,
              Shape.of(row.shape(width)),
              Engine.head(row),
              row.weightInit(),
              random.nextLong());
      // Not only the constants that biases and scales start with.
      for (Parameter p : engine.network().layout().parameters()) {
        if (!p.kind().weighs()) {
          for (int i = p.offset(); i < p.offset() + p.size(); i++) {
            engine.weights()[i] += (float) (0.4 * random.nextDouble());
          }
        }
      }
      Sample sample =
          NetworkCases.scattered(
              NetworkCases.sample(row, rows, row.features(width), random), random);
      SampleSlice slice = slice(row, sample, storage, random);
      ReferenceNetwork reference =
          ReferenceText.network(
              hidden, row.shape(width), row.referenceHead(), Engine.masks(Engine.MOMENT));
      engine.copyTo(reference);
      double loss = reference.loss(slice.sample());
      if (loss < 100.0 * rows && !reference.nearKink(slice.sample(), MARGIN)) {
        return new Trial(engine, reference, slice);
      }
    }
    throw new IllegalStateException("Every draw came near a kink or had a huge loss.");
  }

  private static SampleSlice slice(NetworkCase row, Sample sample, Storage storage, Random random) {
    return switch (storage) {
      case DENSE -> SampleSlice.dense(sample);
      case SPARSE -> SampleSlice.sparse(sample);
      case SHIFTED -> {
        float[] shift = new float[sample.x()[0].length];
        for (int i = 0; i < shift.length; i++) {
          // Indices stay what they are.
          shift[i] = row.vocabulary() > 0 ? 0 : (float) random.nextGaussian();
        }
        yield SampleSlice.sparse(sample.minus(shift), shift);
      }
    };
  }

  private static double max(double[] values) {
    double max = 0;
    for (double value : values) {
      max = Math.max(max, Math.abs(value));
    }
    return max;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
