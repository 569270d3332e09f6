package sparkprop.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.runtime.BoxedUnit;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.nn.NoSavedNetworkException;
import sparkprop.nn.SavedNetwork;
import sparkprop.testing.Clouds;
import sparkprop.testing.SharedSpark;

class ModelReadWriteTest {
  private static final Dataset<Row> ROWS = Clouds.of(60, 3);
  private static final NeuralNetworkClassificationModel MODEL = small().fit(ROWS);

  @TempDir private Path directory;
  private String path;

  private static NeuralNetworkClassifier small() {
    return new NeuralNetworkClassifier()
        .setNetwork("dense(6) batchNorm tanh")
        .setBatchSize(20)
        .setMaxIter(2);
  }

  @BeforeEach
  void name() {
    path = directory.resolve("model").toString();
  }

  private static void assertSameTransform(Dataset<Row> expected, Dataset<Row> found) {
    JavaDatasetSuiteBase comparison =
        new JavaDatasetSuiteBase() {
          @Override
          public SparkSession spark() {
            return SharedSpark.session();
          }
        };
    comparison.assertDataFrameEquals(expected, found);
  }

  private static void assertSame(
      NeuralNetworkClassificationModel expected, NeuralNetworkClassificationModel found) {
    assertThat(found.weights()).isEqualTo(expected.weights());
    assertThat(found.network()).isEqualTo(expected.network());
    assertThat(found.classNames()).isEqualTo(expected.classNames());
    assertSameTransform(expected.transform(ROWS), found.transform(ROWS));
  }

  /**
   * Estimator and model, all Params, with and without overwriting, on Hadoop's and the local way.
   */
  @Test
  void sparksOwnTestPasses() {
    Map<String, Object> values =
        Map.ofEntries(
            Map.entry("network", "dense(3) relu"),
            Map.entry("hiddenLayers", new int[] {3, 2}),
            Map.entry("activation", "tanh"),
            Map.entry("outputActivation", "softmax"),
            Map.entry("loss", "crossEntropy"),
            Map.entry("solver", "momentum(0.8)"),
            Map.entry("stepSize", 0.05),
            Map.entry("maxIter", 1),
            Map.entry("batchSize", 30),
            Map.entry("tol", 0.25),
            Map.entry("patience", 2),
            Map.entry("regParam", 0.125),
            Map.entry("elasticNetParam", 0.5),
            Map.entry("weightInit", "heNormal"),
            Map.entry("seed", 1L << 40),
            Map.entry("numPartitions", 3),
            Map.entry("aggregationDepth", 3),
            Map.entry("maxBlockSizeInMB", 0.5),
            Map.entry("standardization", true),
            Map.entry("weightCol", "weight"),
            Map.entry("validationIndicatorCol", "validates"),
            Map.entry("predictionCol", "p"));
    var scalaValues =
        scala.collection.immutable.Map.from(scala.jdk.javaapi.CollectionConverters.asScala(values));
    new SparkReadWrite(directory)
        .testEstimatorAndModelReadWrite(
            new NeuralNetworkClassifier(),
            ROWS,
            scalaValues,
            scalaValues,
            (saved, loaded) -> {
              assertThat(loaded.weights()).isEqualTo(saved.weights());
              return BoxedUnit.UNIT;
            },
            false);
  }

  @Test
  void aLoadedModelTransformsAsTheSavedOneDid() throws IOException {
    MODEL.save(path);
    assertSame(MODEL, NeuralNetworkClassificationModel.load(path));
  }

  /**
   * Each kind of head, from the Params to the file and back, and a network with no hidden layer.
   */
  @ParameterizedTest
  @CsvSource({
    "crossEntropy, auto, softmax, 3, 8",
    "crossEntropy, logistic, logistic, 2, 8",
    "crossEntropy, logistic, logistic, 4, 8",
    "squaredError, auto, lecunTanh, 3, 8",
    "squaredError, tanh, tanh, 2, 8",
    "squaredError(target=0.8), logistic, logistic, 3, 8",
    "crossEntropy, auto, softmax, 3,",
    "squaredError(target=0.9), auto, lecunTanh, 2,"
  })
  void everyHeadIsTrainedSavedAndLoaded(
      String loss, String output, String resolved, int classes, Integer width) throws IOException {
    Dataset<Row> rows = Clouds.of(120, classes);
    int[] hiddenLayers = width == null ? new int[0] : new int[] {width};
    NeuralNetworkClassificationModel model =
        new NeuralNetworkClassifier()
            .setHiddenLayers(hiddenLayers)
            .setLoss(loss)
            .setOutputActivation(output)
            .setBatchSize(20)
            .setStepSize(0.05)
            .setMaxIter(15)
            .fit(rows);
    assertThat(model.transform(rows).filter("prediction = label").count()).isGreaterThan(96);

    model.save(path);
    NeuralNetworkClassificationModel loaded = NeuralNetworkClassificationModel.load(path);
    assertSame(model, loaded);
    assertThat(loaded.getHiddenLayers()).isEqualTo(hiddenLayers);
    assertThat(loaded.getLoss()).isEqualTo(loss);
    assertThat(loaded.getOutputActivation()).isEqualTo(output);
    assertThat(loaded.numClasses()).isEqualTo(classes);

    SavedNetwork plain = SavedNetwork.load(path);
    assertThat(plain.network().text()).isEqualTo(width == null ? "" : "dense(8) relu");
    assertThat(plain.network().head().loss()).isEqualTo(loss);
    assertThat(plain.network().head().outputActivation()).isEqualTo(resolved);
    double[] probabilities = model.predictProbability(Vectors.dense(3, 1, -1, 0.5)).toArray();
    assertThat(probabilities).hasSize(classes);
    assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, Offset.offset(1e-12));
    float[] plainly = plain.probabilities(new float[] {3, 1, -1, 0.5f});
    for (int k = 0; k < classes; k++) {
      assertThat((double) plainly[k]).isCloseTo(probabilities[k], Offset.offset(1e-6));
    }
  }

  @Test
  void aDirectoryHoldsMetadataAndOneFile() throws IOException {
    MODEL.save(path);
    assertThat(names(Path.of(path))).containsExactly("metadata", "weights.safetensors");
    SavedNetwork network = SavedNetwork.load(path);
    assertThat(network.notes())
        .containsEntry("stage", "sparkprop.classification.NeuralNetworkClassificationModel")
        .containsEntry("sparkVersion", "4.1.0")
        .containsEntry("seed", "2025258678")
        .containsEntry("batchSize", "20")
        .containsEntry("numPartitions", "2")
        .containsKeys("libraryVersion", "blasProvider", "blasKernel", "objectiveHistory");
    assertThat(network.weights()).hasSize(6 * 4 + 6 + 6 + 6 + 6 * 3 + 3 + 6 + 6);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(p -> p.getFileName().toString())
          .filter(n -> !n.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  @Test
  void savesOverAnotherModelOnlyWhenTold() throws IOException {
    MODEL.save(path);
    NeuralNetworkClassificationModel other = small().setSeed(5).fit(ROWS);
    assertThatThrownBy(() -> other.save(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already exists");
    assertThat(NeuralNetworkClassificationModel.load(path).weights()).isEqualTo(MODEL.weights());
    other.write().overwrite().save(path);
    assertThat(NeuralNetworkClassificationModel.load(path).weights()).isEqualTo(other.weights());
  }

  /** A save that stops between the two parts must not look like a model. */
  @Test
  void withoutMetadataThereIsNoModel() throws IOException {
    MODEL.save(path);
    try (Stream<Path> files = Files.walk(Path.of(path, "metadata"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    assertThatThrownBy(() -> NeuralNetworkClassificationModel.load(path))
        .hasMessageContaining("metadata");
  }

  /** There is no file of that name, and nothing that looks like a model. */
  @Test
  void aDiskThatIsFullHalfwayHoldsNoModel() throws IOException {
    MODEL.save(path);
    SavedNetwork network = SavedNetwork.load(path);
    Path half = directory.resolve("half");
    RuntimeConfig settings = SharedSpark.session().conf();
    settings.set("fs.full.impl", FullDisk.class.getName());
    try {
      ModelWriter writer = new ModelWriter(MODEL, network);
      assertThatThrownBy(() -> writer.saveImpl("full://" + half))
          .isInstanceOf(IOException.class)
          .hasMessage("No space left on device");
    } finally {
      settings.unset("fs.full.impl");
    }
    assertThat(names(half)).containsExactly("_weights.safetensors");
    assertThat(half.resolve("_weights.safetensors")).hasSize(FullDisk.SPACE);
    assertThatThrownBy(() -> NeuralNetworkClassificationModel.load(half.toString()))
        .isInstanceOf(NoSavedNetworkException.class);
  }

  /** Some file systems answer false where others throw. */
  @Test
  void aRenameThatFailsIsNotTakenForASave() {
    String setting = "fs.%s.impl".formatted(NoRenaming.SCHEME);
    SharedSpark.session().conf().set(setting, NoRenaming.class.getName());
    try {
      String there = NoRenaming.SCHEME + ":" + path;
      assertThatThrownBy(() -> MODEL.save(there))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "%s/_weights.safetensors could not be renamed to %s/weights.safetensors: see whether"
                  + " the directory may be written to, then save again.",
              there, there);
      assertThat(Path.of(path, "metadata")).doesNotExist();
    } finally {
      SharedSpark.session().conf().unset(setting);
    }
  }

  @Test
  void refusesABrokenFile() throws IOException {
    MODEL.save(path);
    Path file = Path.of(path, "weights.safetensors");
    byte[] whole = Files.readAllBytes(file);
    Files.delete(Path.of(path, ".weights.safetensors.crc"));
    Files.write(file, Arrays.copyOf(whole, whole.length - 10));
    assertThatThrownBy(() -> NeuralNetworkClassificationModel.load(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s is not a whole safetensors file of float32 numbers: its header announces %d bytes, but it has %d; save the model again."
                .formatted(file, whole.length, whole.length - 10));
  }

  /** Saves the model, then replaces a text in its header by another of the same length. */
  private Path saveWith(String before, String after) throws IOException {
    MODEL.save(path);
    Path file = Path.of(path, "weights.safetensors");
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertThat(text).contains(before);
    Files.delete(Path.of(path, ".weights.safetensors.crc"));
    Files.write(file, text.replace(before, after).getBytes(StandardCharsets.ISO_8859_1));
    return file;
  }

  @Test
  void refusesNotesThatAreNoNumbers() throws IOException {
    Path file = saveWith("batchSize\":\"20\"", "batchSize\":\"xx\"");
    assertThatThrownBy(() -> NeuralNetworkClassificationModel.load(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s has no record of its training that can be read: 'batchSize' in its header is 'xx', not a whole number; save the model again."
                .formatted(file));
  }

  @Test
  void refusesANewerFormatBeforeItLooksAtTheParams() throws IOException {
    Path file = saveWith("formatVersion\":\"1\"", "formatVersion\":\"9\"");
    assertThatThrownBy(() -> NeuralNetworkClassificationModel.load(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s was saved in format version 9, but this release of Sparkprop reads versions up to 1: use a newer release."
                .formatted(file));
  }

  @Test
  void refusesAnotherStagesModel() throws IOException {
    saveWith("ClassificationModel", "ClassificatianModel");
    assertThatThrownBy(() -> NeuralNetworkClassificationModel.load(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s holds a model of class sparkprop.classification.NeuralNetworkClassificatianModel: load it with that class, not with sparkprop.classification.NeuralNetworkClassificationModel."
                .formatted(path));
  }

  @Test
  void insideAPipelineModel() throws IOException {
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StandardScaler().setInputCol("features").setOutputCol("scaled"),
                  small().setFeaturesCol("scaled")
                });
    String pipelinePath = directory.resolve("pipeline").toString();
    pipeline.save(pipelinePath);
    PipelineModel fitted = Pipeline.load(pipelinePath).fit(ROWS);
    fitted.save(path);
    assertSameTransform(fitted.transform(ROWS), PipelineModel.load(path).transform(ROWS));
    refusesToLoadFrom(path);
    refusesToLoadFrom(pipelinePath);
  }

  private static void refusesToLoadFrom(String other) {
    assertThatThrownBy(() -> NeuralNetworkClassificationModel.load(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%s has no weights.safetensors: load the directory of a trained model, not of an"
                + " estimator; in a saved pipeline each model is a directory of its own under"
                + " stages/.",
            other);
  }

  @Test
  void refusesDirectoriesThatHoldNoModel() throws IOException {
    small().save(path);
    refusesToLoadFrom(path);
    assertThatThrownBy(() -> NeuralNetworkClassificationModel.load(path + "/nowhere"))
        .isInstanceOf(FileNotFoundException.class);
  }

  /** Architectures are texts, so a grid can search them. */
  @Test
  void insideACrossValidatorModel() throws IOException {
    NeuralNetworkClassifier classifier = small().setMaxIter(1).setBatchSize(0);
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(new MulticlassClassificationEvaluator())
            .setNumFolds(2)
            .setSeed(1)
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(
                        classifier.network(),
                        scala.jdk.javaapi.CollectionConverters.asScala(
                            List.of("dense(6) relu", "dense(4) tanh")))
                    .build());
    String validatorPath = directory.resolve("validator").toString();
    validator.save(validatorPath);
    CrossValidatorModel fitted = CrossValidator.load(validatorPath).fit(ROWS);
    fitted.save(path);
    CrossValidatorModel loaded = CrossValidatorModel.load(path);
    assertSameTransform(fitted.transform(ROWS), loaded.transform(ROWS));
    assertThat(((NeuralNetworkClassificationModel) loaded.bestModel()).network())
        .isIn("dense(6) relu", "dense(4) tanh");
  }

  /** What Spark Connect calls after each fit, from 4.1 on. */
  @Test
  void forSparkConnectAsPlainFiles() throws IOException {
    MODEL.write().saveToLocal(path);
    assertThat(Path.of(path, "metadata")).isRegularFile();
    assertThat(Path.of(path, "weights.safetensors")).isRegularFile();
    assertThat(Path.of(path, ".weights.safetensors.crc")).doesNotExist();
    assertSame(MODEL, NeuralNetworkClassificationModel.read().loadFromLocal(path));
  }

  @Test
  void aModelThatHasLearntNothingIsNotSaved() {
    assertThatThrownBy(() -> new NeuralNetworkClassificationModel("empty").save(path))
        .hasMessage("empty has learnt nothing: fit an estimator, or load a saved model.");
    assertThat(Path.of(path)).doesNotExist();
  }
}
