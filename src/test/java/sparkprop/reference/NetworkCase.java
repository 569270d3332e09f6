package sparkprop.reference;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * One row of the table of networks on which derivatives are checked.
 *
 * @param inputShape sizes of a row of features, {@code 2x6x5}; empty for a vector of any width
 * @param network hidden layers; {@code w} stands for a width drawn anew each time
 * @param task what the targets are
 * @param outputActivation of the head
 * @param loss of the head
 * @param width how many classes or target numbers there are
 * @param weightInit how weights are drawn
 */
public record NetworkCase(
    String inputShape,
    String network,
    Task task,
    String outputActivation,
    String loss,
    int width,
    String weightInit) {
  private static final Pattern WIDTH = Pattern.compile("\\(w\\b");

  /** What a target is. */
  public enum Task {
    /** The index of a class. */
    CLASSIFICATION,
    /** A vector. */
    REGRESSION
  }

  /** A classifier of three classes: cross-entropy over softmax. */
  static NetworkCase of(String network) {
    return of("", network);
  }

  /** Likewise, on rows of this shape. */
  static NetworkCase of(String inputShape, String network) {
    return new NetworkCase(
        inputShape, network, Task.CLASSIFICATION, "softmax", "crossEntropy", 3, "auto");
  }

  NetworkCase classifier(String newActivation, String newLoss, int classes) {
    return new NetworkCase(
        inputShape, network, Task.CLASSIFICATION, newActivation, newLoss, classes, weightInit);
  }

  NetworkCase regressor(String newActivation, String newLoss, int newWidth) {
    return new NetworkCase(
        inputShape, network, Task.REGRESSION, newActivation, newLoss, newWidth, weightInit);
  }

  NetworkCase init(String newInit) {
    return new NetworkCase(inputShape, network, task, outputActivation, loss, width, newInit);
  }

  /** The hidden layers with drawn widths, 1 among them. */
  public String text(Random random) {
    return WIDTH.matcher(network).replaceAll(w -> "(" + (1 + random.nextInt(7)));
  }

  /** Sizes of a row of features: its own, or a vector of this width. */
  public int[] shape(int otherwise) {
    return inputShape.isEmpty()
        ? new int[] {otherwise}
        : Arrays.stream(inputShape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /** How many numbers a row of features has: its own number, or this one. */
  public int features(int otherwise) {
    return Arrays.stream(shape(otherwise)).reduce(1, (a, b) -> a * b);
  }

  /** Whether rows of features are sequences. */
  public boolean sequences() {
    return inputShape.matches("\\d+x\\d+") || vocabulary() > 0;
  }

  /** How many whole numbers, from 0 on, a feature can be; 0 where it can be any number. */
  public int vocabulary() {
    Word first = Word.of(network + " end").get(0);
    return first.name().equals("embedding") ? first.whole() : 0;
  }

  /** The hidden layers, each of one unit. */
  public String narrow() {
    return WIDTH.matcher(network).replaceAll("(1");
  }

  /** The head, as the reference has it. */
  public ReferenceHead referenceHead() {
    return task == Task.CLASSIFICATION
        ? ReferenceHead.classification(loss, outputActivation, width)
        : ReferenceHead.regression(loss, outputActivation, width);
  }

  /** The fewest rows that can be trained on together. */
  public int fewestRows() {
    return network.contains("batchNorm") ? 2 : 1;
  }
}
