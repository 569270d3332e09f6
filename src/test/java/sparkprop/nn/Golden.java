package sparkprop.nn;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.reference.Sample;

/**
 * What PyTorch made of one network, as {@code src/test/python/goldens_network.py} wrote it.
 *
 * @param json the network's object in the file
 */
record Golden(JsonNode json) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** All networks of the file. */
  static Stream<Golden> all() throws IOException {
    try (InputStream file = Golden.class.getResourceAsStream("/goldens/network.json")) {
      JsonNode networks = MAPPER.readTree(Objects.requireNonNull(file)).get("networks");
      return StreamSupport.stream(networks.spliterator(), false).map(Golden::new);
    }
  }

  private String text(String name) {
    return json.get(name).asText();
  }

  /** The engine's network with the initial weights. */
  Engine engine() {
    Sample sample = sample();
    Engine engine =
        Engine.of(
            text("network"),
            json.has("inputShape")
                ? Shape.parse(text("inputShape"))
                : Shape.of(sample.x()[0].length),
            Heads.classification(
                text("loss"), text("outputActivation"), json.get("classes").asInt()),
            "zeros",
            0);
    Map<String, double[]> parameters = pieces(json.get("parameters"));
    if (parameters.size() != engine.network().layout().parameters().size()) {
      throw new IllegalStateException("The file has " + parameters.keySet() + ".");
    }
    parameters.forEach(engine::set);
    return engine;
  }

  /** The rows. */
  Sample sample() {
    double[][] x = MAPPER.convertValue(json.get("x"), double[][].class);
    int[] labels = MAPPER.convertValue(json.get("labels"), int[].class);
    double[][] targets =
        Arrays.stream(labels).mapToObj(label -> new double[] {label}).toArray(double[][]::new);
    Sample sample = Sample.of(x, targets);
    return json.has("weights")
        ? sample.withWeights(MAPPER.convertValue(json.get("weights"), double[].class))
        : sample;
  }

  /** The last weighted inputs in scoring. */
  double[][] logits() {
    return MAPPER.convertValue(json.get("logits"), double[][].class);
  }

  /** The mean loss of a training pass. */
  double meanLoss() {
    return json.get("meanLoss").asDouble();
  }

  /** The gradient of the mean loss, by parameter. */
  Map<String, double[]> gradients() {
    return pieces(json.get("gradients"));
  }

  /** Running statistics after one training pass, by parameter. */
  Map<String, double[]> statistics() {
    return pieces(json.get("statistics"));
  }

  /** Twenty steps of each solver. */
  List<Path> paths() {
    return StreamSupport.stream(json.get("paths").spliterator(), false)
        .map(
            path ->
                new Path(
                    path.get("solver").asText(),
                    path.get("stepSize").asDouble(),
                    path.get("regParam").asDouble(),
                    MAPPER.convertValue(path.get("losses"), double[].class),
                    pieces(path.get("parameters"))))
        .toList();
  }

  /**
   * Some steps on all rows.
   *
   * @param solver its text
   * @param regParam strength of the penalty on the squares of weights
   * @param losses mean loss before each step, without penalty
   * @param parameters what was learnt and followed after the last
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Path(
      String solver,
      double stepSize,
      double regParam,
      double[] losses,
      Map<String, double[]> parameters) {}

  private static Map<String, double[]> pieces(JsonNode node) {
    return MAPPER.convertValue(node, new TypeReference<Map<String, double[]>>() {});
  }

  @Override
  public String toString() {
    return "[" + text("network") + "] " + text("outputActivation") + " " + text("loss");
  }
}
