package sparkprop.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The table of networks on which derivatives are checked, first the reference's by central
 * differences and then the engine's by the reference. A new layer, activation, loss or initialiser
 * is one more row.
 */
public final class NetworkCases {
  /** Activations that can stand anywhere; exponential cannot stand upon itself. */
  private static final List<String> ACTIVATIONS =
      List.of(
          "identity",
          "logistic",
          "tanh",
          "lecunTanh",
          "relu",
          "leakyRelu",
          "leakyRelu(0.2)",
          "elu",
          "elu(0.5)",
          "selu",
          "gelu",
          "softplus",
          "softsign",
          "swish",
          "mish",
          "hardSigmoid",
          "softmax");

  private static final List<String> INITIALISERS =
      List.of(
          "auto",
          "lecunUniform",
          "lecunNormal",
          "lecun",
          "glorotUniform",
          "glorotNormal",
          "glorot",
          "heUniform",
          "heNormal",
          "he",
          "uniform(0.3)",
          "zeros");

  private NetworkCases() {}

  /** The whole table. */
  public static Stream<NetworkCase> all() {
    return Stream.of(
            Stream.of(
                NetworkCase.of(""),
                NetworkCase.of("dense(w)"),
                NetworkCase.of("dense(w) tanh dense(w) logistic dense(w) softplus"),
                NetworkCase.of("dropout(0.5) dense(w) tanh"),
                NetworkCase.of("dense(w) tanh dropout(0.3) dense(w) dropout(0.6) gelu"),
                NetworkCase.of("tanh dense(w) tanh"),
                NetworkCase.of("batchNorm"),
                NetworkCase.of("dense(w) batchNorm tanh"),
                NetworkCase.of("batchNorm dense(w) relu batchNorm dense(w) swish batchNorm"),
                NetworkCase.of("dense(w) batchNorm relu dropout(0.2) dense(w) relu"),
                NetworkCase.of("dense(w) exponential dense(w)")),
            maps(),
            sequences(),
            ACTIVATIONS.stream().map(f -> NetworkCase.of("dense(w) " + f + " dense(w) " + f)),
            INITIALISERS.stream().map(i -> NetworkCase.of("dense(w) tanh dense(w) relu").init(i)),
            heads())
        .flatMap(cases -> cases);
  }

  private static Stream<NetworkCase> maps() {
    return Stream.of(
        NetworkCase.of("1x5x5", "conv(w, 3x3) tanh"),
        NetworkCase.of("2x5x6", "conv(w, 2x3) tanh avgPool(2x2) flatten dense(w) tanh"),
        NetworkCase.of("3x5x4", "conv(w, 3x2, stride=2x1, padding=1) gelu conv(w, 1) tanh"),
        NetworkCase.of("2x4x5", "tanh conv(w, 1x1) softplus maxPool(2) dense(w) tanh"),
        NetworkCase.of("1x6x5", "conv(w, 3, stride=3, padding=2) relu globalAvgPool"),
        NetworkCase.of("2x3x3", "conv(w, 5x5, padding=2x1) tanh"),
        NetworkCase.of("2x5x5", "tanh maxPool(3x2, stride=1x2, padding=1) dense(w)"),
        NetworkCase.of("2x5x6", "maxPool(2, stride=3) avgPool(1x2, stride=1) tanh"),
        NetworkCase.of("1x5x5", "avgPool(3, stride=2, padding=1) conv(w, 2) tanh"),
        NetworkCase.of("3x5x4", "depthwiseConv(3x2, padding=1) tanh conv(w, 1x1) swish"),
        NetworkCase.of("2x6x6", "conv(w, 3) tanh depthwiseConv(2, stride=2) mish globalAvgPool"),
        NetworkCase.of("2x4x3", "conv(w, 2x2) batchNorm tanh maxPool(2)"),
        NetworkCase.of("3x3x2", "batchNorm conv(w, 2, padding=1) batchNorm gelu globalAvgPool"),
        NetworkCase.of("1x4x4", "flatten dropout(0.3) dense(w) tanh"));
  }

  private static Stream<NetworkCase> sequences() {
    return Stream.of(
        NetworkCase.of("4x3", "rnn(w)"),
        NetworkCase.of("5x2", "rnn(w, bidirectional=true) last dense(w) tanh"),
        NetworkCase.of("4x3", "lstm(w) last"),
        NetworkCase.of("1x3", "lstm(w) gru(w) rnn(w)"),
        NetworkCase.of("5x2", "tanh lstm(w, bidirectional=true) dropout(0.3) dense(w) tanh"),
        NetworkCase.of("3x4", "lstm(w) softplus lstm(w, bidirectional=true) last"),
        NetworkCase.of("4x3", "gru(w) last"),
        NetworkCase.of("5x2", "softplus gru(w, bidirectional=true) gru(w) flatten"),
        NetworkCase.of("3x3", "batchNorm rnn(w) batchNorm last"),
        NetworkCase.of("4", "embedding(6, 3) lstm(w) last"),
        NetworkCase.of("5x1", "embedding(4, 2) dense(w) tanh"),
        NetworkCase.of("4x3", "timeDelay(w, 2)"),
        NetworkCase.of("5x2", "tanh timeDelay(w, 3) tanh timeDelay(w, 1) last"),
        NetworkCase.of("3x2", "rnn(w) timeDelay(w, 5) dense(w) tanh"),
        NetworkCase.of("", "dense(w) layerNorm tanh"),
        NetworkCase.of("4x3", "layerNorm rnn(w) layerNorm last"),
        NetworkCase.of("2x3x3", "layerNorm conv(w, 2x2) layerNorm tanh"));
  }

  /**
   * Networks whose gradient is cut off at some steps and so is no slope of the loss: the engine's
   * is checked by the reference's alone.
   */
  public static Stream<NetworkCase> truncated() {
    return Stream.of(
        NetworkCase.of("5x2", "rnn(w, truncate=2) last"),
        NetworkCase.of("5x2", "lstm(w, bidirectional=true, truncate=2)"),
        NetworkCase.of("6x2", "softplus gru(w, bidirectional=true, truncate=3) last"),
        NetworkCase.of("4x3", "gru(w, truncate=1) lstm(w, truncate=3)"));
  }

  /** A classifier of rows of this shape, whose hidden layers somebody else names. */
  public static NetworkCase ofShape(String inputShape) {
    return NetworkCase.of(inputShape, "");
  }

  private static Stream<NetworkCase> heads() {
    NetworkCase hidden = NetworkCase.of("dense(w) tanh");
    return Stream.of(
            Stream.of(
                hidden.classifier("softmax", "crossEntropy", 2),
                hidden.classifier("softmax", "crossEntropy", 7),
                hidden.classifier("logistic", "crossEntropy", 2),
                hidden.classifier("logistic", "crossEntropy", 4),
                hidden.classifier("logistic", "squaredError(target=0.9)", 3),
                hidden.classifier("tanh", "squaredError(target=0.9)", 3),
                hidden.classifier("identity", "squaredError(target=0.9)", 3),
                hidden.classifier("softmax", "crossEntropy(labelSmoothing=0.1)", 4),
                hidden.classifier("logistic", "crossEntropy(labelSmoothing=0.3)", 2),
                hidden.classifier("logistic", "crossEntropy(labelSmoothing=0.3)", 3),
                hidden.classifier("softmax", "focal", 3),
                hidden.classifier("softmax", "focal(0.5)", 2),
                hidden.regressor("identity", "absoluteError", 2),
                hidden.regressor("identity", "huber", 2),
                hidden.regressor("tanh", "huber(0.3)", 1),
                hidden.regressor("identity", "quantile(0.9)", 2),
                hidden.regressor("exponential", "poisson", 2),
                hidden.regressor("softplus", "poisson", 1)),
            Stream.concat(ACTIVATIONS.stream(), Stream.of("exponential"))
                .flatMap(
                    f ->
                        Stream.of(
                            hidden.classifier(f, "squaredError", 2),
                            hidden.classifier(f, "squaredError", 4),
                            hidden.regressor(f, "squaredError", 1),
                            hidden.regressor(f, "squaredError", 3))))
        .flatMap(cases -> cases);
  }

  /** Rows of a case: features about 1 in size, some of them 0, targets at random. */
  public static Sample sample(NetworkCase network, int rows, int features, Random random) {
    boolean classes = network.task() == NetworkCase.Task.CLASSIFICATION;
    double[][] x = new double[rows][features];
    double[][] targets = new double[rows][classes ? 1 : network.width()];
    for (int n = 0; n < rows; n++) {
      for (int i = 0; i < features; i++) {
        x[n][i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
        if (network.vocabulary() > 0) {
          x[n][i] = random.nextInt(network.vocabulary());
        }
      }
      for (int k = 0; k < targets[n].length; k++) {
        targets[n][k] = classes ? random.nextInt(network.width()) : (float) random.nextGaussian();
      }
      if (network.sequences() && random.nextBoolean()) {
        int steps = network.shape(features)[0];
        Arrays.fill(x[n], random.nextInt(steps) * (features / steps), features, 0);
      }
    }
    return Sample.of(x, targets);
  }

  /** The same rows with weights between 1/4 and 4 and with numbers anywhere in a large input. */
  public static Sample scattered(Sample sample, Random random) {
    double[] weights = new double[sample.rows()];
    long[] rowNumbers = new long[sample.rows()];
    for (int n = 0; n < weights.length; n++) {
      weights[n] = (float) Math.pow(4, 2 * random.nextDouble() - 1);
      rowNumbers[n] = random.nextLong() >>> 24;
    }
    return new Sample(sample.x(), sample.targets(), weights, rowNumbers);
  }
}
