package sparkprop.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.nn.SavedNetwork;
import sparkprop.testing.Digits;
import sparkprop.testing.SharedSpark;

/** Models that earlier releases saved: each loads, and predicts what it predicted then. */
class SavedModelsTest {

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  static Stream<Path> models() throws IOException {
    try (Stream<Path> files = Files.walk(SavedModelMaker.ROOT, 3)) {
      return files
          .filter(file -> file.endsWith("expected.csv"))
          .map(Path::getParent)
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void thereIsSomethingToLoad() throws IOException {
    assertThat(models().map(SavedModelMaker.ROOT::relativize).map(Path::toString))
        .contains("0.1.0/digits", "0.1.0/parity");
  }

  /** The prediction, then the probabilities. */
  private static double[][] expected(Path model) throws IOException {
    return Files.readAllLines(model.resolve("expected.csv")).stream()
        .map(line -> Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  private static List<Row> digits() {
    return Digits.read(SharedSpark.session()).takeAsList(SavedModelMaker.ROWS);
  }

  @ParameterizedTest
  @MethodSource("models")
  void predictsWhatItPredictedThen(Path path) throws IOException {
    NeuralNetworkClassificationModel model =
        NeuralNetworkClassificationModel.load(path.toUri().toString());
    double[][] expected = expected(path);
    List<Row> digits = digits();
    assertThat(expected).hasDimensions(SavedModelMaker.ROWS, 1 + model.numClasses());
    for (int i = 0; i < expected.length; i++) {
      Vector pixels = digits.get(i).getAs("features");
      assertThat(model.predict(pixels)).isEqualTo(expected[i][0]);
      assertThat(model.predictProbability(pixels).toArray())
          .containsExactly(
              Arrays.copyOfRange(expected[i], 1, expected[i].length), Offset.offset(1e-5));
    }
    assertThat(model.summary().totalIterations()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("models")
  void scoresInPlainJava(Path path) throws IOException {
    SavedNetwork network = SavedNetwork.load(path.toString());
    double[][] expected = expected(path);
    List<Row> digits = digits();
    for (int i = 0; i < expected.length; i++) {
      double[] pixels = digits.get(i).<Vector>getAs("features").toArray();
      float[] features = new float[pixels.length];
      for (int j = 0; j < features.length; j++) {
        features[j] = (float) pixels[j];
      }
      assertThat(network.predict(features)).isEqualTo(expected[i][0]);
      float[] probabilities = network.probabilities(features);
      assertThat(probabilities).hasSize(expected[i].length - 1);
      for (int k = 0; k < probabilities.length; k++) {
        assertThat((double) probabilities[k]).isCloseTo(expected[i][1 + k], Offset.offset(1e-5));
      }
    }
  }

  @Test
  void theFirstReleasesModelsAreWhatTheyWere() {
    NeuralNetworkClassificationModel parity =
        NeuralNetworkClassificationModel.load(
            SavedModelMaker.ROOT.resolve("0.1.0/parity").toUri().toString());
    assertThat(parity.classNames()).containsExactly("even", "odd");
    assertThat(parity.network()).isEqualTo("dropout(0.1) dense(8) batchNorm lecunTanh");
    assertThat(parity.getSolver()).isEqualTo("nesterov(0.8)");
    assertThat(parity.getRegParam()).isEqualTo(1e-4);
    assertThat(parity.getStandardization()).isTrue();
    assertThat(parity.summary().validationHistory()).hasSize(parity.summary().totalIterations());
    // They did not look at their layers.
    assertThat(parity.summary().layerNames()).isEmpty();
    assertThat(parity.summary().gradientNormHistory()).isEmpty();
  }
}
