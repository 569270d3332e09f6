package sparkprop.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Head;
import sparkprop.nn.loss.Heads;
import sparkprop.nn.loss.Task;
import sparkprop.nn.safetensors.JsonList;
import sparkprop.nn.safetensors.Tensor;
import sparkprop.nn.safetensors.TensorFile;

/**
 * How a network stands in a file: a tensor for each parameter, under its name in the layout, and in
 * {@code __metadata__} the texts from which the network is built again. Once released, a key keeps
 * its meaning; a change that older readers would misread raises the version.
 */
final class SavedNetworkFormat {
  /** The newest version this class reads, and the one it writes. */
  static final int VERSION = 1;

  private static final String VERSION_KEY = "sparkprop.formatVersion";
  private static final String TASK = "task";
  private static final String NETWORK = "network";
  private static final String OUTPUT_LAYER = "outputLayer";
  private static final String LOSS = "loss";
  private static final String OUTPUT_ACTIVATION = "outputActivation";
  private static final String FEATURES = "numFeatures";
  private static final String INPUT_SHAPE = "inputShape";
  private static final String OUTPUTS = "numOutputs";
  private static final String CLASS_NAMES = "classNames";
  private static final List<String> OWN_KEYS =
      List.of(
          VERSION_KEY,
          TASK,
          NETWORK,
          OUTPUT_LAYER,
          LOSS,
          OUTPUT_ACTIVATION,
          FEATURES,
          INPUT_SHAPE,
          OUTPUTS,
          CLASS_NAMES);

  private SavedNetworkFormat() {}

  static TensorFile toFile(SavedNetwork saved) {
    Network network = saved.network();
    Head head = network.head();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(VERSION_KEY, String.valueOf(VERSION));
    metadata.put(TASK, head.task().text());
    metadata.put(NETWORK, network.text());
    metadata.put(OUTPUT_LAYER, network.layers().get(network.layers().size() - 1).text());
    metadata.put(LOSS, head.loss());
    metadata.put(OUTPUT_ACTIVATION, head.outputActivation());
    metadata.put(FEATURES, String.valueOf(network.numFeatures()));
    if (network.input().dimensions().size() > 1) {
      metadata.put(INPUT_SHAPE, network.input().toString());
    }
    metadata.put(OUTPUTS, String.valueOf(head.outputs()));
    metadata.put(CLASS_NAMES, JsonList.ofTexts(saved.classNames()));
    saved.notes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(note -> metadata.putIfAbsent(note.getKey(), note.getValue()));
    List<Tensor> tensors = new ArrayList<>();
    for (Parameter p : network.layout().parameters()) {
      tensors.add(new Tensor(p.name(), p.shape().dimensions(), saved.weights(), p.offset()));
    }
    return new TensorFile(metadata, tensors);
  }

  static SavedNetwork fromFile(TensorFile file, String where) {
    Map<String, String> metadata = file.metadata();
    checkVersion(metadata, where);
    Network network = network(task(metadata, where), metadata, where);
    Map<String, String> notes = new LinkedHashMap<>(metadata);
    notes.keySet().removeAll(OWN_KEYS);
    return new SavedNetwork(
        network,
        weights(network.layout(), file, where),
        classNames(metadata, network.head().outputs(), where),
        notes);
  }

  private static void checkVersion(Map<String, String> metadata, String where) {
    int version = number(metadata, VERSION_KEY, where);
    if (version > VERSION) {
      throw new IllegalArgumentException(
          ("%s was saved in format version %d, but this release of Sparkprop reads versions up to"
                  + " %d: use a newer release.")
              .formatted(where, version, VERSION));
    }
  }

  /** The first saved models say nothing, and are classifiers. */
  private static Task task(Map<String, String> metadata, String where) {
    String task = metadata.getOrDefault(TASK, Task.CLASSIFICATION.text());
    return Task.of(task)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("%s holds a network for %s, which this release of Sparkprop does not know: use"
                            + " a newer release.")
                        .formatted(where, task)));
  }

  /** A text that cannot be read is that of a layer, say, which came with a later release. */
  private static Network network(Task task, Map<String, String> metadata, String where) {
    String hidden = text(metadata, NETWORK, where);
    String loss = text(metadata, LOSS, where);
    String outputActivation = text(metadata, OUTPUT_ACTIVATION, where);
    Shape features = inputShape(metadata, where);
    int outputs = number(metadata, OUTPUTS, where);
    try {
      return Network.of(
          NetworkSpec.parse(hidden), features, Heads.of(task, loss, outputActivation, outputs));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          ("%s holds a network that this release of Sparkprop cannot build, with hidden layers"
                  + " '%s', loss '%s' and outputActivation '%s'; it was saved by release %s: use a"
                  + " newer release.")
              .formatted(where, hidden, loss, outputActivation, release(metadata)),
          e);
    }
  }

  /** Not said of rows that are vectors. */
  private static Shape inputShape(Map<String, String> metadata, String where) {
    int features = number(metadata, FEATURES, where);
    String text = metadata.getOrDefault(INPUT_SHAPE, String.valueOf(features));
    try {
      Shape shape = Shape.parse(text);
      if (shape.size() == features) {
        return shape;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw notOurs(where, INPUT_SHAPE, text, "the shape of %d features".formatted(features));
  }

  private static String release(Map<String, String> metadata) {
    return metadata.getOrDefault(SavedNetwork.LIBRARY_VERSION, "unknown");
  }

  private static String text(Map<String, String> metadata, String key, String where) {
    String value = metadata.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s is not a network saved by Sparkprop: its header has no text '%s'."
              .formatted(where, key));
    }
    return value;
  }

  private static int number(Map<String, String> metadata, String key, String where) {
    String value = text(metadata, key, where);
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw notOurs(where, key, value, "a whole number of at least 1");
  }

  private static List<String> classNames(Map<String, String> metadata, int outputs, String where) {
    String value = metadata.getOrDefault(CLASS_NAMES, "[]");
    try {
      List<String> names = JsonList.texts(value);
      if (names.isEmpty() || names.size() == outputs) {
        return names;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw notOurs(
        where, CLASS_NAMES, value, "a list of a name for each of %d classes".formatted(outputs));
  }

  private static IllegalArgumentException notOurs(
      String where, String key, String value, String expected) {
    return new IllegalArgumentException(
        "%s is not a network saved by Sparkprop: '%s' in its header is '%s', not %s."
            .formatted(where, key, value, expected));
  }

  private static float[] weights(ParameterLayout layout, TensorFile file, String where) {
    float[] weights = new float[layout.size()];
    boolean[] found = new boolean[layout.parameters().size()];
    for (Tensor tensor : file.tensors()) {
      Parameter p =
          layout
              .find(tensor.name())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          ("%s holds the tensor %s, which this release of Sparkprop does not know in"
                                  + " its network; it was saved by release %s: use a newer release.")
                              .formatted(where, tensor.name(), release(file.metadata()))));
      if (!p.shape().dimensions().equals(tensor.shape())) {
        throw new IllegalArgumentException(
            "%s holds the tensor %s with shape %s, but its network says %s: save the model again."
                .formatted(where, tensor.name(), tensor.shape(), p.shape().dimensions()));
      }
      System.arraycopy(tensor.array(), tensor.offset(), weights, p.offset(), p.size());
      found[layout.parameters().indexOf(p)] = true;
    }
    for (int i = 0; i < found.length; i++) {
      if (!found[i]) {
        throw new IllegalArgumentException(
            "%s lacks the tensor %s that its network says: save the model again."
                .formatted(where, layout.parameters().get(i).name()));
      }
    }
    return weights;
  }
}
