package sparkprop.nn;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import sparkprop.nn.loss.Task;
import sparkprop.nn.safetensors.TensorFile;

/**
 * A trained network with all that scoring needs, as one file holds it: {@code weights.safetensors}
 * in the directory of a saved model. It knows nothing of Spark, so that a plain Java program can
 * score:
 *
 * <pre>{@code
 * SavedNetwork network = SavedNetwork.load("digits-model");
 * float[] probabilities = network.probabilities(pixels);
 * }</pre>
 *
 * Threads may share it.
 */
public final class SavedNetwork implements Serializable {
  private static final long serialVersionUID = 1;

  /** Name of the file in a saved model's directory. */
  public static final String FILE_NAME = "weights.safetensors";

  /** Under which note a file says which release of Sparkprop saved it. */
  public static final String LIBRARY_VERSION = "libraryVersion";

  private final Network network;
  private final float[] weights;
  private final List<String> classNames;
  private final Map<String, String> notes;
  private final Scorer scorer;

  /**
   * A trained network.
   *
   * @param weights the flat array of the network, running statistics included; not copied and not
   *     to be changed
   * @param classNames names of a classifier's classes, by index; empty if they have none
   * @param notes what else is known of it, free texts by name
   */
  public SavedNetwork(
      Network network, float[] weights, List<String> classNames, Map<String, String> notes) {
    this.network = network;
    this.weights = weights;
    this.classNames = List.copyOf(classNames);
    this.notes = Map.copyOf(notes);
    this.scorer = new Scorer(network, weights);
  }

  /**
   * Loads a network from this machine's disk.
   *
   * @param path the directory of a saved model, or the file itself
   * @throws IOException if it cannot be read
   * @throws NoSavedNetworkException if the directory has no weights
   * @throws IllegalArgumentException if it is not a saved network, not whole, or of a newer release
   */
  public static SavedNetwork load(String path) throws IOException {
    Path given = Path.of(path);
    Path file = Files.isDirectory(given) ? given.resolve(FILE_NAME) : given;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, Files.size(file), file.toString());
    } catch (NoSuchFileException e) {
      if (Files.isDirectory(given)) {
        throw new NoSavedNetworkException(path, e);
      }
      throw e;
    }
  }

  /**
   * Reads a network from an open stream, which stays open.
   *
   * @param size how many bytes the file has
   * @param where its name, for errors
   */
  public static SavedNetwork read(InputStream in, long size, String where) throws IOException {
    return SavedNetworkFormat.fromFile(TensorFile.read(in, size, where), where);
  }

  /** Writes the network to an open stream, which stays open. */
  public void write(OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out);
    SavedNetworkFormat.toFile(this).write(buffered);
    buffered.flush();
  }

  /** The network without its weights. */
  public Network network() {
    return network;
  }

  /** The flat array, laid out as {@code network().layout()} says; not to be changed. */
  public float[] weights() {
    return weights;
  }

  /** Names of a classifier's classes, by index; empty if they have none. */
  public List<String> classNames() {
    return classNames;
  }

  /** What else is known: the course of training, and where and how it was made. */
  public Map<String, String> notes() {
    return notes;
  }

  /** How many features a row has. */
  public int numFeatures() {
    return network.numFeatures();
  }

  /** How many outputs a row has: for a classifier its classes. */
  public int numOutputs() {
    return network.head().outputs();
  }

  /** Network and weights, for scoring in double precision. */
  public Scorer scorer() {
    return scorer;
  }

  /**
   * The raw outputs of a row: for a classifier one a class, larger for a likelier class.
   *
   * @param features {@link #numFeatures()} numbers
   * @return {@link #numOutputs()} numbers; all NaN if a feature is NaN or an output would not be
   *     finite
   * @throws IllegalArgumentException if the number of features is another
   */
  public float[] raw(float[] features) {
    return floats(scorer.raw(features));
  }

  /**
   * A classifier's probability of each class, which sum to 1; all NaN where {@link #raw} is.
   *
   * @throws IllegalArgumentException if the number of features is another
   * @throws UnsupportedOperationException if the network is no classifier
   */
  public float[] probabilities(float[] features) {
    require(Task.CLASSIFICATION, "probabilities", "values");
    return answer(features);
  }

  /**
   * A regression's answer: the number predicted for each target; all NaN where {@link #raw} is, or
   * where one would not be finite.
   *
   * @throws IllegalArgumentException if the number of features is another
   * @throws UnsupportedOperationException if the network is a classifier
   */
  public float[] values(float[] features) {
    require(Task.REGRESSION, "values", "probabilities");
    return answer(features);
  }

  private float[] answer(float[] features) {
    return floats(scorer.answer(scorer.raw(features)));
  }

  private void require(Task task, String asked, String instead) {
    if (network.head().task() != task) {
      throw new UnsupportedOperationException(
          "A network for %s has no %s: ask for its %s."
              .formatted(network.head().task().text(), asked, instead));
    }
  }

  /**
   * The answer as one number: a classifier's class, which is the index of the largest raw output,
   * the first of equals; a regression's value for its first target. NaN where {@link #raw} is.
   *
   * @throws IllegalArgumentException if the number of features is another
   */
  public double predict(float[] features) {
    if (network.head().task() == Task.REGRESSION) {
      return values(features)[0];
    }
    double[] raw = scorer.raw(features);
    int largest = 0;
    for (int k = 1; k < raw.length; k++) {
      largest = raw[k] > raw[largest] ? k : largest;
    }
    return Double.isNaN(raw[0]) ? Double.NaN : largest;
  }

  private static float[] floats(double[] numbers) {
    float[] result = new float[numbers.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) numbers[i];
    }
    return result;
  }
}
