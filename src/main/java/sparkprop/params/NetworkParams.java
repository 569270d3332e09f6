package sparkprop.params;

import java.util.Optional;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import sparkprop.interop.ParamTest;
import sparkprop.nn.Initialisation;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.activation.Activations;
import sparkprop.nn.layer.Shape;

/**
 * What the network is: its hidden layers, its output, its loss and its first weights.
 *
 * <p>The Param {@code network} has its accessor in the stages: an estimator's {@code network()} is
 * the Param, a model's is the text of the network it holds.
 */
public interface NetworkParams extends Params {

  /**
   * The Params of this interface, as a stage keeps them.
   *
   * @param network hidden layers as text
   * @param inputShape shape of a row of features
   * @param hiddenLayers their widths, the short form
   * @param activation their activation, for the short form
   * @param outputActivation activation of the output layer
   * @param loss what training makes small
   * @param weightInit how weights are drawn
   * @param initialModelPath saved model whose weights training begins with
   */
  record Declared(
      Param<String> network,
      Param<String> inputShape,
      IntArrayParam hiddenLayers,
      Param<String> activation,
      Param<String> outputActivation,
      Param<String> loss,
      Param<String> weightInit,
      Param<String> initialModelPath)
      implements java.io.Serializable {

    static Declared of(ParamMaker make, Head head) {
      return new Declared(
          make.text(
              "network",
              "",
              NetworkSpec::parse,
              "hidden layers as text, such as 'dense(256) batchNorm relu dropout(0.2) dense(64)"
                  + " relu'; where it is empty, hiddenLayers and activation say what they are"),
          make.text(
              "inputShape",
              "",
              text -> shape(text),
              "what a row of features is to layers that ask, as text: channels x height x width for"
                  + " conv and pools, such as '1x28x28', or steps x features for sequences, such as"
                  + " '50x32'; empty is one vector"),
          make.counts(
              "hiddenLayers",
              new int[] {64},
              "widths of the hidden layers, each followed by the activation; none for a network"
                  + " without hidden layers"),
          make.text(
              "activation",
              "relu",
              text -> Activations.read("activation", text),
              "activation of the hidden layers that hiddenLayers gives"),
          make.text(
              "outputActivation",
              "auto",
              head.outputActivation(),
              "activation of the output layer; 'auto' follows the loss"),
          make.text("loss", head.defaultLoss(), head.loss(), head.lossDoc()),
          make.text(
              "weightInit",
              Initialisation.AUTO,
              Initialisation::check,
              "how weights are drawn before training: lecunUniform, lecunNormal, glorotUniform,"
                  + " glorotNormal, heUniform, heNormal, uniform(a), zeros; 'auto' follows the"
                  + " activation that each layer feeds"),
          make.text(
              "initialModelPath",
              "",
              text -> {},
              "saved model of the same network from whose weights training begins, with a fresh"
                  + " solver; empty is none"));
    }
  }

  /**
   * What differs between a classifier and a regressor.
   *
   * @param defaultLoss the loss where none is set
   * @param loss reads a loss
   * @param lossDoc names the losses
   * @param outputActivation reads an output activation
   */
  record Head(
      String defaultLoss,
      ParamTest.Check<String> loss,
      String lossDoc,
      ParamTest.Check<String> outputActivation) {}

  /** Where the stage keeps them. */
  Declared networkParams();

  /** Hidden layers as text; wins over {@link #hiddenLayers} and {@link #activation}. Default "". */
  default String getNetwork() {
    return getOrDefault(networkParams().network());
  }

  /**
   * What a row of features is to layers that ask: {@code 1x28x28}, channels x height x width, or
   * {@code 50x32}, steps x features. Default "": one vector.
   */
  default Param<String> inputShape() {
    return networkParams().inputShape();
  }

  /** The value of {@link #inputShape}. */
  default String getInputShape() {
    return getOrDefault(inputShape());
  }

  /** A shape as {@link #inputShape} has it, if it has one. */
  static Optional<Shape> shape(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(Shape.parse(text.strip()));
  }

  /** Widths of the hidden layers. Default [64]. */
  default IntArrayParam hiddenLayers() {
    return networkParams().hiddenLayers();
  }

  /** The value of {@link #hiddenLayers}. */
  default int[] getHiddenLayers() {
    return getOrDefault(hiddenLayers());
  }

  /** Activation of the hidden layers that {@link #hiddenLayers} gives. Default "relu". */
  default Param<String> activation() {
    return networkParams().activation();
  }

  /** The value of {@link #activation}. */
  default String getActivation() {
    return getOrDefault(activation());
  }

  /** Activation of the output layer. Default "auto": what suits the loss. */
  default Param<String> outputActivation() {
    return networkParams().outputActivation();
  }

  /** The value of {@link #outputActivation}. */
  default String getOutputActivation() {
    return getOrDefault(outputActivation());
  }

  /** What training makes small, a row. Default "crossEntropy" for a classifier. */
  default Param<String> loss() {
    return networkParams().loss();
  }

  /** The value of {@link #loss}. */
  default String getLoss() {
    return getOrDefault(loss());
  }

  /** How weights are drawn before training. Default "auto": what suits the activations. */
  default Param<String> weightInit() {
    return networkParams().weightInit();
  }

  /** The value of {@link #weightInit}. */
  default String getWeightInit() {
    return getOrDefault(weightInit());
  }

  /**
   * Saved model of the same network from whose weights training begins, with a fresh solver.
   * Default "": none.
   */
  default Param<String> initialModelPath() {
    return networkParams().initialModelPath();
  }

  /** The value of {@link #initialModelPath}. */
  default String getInitialModelPath() {
    return getOrDefault(initialModelPath());
  }
}
