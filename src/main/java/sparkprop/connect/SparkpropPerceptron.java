package sparkprop.connect;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.data.ClassLabels;
import sparkprop.data.Columns;
import sparkprop.data.DataSummary;
import sparkprop.data.LabelSummary;
import sparkprop.interop.MllibPerceptronModel;
import sparkprop.nn.loss.Heads;
import sparkprop.params.ResolvedParams;
import sparkprop.stage.Attachments;
import sparkprop.stage.NetworkFit;
import sparkprop.stage.TrainedNetwork;

/**
 * MLlib's perceptron, trained by this engine: MLlib's Params with their meanings and defaults,
 * MLlib's first weights for a seed, and a model that is MLlib's own. It scores as MLlib does; its
 * weights are float32 numbers.
 *
 * <p>{@code blockSize} does nothing, since it only lays out MLlib's memory, and each row counts
 * alike, where MLlib averages over blocks. For {@code solver} "gd" {@code tol} does not end
 * training before {@code maxIter}, and the objective history tells what each step began with, the
 * first twice.
 */
public final class SparkpropPerceptron extends MultilayerPerceptronClassifier {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(SparkpropPerceptron.class);

  /** For Spark Connect, whose server lists only classes that have such a constructor. */
  public SparkpropPerceptron() {
    takeDefaultSeed();
  }

  /** A perceptron with this uid. */
  public SparkpropPerceptron(String uid) {
    super(uid);
    takeDefaultSeed();
  }

  /** Spark derives the default from the name of the class, and this one's is another. */
  private void takeDefaultSeed() {
    setDefault(seed(), (long) MultilayerPerceptronClassifier.class.getName().hashCode());
  }

  @Override
  public SparkpropPerceptron copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Saves MLlib's perceptron, which any Spark can load: where it is trained is not part of it. */
  @Override
  public MLWriter write() {
    return copyValues(new MultilayerPerceptronClassifier(uid()), new ParamMap()).write();
  }

  /**
   * Called by {@code fit}, which has checked the schema and cast labels to double.
   *
   * @throws IllegalArgumentException if the rows do not suit the layers, or cannot be trained with
   */
  @Override
  public MultilayerPerceptronClassificationModel train(Dataset<?> dataset) {
    LOG.info("{}: trained by Sparkprop; blockSize {} does nothing.", uid(), getBlockSize());
    NeuralNetworkClassifier engine = engine();
    Attachments attachments = new Attachments();
    attachments.beginFrom(
        NeuralNetworkClassificationModel.fromMLlib(
            MllibPerceptronModel.of(this, initialWeightsOrDrawn())));
    TrainedNetwork trained =
        new NetworkFit(
                engine,
                ResolvedParams.of(engine),
                new Columns(getFeaturesCol(), getLabelCol(), false, null, null),
                attachments)
            .run(dataset, this::aim, MultilayerPerceptronClassificationModel.class);
    MultilayerPerceptronClassificationModel model =
        MllibPerceptronModel.of(this, doubles(trained.saved().weights()));
    MllibPerceptronModel.summarize(
        model, dataset, Objects.requireNonNull(trained.record()).objectives());
    return model;
  }

  private NeuralNetworkClassifier engine() {
    int[] layers = getLayers();
    NeuralNetworkClassifier engine =
        new NeuralNetworkClassifier(uid())
            .setHiddenLayers(Arrays.copyOfRange(layers, 1, layers.length - 1))
            .setActivation("logistic")
            .setMaxIter(getMaxIter())
            .setSeed(getSeed());
    return getSolver().equals("gd")
        // MLlib's steps are of all rows, and end early only when they hardly move any weight.
        ? engine
            .setSolver("sgd")
            .setBatchSize(Integer.MAX_VALUE)
            .setStepSize(getStepSize())
            .setPatience(0)
        : engine.setSolver("l-bfgs").setTol(getTol());
  }

  private Vector initialWeightsOrDrawn() {
    int[] layers = getLayers();
    if (!isDefined(initialWeights())) {
      return MllibPerceptronModel.drawnWeights(layers, getSeed());
    }
    Vector weights = getInitialWeights();
    long needed = 0;
    for (int i = 1; i < layers.length; i++) {
      needed += (layers[i - 1] + 1L) * layers[i];
    }
    if (weights.size() != needed) {
      throw new IllegalArgumentException(
          "initialWeights holds %,d numbers, but layers %s have %,d weights: set as many, or clear initialWeights."
              .formatted(weights.size(), Arrays.toString(layers), needed));
    }
    return weights;
  }

  private NetworkFit.Aim aim(DataSummary rows) {
    int[] layers = getLayers();
    int features = layers[0];
    int classes = layers[layers.length - 1];
    if (rows.numFeatures() != features) {
      throw new IllegalArgumentException(
          "layers begins with %d, but column '%s' holds vectors of %d features: begin it with %d."
              .formatted(features, getFeaturesCol(), rows.numFeatures(), rows.numFeatures()));
    }
    LabelSummary labels = rows.trainingLabels();
    ClassLabels.requireClasses(getLabelCol(), labels);
    if (labels.max() >= classes) {
      throw new IllegalArgumentException(
          "layers ends with %d, but column '%s' holds the label %s: end it with the number of classes."
              .formatted(classes, getLabelCol(), labels.max()));
    }
    return new NetworkFit.Aim(
        Heads.classification("crossEntropy", "softmax", classes), false, List.of());
  }

  private static Vector doubles(float[] weights) {
    double[] doubles = new double[weights.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = weights[i];
    }
    return Vectors.dense(doubles);
  }
}
