package sparkprop.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.regression.NeuralNetworkRegressor;
import sparkprop.text.TextException;

/** Whatever is typed into a Param of the grammar, the answer is a value or our one sentence. */
class MalformedTextsTest {
  private static final int TEXTS = 10_000;

  /** What texts are made of, so that many nearly parse. */
  private static final List<String> PIECES =
      List.of(
          "dense",
          "DENSE",
          "dropout",
          "batchNorm",
          "relu",
          "leakyRelu",
          "adam",
          "momentum",
          "l-bfgs",
          "rprop",
          "crossEntropy",
          "focal",
          "huber",
          "quantile",
          "squaredError",
          "cosine",
          "plateau",
          "oneCycle",
          "heUniform",
          "uniform",
          "lazy",
          "target",
          "labelSmoothing",
          "beta1",
          "(",
          ")",
          "((",
          "))",
          ",",
          "=",
          "==",
          " ",
          "  ",
          "\t",
          "\n",
          ".",
          "-",
          "+",
          "e",
          "1e",
          "0",
          "1",
          "-1",
          "0.5",
          "1e400",
          "1e-400",
          "99999999999999999999",
          "0x10",
          "1_000",
          "NaN",
          "Infinity",
          "true",
          "False",
          "null",
          "ä",
          "\u0660",
          "𝒳",
          "\u0000",
          "\uFEFF",
          "'",
          "\"",
          "\\",
          "#",
          "%",
          "%s",
          "{",
          "}",
          "[",
          "]",
          ";",
          ":",
          "/",
          "/*",
          "--",
          "<",
          ">",
          "&",
          "$");

  private static final NeuralNetworkClassifier CLASSIFIER = new NeuralNetworkClassifier();
  private static final NeuralNetworkRegressor REGRESSOR = new NeuralNetworkRegressor();

  private static final Map<String, Consumer<String>> SETTERS =
      Map.of(
          "network", CLASSIFIER::setNetwork,
          "solver", CLASSIFIER::setSolver,
          "loss of a classifier", CLASSIFIER::setLoss,
          "loss of a regressor", REGRESSOR::setLoss,
          "activation", CLASSIFIER::setActivation,
          "output", CLASSIFIER::setOutputActivation,
          "schedule", CLASSIFIER::setStepSizeSchedule,
          "initialiser", CLASSIFIER::setWeightInit);

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextInt(40) == 0 ? 2000 : 9);
    for (int i = 0; i < length; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** One that hangs is stopped and fails. */
  @Test
  void areReadOrRefusedInTime() {
    Random random = new Random(5);
    int refused =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () -> {
              int count = 0;
              for (int i = 0; i < TEXTS; i++) {
                String text = text(random);
                for (Map.Entry<String, Consumer<String>> setter : SETTERS.entrySet()) {
                  count += refused(setter.getValue(), setter.getKey(), text) ? 1 : 0;
                }
              }
              return count;
            });
    assertThat(refused).isBetween(TEXTS * SETTERS.size() * 9 / 10, TEXTS * SETTERS.size() - 1);
  }

  private static boolean refused(Consumer<String> setter, String what, String text) {
    try {
      setter.accept(text);
      return false;
    } catch (TextException e) {
      assertThat(e.getMessage().strip().endsWith("^")).as("%s '%.200s'", what, text).isTrue();
      return true;
    }
  }

  /** Time and memory grow with the length of the text, not faster. */
  @Test
  void longTextsAreNoTrap() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String piece : List.of("(", "dense(", "a", "dense(1) ", "1", ",", "=", " ", "\n")) {
            for (Map.Entry<String, Consumer<String>> setter : SETTERS.entrySet()) {
              refused(setter.getValue(), setter.getKey(), piece.repeat(20_000));
            }
          }
        });
  }
}
