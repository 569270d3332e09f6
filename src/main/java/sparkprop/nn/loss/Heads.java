package sparkprop.nn.loss;

import java.util.Optional;
import sparkprop.nn.activation.Activation;
import sparkprop.nn.activation.Activations;
import sparkprop.text.Signature;
import sparkprop.text.Vocabulary;

/** The tables of losses a text can name, and the heads they make with an output activation. */
public final class Heads {
  /** The losses of a classifier. */
  private static final Vocabulary<LossSpec> CLASSIFICATION =
      Vocabulary.<LossSpec>of("loss")
          .with(CrossEntropy.SIGNATURE, CrossEntropy::of)
          .with(FocalCrossEntropy.SIGNATURE, FocalCrossEntropy.Spec::of)
          .with(ClassSquaredError.SIGNATURE, ClassSquaredError.Spec::of);

  /** The losses of a regressor. */
  private static final Vocabulary<LossSpec> REGRESSION =
      Vocabulary.<LossSpec>of("loss")
          .with(Signature.of("squaredError"), a -> new VectorSquaredError.Spec())
          .with(Signature.of(AbsoluteError.TEXT), a -> new AbsoluteError())
          .with(Huber.SIGNATURE, Huber::of)
          .with(Quantile.SIGNATURE, Quantile::of)
          .with(Signature.of(Poisson.TEXT), a -> new Poisson());

  /** The output activations; empty for {@code auto}. */
  private static final Vocabulary<Optional<Activation>> OUTPUTS =
      Vocabulary.<Optional<Activation>>of("activation")
          .with(Signature.of("auto"), a -> Optional.empty())
          .plus(Activations.VOCABULARY, Optional::of);

  private Heads() {}

  /**
   * The head of a classifier. Targets are class indices; raw outputs and probabilities are as many
   * as classes.
   *
   * @param loss {@code crossEntropy}, {@code crossEntropy(labelSmoothing=0.1)}, {@code focal(2)},
   *     {@code squaredError} or {@code squaredError(target=0.9)}
   * @param outputActivation an activation's text or {@code auto}: softmax for crossEntropy and
   *     focal, lecunTanh for squaredError
   * @param numClasses at least 2
   * @throws sparkprop.text.TextException if a text cannot be read
   * @throws IllegalArgumentException if the two do not fit each other
   */
  public static Head classification(String loss, String outputActivation, int numClasses) {
    if (numClasses < 2) {
      throw new IllegalArgumentException(
          "A classifier needs at least 2 classes, but was given " + numClasses + ".");
    }
    return head(CLASSIFICATION.readOne("loss", loss), outputActivation, numClasses);
  }

  /**
   * The head of a regression. Targets are vectors; raw is z and the answer f(z).
   *
   * @param loss {@code squaredError}, {@code absoluteError}, {@code huber(1.0)}, {@code
   *     quantile(0.5)} or {@code poisson}
   * @param outputActivation an activation's text or {@code auto}: exponential for poisson, identity
   *     for others
   * @param width numbers in a target, at least 1
   * @throws sparkprop.text.TextException if a text cannot be read
   * @throws IllegalArgumentException if the two do not fit each other
   */
  public static Head regression(String loss, String outputActivation, int width) {
    if (width < 1) {
      throw new IllegalArgumentException(
          "A regression needs at least 1 target, but was given " + width + ".");
    }
    return head(REGRESSION.readOne("loss", loss), outputActivation, width);
  }

  /**
   * The head of a task.
   *
   * @param width number of classes or of targets
   * @throws IllegalArgumentException as {@link #classification} and {@link #regression}
   */
  public static Head of(Task task, String loss, String outputActivation, int width) {
    return switch (task) {
      case CLASSIFICATION -> classification(loss, outputActivation, width);
      case REGRESSION -> regression(loss, outputActivation, width);
    };
  }

  /**
   * Reads a classifier's loss by itself, as {@link #classification} would.
   *
   * @throws sparkprop.text.TextException if the text cannot be read
   */
  public static void checkClassificationLoss(String loss) {
    CLASSIFICATION.readOne("loss", loss);
  }

  /**
   * Reads a regression's loss by itself, as {@link #regression} would.
   *
   * @throws sparkprop.text.TextException if the text cannot be read
   */
  public static void checkRegressionLoss(String loss) {
    REGRESSION.readOne("loss", loss);
  }

  /**
   * Reads an output activation by itself, which says nothing of the losses it fits.
   *
   * @throws sparkprop.text.TextException if the text cannot be read
   */
  public static void checkOutputActivation(String outputActivation) {
    OUTPUTS.readOne("outputActivation", outputActivation);
  }

  private static Head head(LossSpec loss, String outputActivation, int width) {
    Activation output =
        OUTPUTS
            .readOne("outputActivation", outputActivation)
            .orElseGet(() -> Activations.read("outputActivation", loss.suits()));
    return loss.head(output, width);
  }
}
