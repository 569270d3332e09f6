package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.nn.safetensors.Tensor;
import sparkprop.nn.safetensors.TensorFile;

class SavedNetworkTest {
  private static final float[] ROW = {1f, -2f, 0.5f};

  private final SavedNetwork network = network("dense(4) batchNorm tanh", 3);

  static SavedNetwork network(String layers, int classes) {
    return network(layers, "crossEntropy", "auto", classes);
  }

  private static SavedNetwork network(String layers, String loss, String output, int classes) {
    Network network =
        Network.of(
            NetworkSpec.parse(layers), Shape.of(3), Heads.classification(loss, output, classes));
    List<String> names = IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
    return new SavedNetwork(
        network, Initialisation.draw(network, "auto", 7), names, Map.of("seed", "7"));
  }

  private static byte[] bytes(SavedNetwork network) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    network.write(out);
    return out.toByteArray();
  }

  private static SavedNetwork read(byte[] bytes) throws IOException {
    return SavedNetwork.read(new ByteArrayInputStream(bytes), bytes.length, "model");
  }

  @ParameterizedTest
  @CsvSource({
    "dense(4) batchNorm tanh, crossEntropy, softmax, 3",
    "dense(4) batchNorm tanh, crossEntropy, logistic, 2",
    "dense(4) batchNorm tanh, crossEntropy, logistic, 4",
    "dense(4) batchNorm tanh, squaredError, lecunTanh, 3",
    "dense(4) batchNorm tanh, squaredError(target=0.8), logistic, 2",
    "dense(4) batchNorm tanh, squaredError(target=1.5), leakyRelu(0.2), 3",
    "'', crossEntropy, softmax, 3",
    "'', squaredError, lecunTanh, 2"
  })
  void comesBackAsItWas(String layers, String loss, String output, int classes) throws IOException {
    SavedNetwork saved = network(layers, loss, output, classes);
    SavedNetwork back = read(bytes(saved));
    assertThat(back.network().text()).isEqualTo(layers);
    assertThat(back.network().head()).isEqualTo(saved.network().head());
    assertThat(back.network().head().loss()).isEqualTo(loss);
    assertThat(back.network().head().outputActivation()).isEqualTo(output);
    assertThat(back.weights()).containsExactly(saved.weights());
    assertThat(back.classNames()).hasSize(classes).startsWith("class 0", "class 1");
    assertThat(back.notes()).containsExactly(Map.entry("seed", "7"));
    assertThat(back.numFeatures()).isEqualTo(3);
    assertThat(back.numOutputs()).isEqualTo(classes);
    assertThat(back.raw(ROW)).containsExactly(saved.raw(ROW));
    assertThat(back.probabilities(ROW)).containsExactly(saved.probabilities(ROW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1x4x6 | conv(2, 3x3, padding=1x1) tanh maxPool(2x2)
          6x4   | rnn(3) lstm(2, bidirectional=true) gru(3, truncate=2) last
          6x4   | timeDelay(3, 2) layerNorm tanh
          24    | embedding(9, 2) gru(3, bidirectional=true) last
          """)
  void shapesComeBackAsTheyWere(String shape, String layers) throws IOException {
    Network network =
        Network.of(
            NetworkSpec.parse(layers),
            Shape.parse(shape),
            Heads.classification("crossEntropy", "auto", 3));
    SavedNetwork saved =
        new SavedNetwork(network, Initialisation.draw(network, "auto", 7), List.of(), Map.of());
    SavedNetwork back = read(bytes(saved));
    assertThat(back.network().input()).hasToString(shape);
    assertThat(back.network().layers()).isEqualTo(network.layers());
    assertThat(back.network().text()).isEqualTo(layers);
    float[] row = new float[24];
    for (int i = 0; i < row.length; i++) {
      row[i] = layers.startsWith("embedding") ? i % 9 : (float) Math.sin(i);
    }
    assertThat(back.raw(row)).containsExactly(saved.raw(row));
  }

  @Test
  void theHeaderSaysAllThatScoringNeeds() throws IOException {
    byte[] bytes = bytes(network);
    TensorFile file = TensorFile.read(new ByteArrayInputStream(bytes), bytes.length, "model");
    assertThat(file.metadata())
        .containsEntry("sparkprop.formatVersion", "1")
        .containsEntry("task", "classification")
        .containsEntry("network", "dense(4) batchNorm tanh")
        .containsEntry("outputLayer", "dense(3)")
        .containsEntry("loss", "crossEntropy")
        .containsEntry("outputActivation", "softmax")
        .containsEntry("numFeatures", "3")
        .containsEntry("numOutputs", "3")
        .containsEntry("classNames", "[\"class 0\",\"class 1\",\"class 2\"]");
    assertThat(file.tensors())
        .extracting(Tensor::name)
        .containsExactly(
            "dense1.weight",
            "dense1.bias",
            "batchNorm1.scale",
            "batchNorm1.bias",
            "output.weight",
            "output.bias",
            "batchNorm1.runningMean",
            "batchNorm1.runningVariance");
    assertThat(file.tensors().get(0).shape()).containsExactly(3, 4);
  }

  @Test
  void loadsFromTheDirectoryOrTheFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("weights.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      network.write(out);
    }
    assertThat(SavedNetwork.load(directory.toString()).raw(ROW)).containsExactly(network.raw(ROW));
    assertThat(SavedNetwork.load(file.toString()).raw(ROW)).containsExactly(network.raw(ROW));
    assertThatThrownBy(() -> SavedNetwork.load(directory.resolve("nowhere").toString()))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void saysWhereAPipelineKeepsItsModels(@TempDir Path directory) {
    assertThatThrownBy(() -> SavedNetwork.load(directory.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s has no weights.safetensors: load the directory of a trained model, not of an"
                + " estimator; in a saved pipeline each model is a directory of its own under"
                + " stages/.",
            directory);
  }

  @Test
  void scores() {
    float[] raw = network.raw(ROW);
    double sum = 0;
    for (float z : raw) {
      sum += Math.exp(z);
    }
    float[] p = network.probabilities(ROW);
    int best = 0;
    for (int k = 0; k < raw.length; k++) {
      assertThat(p[k]).isCloseTo((float) (Math.exp(raw[k]) / sum), within(1e-6f));
      best = raw[k] > raw[best] ? k : best;
    }
    assertThat(network.predict(ROW)).isEqualTo(best);
  }

  private static org.assertj.core.data.Offset<Float> within(float offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void aTieGoesToTheFirstClass() {
    SavedNetwork flat =
        new SavedNetwork(
            network.network(), new float[network.weights().length], List.of(), Map.of());
    assertThat(flat.predict(ROW)).isEqualTo(0);
  }

  @Test
  void nanIsNoClass() {
    float[] row = {1f, Float.NaN, 2f};
    assertThat(network.raw(row)).containsOnly(Float.NaN);
    assertThat(network.probabilities(row)).containsOnly(Float.NaN);
    assertThat(network.predict(row)).isNaN();
  }

  @Test
  void refusesRowsOfAnotherSize() {
    assertThatThrownBy(() -> network.predict(new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network expects vectors of 3 features, but found one of 5.");
    assertThatThrownBy(() -> new SavedNetwork(network.network(), new float[2], List.of(), Map.of()))
        .hasMessage("The network has 47 weights and statistics, but was given 2.");
  }

  private void refuses(UnaryOperator<TensorFile> change, String message) throws IOException {
    byte[] bytes = bytes(network);
    TensorFile file = TensorFile.read(new ByteArrayInputStream(bytes), bytes.length, "model");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    change.apply(file).write(out);
    assertThatThrownBy(() -> read(out.toByteArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static UnaryOperator<TensorFile> metadata(String key, String value) {
    return file -> {
      Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
      metadata.put(key, value);
      return new TensorFile(metadata, file.tensors());
    };
  }

  @Test
  void refusesANewerVersion() throws IOException {
    refuses(
        metadata("sparkprop.formatVersion", "2"),
        "model was saved in format version 2, but this release of Sparkprop reads versions up to 1:"
            + " use a newer release.");
  }

  @Test
  void refusesNetworksForAnotherTask() throws IOException {
    refuses(
        metadata("task", "autoencoding"),
        "model holds a network for autoencoding, which this release of Sparkprop does not know: use"
            + " a newer release.");
  }

  @Test
  void aRegressionAnswersWithValues() throws IOException {
    Network regression =
        Network.of(
            NetworkSpec.parse(""), Shape.of(3), Heads.regression("squaredError", "exponential", 2));
    SavedNetwork saved =
        new SavedNetwork(
            regression, Initialisation.draw(regression, "auto", 7), List.of(), Map.of());
    SavedNetwork loaded = read(bytes(saved));
    float[] row = {1, -2, 0.5f};
    float[] raw = loaded.raw(row);
    assertThat(loaded.values(row)).isEqualTo(saved.values(row));
    assertThat(loaded.values(row)[1]).isEqualTo((float) Math.exp(raw[1]), within(1e-6f));
    assertThat(loaded.predict(row)).isEqualTo(loaded.values(row)[0]);
    assertThat(loaded.values(new float[] {Float.NaN, 0, 0})).containsOnly(Float.NaN);
    float[] far = {1000, -1000, 1000};
    assertThat(loaded.raw(far)).doesNotContain(Float.NaN);
    assertThat(loaded.values(far)).as("exp of %s", loaded.raw(far)).containsOnly(Float.NaN);
    assertThatThrownBy(() -> loaded.probabilities(row))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("A network for regression has no probabilities: ask for its values.");
    assertThatThrownBy(() -> network.values(row))
        .hasMessage("A network for classification has no values: ask for its probabilities.");
  }

  /** As the first saved models are. */
  @Test
  void aFileThatNamesNoTaskIsAClassifier() throws IOException {
    byte[] bytes = bytes(network);
    TensorFile file = TensorFile.read(new ByteArrayInputStream(bytes), bytes.length, "model");
    Map<String, String> without = new LinkedHashMap<>(file.metadata());
    assertThat(without.remove("task")).isNotNull();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TensorFile(without, file.tensors()).write(out);
    assertThat(read(out.toByteArray()).predict(ROW)).isEqualTo(network.predict(ROW));
  }

  /** Layers, activations and losses come with releases, without a new format version. */
  @Test
  void refusesTextsOfANewerRelease() throws IOException {
    String unknown =
        "model holds a network that this release of Sparkprop cannot build, with hidden layers"
            + " '%s', loss '%s' and outputActivation '%s'; it was saved by release 7.5.0: use a"
            + " newer release.";
    UnaryOperator<TensorFile> newer = metadata("libraryVersion", "7.5.0");
    refuses(
        newer.andThen(metadata("network", "conv(3) tanh"))::apply,
        unknown.formatted("conv(3) tanh", "crossEntropy", "softmax"));
    refuses(
        newer.andThen(metadata("loss", "dice(2)"))::apply,
        unknown.formatted("dense(4) batchNorm tanh", "dice(2)", "softmax"));
    refuses(
        newer.andThen(metadata("outputActivation", "sparsemax"))::apply,
        unknown.formatted("dense(4) batchNorm tanh", "crossEntropy", "sparsemax"));
    refuses(
        newer.andThen(
                file -> {
                  List<Tensor> tensors = new ArrayList<>(file.tensors());
                  tensors.add(new Tensor("dense1.gate", List.of(1), new float[1], 0));
                  return new TensorFile(file.metadata(), tensors);
                })
            ::apply,
        "model holds the tensor dense1.gate, which this release of Sparkprop does not know in its"
            + " network; it was saved by release 7.5.0: use a newer release.");
    refuses(
        metadata("network", "conv(3)"),
        unknown.formatted("conv(3)", "crossEntropy", "softmax").replace("7.5.0", "unknown"));
  }

  @Test
  void refusesFilesThatAreNotOurs() throws IOException {
    refuses(
        file -> new TensorFile(Map.of("format", "pt"), file.tensors()),
        "model is not a network saved by Sparkprop: its header has no text"
            + " 'sparkprop.formatVersion'.");
    refuses(
        metadata("numFeatures", "many"),
        "model is not a network saved by Sparkprop: 'numFeatures' in its header is 'many', not a"
            + " whole number of at least 1.");
    refuses(
        metadata("numOutputs", "-3"),
        "model is not a network saved by Sparkprop: 'numOutputs' in its header is '-3', not a whole"
            + " number of at least 1.");
    refuses(
        metadata("sparkprop.formatVersion", "0"),
        "model is not a network saved by Sparkprop: 'sparkprop.formatVersion' in its header is '0',"
            + " not a whole number of at least 1.");
    refuses(
        metadata("classNames", "[\"ape\", \"bee\"]"),
        "model is not a network saved by Sparkprop: 'classNames' in its header is '[\"ape\","
            + " \"bee\"]', not a list of a name for each of 3 classes.");
    refuses(
        metadata("classNames", "ape, bee, cat"),
        "model is not a network saved by Sparkprop: 'classNames' in its header is 'ape, bee, cat',"
            + " not a list of a name for each of 3 classes.");
  }

  @Test
  void refusesTensorsThatDoNotFitTheNetwork() throws IOException {
    refuses(
        metadata("numFeatures", "4"),
        "model holds the tensor dense1.weight with shape [3, 4], but its network says [4, 4]: save"
            + " the model again.");
    refuses(
        file -> {
          List<Tensor> tensors = new ArrayList<>(file.tensors());
          tensors.remove(1);
          return new TensorFile(file.metadata(), tensors);
        },
        "model lacks the tensor dense1.bias that its network says: save the model again.");
  }

  @Test
  void refusesAShapeThatIsNotThatOfTheFeatures() throws IOException {
    for (String shape : List.of("2x2", "many", "")) {
      refuses(
          metadata("inputShape", shape),
          "model is not a network saved by Sparkprop: 'inputShape' in its header is '"
              + shape
              + "', not the shape of 3 features.");
    }
  }

  @Test
  void aNoteCannotHideWhatTheNetworkSays() throws IOException {
    SavedNetwork sly =
        new SavedNetwork(
            network.network(), network.weights(), List.of(), Map.of("numFeatures", "99"));
    assertThat(read(bytes(sly)).numFeatures()).isEqualTo(3);
  }

  @Test
  void equalNetworksGiveEqualBytes() throws IOException {
    assertThat(bytes(read(bytes(network)))).isEqualTo(bytes(network));
    assertThat(Arrays.equals(bytes(network), bytes(network("dense(4) tanh", 3)))).isFalse();
  }
}
