package sparkprop.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.nn.activation.Activations;
import sparkprop.text.TextException;

/** What texts mean, what is refused, and answers at the edges; the formulas are in HeadLossTest. */
class HeadsTest {
  private static double[] finish(Head head, double... raw) {
    head.finish(raw);
    return raw;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "crossEntropy              | auto      | 3 | crossEntropy | softmax | glorotUniform | 3",
        "CROSSENTROPY              | SoftMax   | 2 | crossEntropy | softmax | glorotUniform | 2",
        "crossEntropy              | logistic  | 2 | crossEntropy | logistic | glorotUniform | 1",
        "crossEntropy              | logistic  | 3 | crossEntropy | logistic | glorotUniform | 3",
        "squaredError              | auto      | 2 | squaredError | lecunTanh | lecunUniform | 2",
        "squaredError              | leakyRelu(0.2) | 2 | squaredError | leakyRelu(0.2) | heUniform"
            + " | 2",
        "squarederror(TARGET=0.90) | logistic  | 4 | squaredError(target=0.9) | logistic |"
            + " glorotUniform | 4",
        "squaredError(0.9)         | tanh | 4 | squaredError(target=0.9) | tanh | glorotUniform | 4",
      })
  void classifiersHaveCanonicalTextsThatMakeThemAgain(
      String loss,
      String output,
      int classes,
      String canonicalLoss,
      String canonicalOutput,
      String initialiser,
      int units) {
    Head head = Heads.classification(loss, output, classes);
    assertThat(head.loss()).isEqualTo(canonicalLoss);
    assertThat(head.outputActivation()).isEqualTo(canonicalOutput);
    assertThat(head.initialiser()).isEqualTo(initialiser);
    assertThat(head.units()).isEqualTo(units);
    assertThat(head.outputs()).isEqualTo(classes);
    assertThat(head.targetWidth()).isEqualTo(1);
    assertThat(Heads.classification(head.loss(), head.outputActivation(), classes)).isEqualTo(head);
  }

  @Test
  void regressionsHaveCanonicalTextsThatMakeThemAgain() {
    Head head = Heads.regression("SquaredError", "auto", 3);
    assertThat(head.loss()).isEqualTo("squaredError");
    assertThat(head.outputActivation()).isEqualTo("identity");
    assertThat(head.initialiser()).isEqualTo("glorotUniform");
    assertThat(head.units()).isEqualTo(3);
    assertThat(head.outputs()).isEqualTo(3);
    assertThat(head.targetWidth()).isEqualTo(3);
    assertThat(Heads.regression("squaredError", "identity", 3)).isEqualTo(head);
    assertThat(Heads.regression("squaredError", "tanh", 1).outputActivation()).isEqualTo("tanh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "relu", "lecunTanh", "identity", "leakyRelu(0.2)", "exponential"})
  void crossEntropyRefusesOutputsThatAreNoProbabilities(String output) {
    assertThatThrownBy(() -> Heads.classification("crossEntropy", output, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Loss crossEntropy and outputActivation "
                + output
                + " do not fit: crossEntropy takes softmax or logistic; squaredError takes any that"
                + " rises.");
  }

  @Test
  void aClassifierRefusesOutputsThatGrowAsTheirInputFalls() {
    for (String output : List.of("leakyRelu(-1)", "leakyRelu(-0.001)")) {
      assertThatThrownBy(() -> Heads.classification("squaredError", output, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Loss squaredError and outputActivation "
                  + output
                  + " do not fit: a class's output must not grow as its weighted input falls, so use"
                  + " one such as lecunTanh.");
      assertThat(Heads.regression("squaredError", output, 3).units()).isEqualTo(3);
    }
    for (String output : Activations.VOCABULARY.names()) {
      assertThat(Heads.classification("squaredError", output, 3).units()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5 | logistic | above 0.5 and at most 1",
        "1.5 | logistic | above 0.5 and at most 1",
        "2   | softmax | above 0.5 and at most 1",
        "0   | tanh | above 0 and at most 1",
        "1.1 | tanh | above 0 and at most 1",
        "2   | lecunTanh | above 0 and at most 1.7159",
        "-1  | identity | above 0.5",
      })
  void refusesTargetsThatTheOutputCannotShow(String target, String output, String range) {
    String loss = "squaredError(target=" + target + ")";
    assertThatThrownBy(() -> Heads.classification(loss, output, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Loss %s and outputActivation %s do not fit: target must be %s."
                .formatted(loss, output, range));
  }

  @Test
  void refusesTextsItCannotRead() {
    assertThatThrownBy(() -> Heads.classification("crossEntrpy", "auto", 3))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith(
            "loss, column 1: no loss is called 'crossEntrpy'; the nearest known name is"
                + " 'crossEntropy'.");
    assertThatThrownBy(() -> Heads.classification("squaredError", "atuo", 3))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith(
            "outputActivation, column 1: no activation is called 'atuo'; the nearest known name is"
                + " 'auto'.");
    assertThatThrownBy(() -> Heads.regression("crossEntropy", "auto", 1))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("loss, column 1: no loss is called 'crossEntropy'");
    assertThatThrownBy(() -> Heads.regression("squaredError(target=1)", "auto", 1))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("squaredError takes no argument");
  }

  @Test
  void refusesTooFewClassesAndTargets() {
    assertThatThrownBy(() -> Heads.classification("crossEntropy", "auto", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A classifier needs at least 2 classes, but was given 1.");
    assertThatThrownBy(() -> Heads.regression("squaredError", "auto", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A regression needs at least 1 target, but was given 0.");
  }

  @Test
  void rawIsZ() {
    float[] raw = new float[4];
    Heads.classification("crossEntropy", "auto", 2).raw(new float[] {1, 2, 3, 4}, raw, 2);
    assertThat(raw).containsExactly(1, 2, 3, 4);
  }

  @Test
  void oneLogisticUnitShowsTwoClasses() {
    Head head = Heads.classification("crossEntropy", "logistic", 2);
    float[] raw = new float[4];
    head.raw(new float[] {1.5f, -2f}, raw, 2);
    assertThat(raw).containsExactly(-1.5f, 1.5f, 2f, -2f);
    double p = 1 / (1 + Math.exp(-1.5));
    assertThat(finish(head, -1.5, 1.5)).containsExactly(new double[] {1 - p, p}, within(1e-15));
    // No digits are lost where 1 - f(z) would have none left.
    assertThat(finish(head, -100, 100)[0]).isCloseTo(Math.exp(-100), within(1e-50));
  }

  @ParameterizedTest
  @CsvSource({
    "crossEntropy, softmax, 0.5680895, 0.1891006, 0.2428099",
    "crossEntropy, logistic, 0.4247992, 0.2689786, 0.3062222",
    "squaredError, softmax, 0.5680895, 0.1891006, 0.2428099",
    // (f(z) + 1) / 2 of 0.9215234, -0.2274405, 0.0571755
    "squaredError, lecunTanh, 0.5122343, 0.2059468, 0.2818189",
    // (f(z) + 0.5773503) / 1.1547005 of 0.7162979, whose share is cut to 1, -0.1973753, 0.0499584
    "squaredError, tanh, 0.5340930, 0.1757529, 0.2901541",
    // (f(z) - 0.2113249) / 0.5773503 of 0.7109495, 0.4501660, 0.5124974
    "squaredError, logistic, 0.4805754, 0.2297348, 0.2896897",
    "squaredError, identity, 0.9473684, 0, 0.0526316",
    "squaredError, relu, 0.9473684, 0, 0.0526316",
  })
  void probabilitiesFollowTheOutputs(String loss, String output, double p0, double p1, double p2) {
    Head head = Heads.classification(loss, output, 3);
    double[] p = finish(head, 0.9, -0.2, 0.05);
    assertThat(p).containsExactly(new double[] {p0, p1, p2}, within(1e-6));
    assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-15));
  }

  @Test
  void sharesAreClippedBetweenTheTargets() {
    Head head = Heads.classification("squaredError(target=0.8)", "identity", 3);
    assertThat(finish(head, 5, 0.5, -3))
        .containsExactly(new double[] {2 / 3.0, 1 / 3.0, 0}, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "crossEntropy, logistic, -1e4", "squaredError, lecunTanh, -1e4", "squaredError, identity, -1",
    "squaredError, relu, -7", "squaredError, logistic, -1e4", "squaredError, exponential, -1e4"
  })
  void withoutAnyEvidenceAllClassesAreAlike(String loss, String output, double z) {
    double[] p = finish(Heads.classification(loss, output, 4), z, z, z, z);
    assertThat(p).containsExactly(0.25, 0.25, 0.25, 0.25);
  }

  @ParameterizedTest
  @CsvSource({
    "crossEntropy, softmax", "crossEntropy, logistic", "squaredError, lecunTanh",
    "squaredError, softmax", "squaredError, relu", "squaredError, hardSigmoid",
    "squaredError, exponential"
  })
  void hugeOutputsAreCertaintyAndNanIsNan(String loss, String output) {
    Head head = Heads.classification(loss, output, 3);
    assertThat(finish(head, -1e4, 1e4, -1e4)).containsExactly(0, 1, 0);
    for (double x : finish(head, 0, Double.NaN, 1)) {
      assertThat(x).isNaN();
    }
    for (double x : finish(head, Double.NaN, Double.NaN, Double.NaN)) {
      assertThat(x).isNaN();
    }
  }

  @Test
  void aPairWithNanIsNan() {
    Head head = Heads.classification("crossEntropy", "logistic", 2);
    assertThat(finish(head, Double.NaN, Double.NaN)).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void regressionAnswersWithTheActivation() {
    assertThat(finish(Heads.regression("squaredError", "auto", 2), 3.5, -1))
        .containsExactly(3.5, -1);
    assertThat(finish(Heads.regression("squaredError", "tanh", 2), 0.5, Double.NaN))
        .containsExactly(new double[] {Math.tanh(0.5), Double.NaN}, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"crossEntropy, softmax", "crossEntropy, logistic", "squaredError, gelu"})
  void countsTheWeightOfRowsThatAreRight(String loss, String output) {
    HeadPass pass = Heads.classification(loss, output, 3).newPass(5);
    float nan = Float.NaN;
    float[] z = {3, 1, 2, 0, 0, -1, 0, 0, -1, -3, -2, -1, 9, nan, 1};
    float[] labels = {0, 0, 1, 2, 0};
    float[] weights = {1, 2, 4, 8, 16};
    // Row 1 is a tie, which the lowest class wins; row 2 the same and wrong; row 4 has NaN.
    assertThat(pass.correct(z, labels, weights, 5)).isEqualTo(1 + 2 + 8);
  }

  @Test
  void oneUnitSaysTheSecondClassAboveZero() {
    HeadPass pass = Heads.classification("crossEntropy", "logistic", 2).newPass(6);
    float[] z = {1, -1, 0, 0, -1, Float.NaN};
    float[] labels = {1, 0, 0, 1, 1, 0};
    float[] weights = {1, 2, 4, 8, 16, 32};
    assertThat(pass.correct(z, labels, weights, 6)).isEqualTo(1 + 2 + 4);
  }

  @Test
  void aRegressionHasNoRightOrWrong() {
    HeadPass pass = Heads.regression("squaredError", "auto", 1).newPass(1);
    assertThat(pass.correct(new float[] {1}, new float[] {1}, new float[] {1}, 1)).isNaN();
  }
}
