package sparkprop.nn.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.text.TextException;

class ActivationsTest {
  private static final float DENORMAL = Float.MIN_VALUE;

  /** Enough for several tiles and a remainder, from -12 to 12, then the extremes of either sign. */
  private static final float[] WIDE = wide();

  private static float[] wide() {
    float[] extremes = {
      0f, DENORMAL, 1e-40f, 1e-30f, 1e-7f, 1e-3f, 20f, 50f, 88f, 90f, 100f, 1e4f, 0x1p60f, 1e30f
    };
    int fine = 2505;
    float[] z = new float[fine + 2 * extremes.length + 2];
    for (int i = 0; i < fine; i++) {
      z[i] = -12f + 24f * i / fine;
    }
    int at = fine;
    for (float x : extremes) {
      z[at++] = x;
      z[at++] = -x;
    }
    z[at] = Float.MAX_VALUE;
    z[at + 1] = -Float.MAX_VALUE;
    return z;
  }

  static Stream<String> elementwise() {
    return ActivationFormulas.elementwise().keySet().stream();
  }

  static Stream<String> all() {
    return Stream.concat(elementwise(), Stream.of("softmax"));
  }

  private static Activation activation(String text) {
    return Activations.read("activation", text);
  }

  private static float[] forward(String text, float... z) {
    float[] a = new float[z.length];
    activation(text).forward(z, a, 1, z.length);
    return a;
  }

  /** {@code f'(z)} as the backward pass has it. */
  private static float[] derivative(String text, float... z) {
    float[] delta = new float[z.length];
    Arrays.fill(delta, 1f);
    activation(text).backward(z, forward(text, z), delta, 1, z.length);
    return delta;
  }

  @Test
  void theFormulasNameEveryActivation() {
    assertThat(all().map(text -> text.replaceAll("\\(.*", "")).distinct())
        .containsExactlyInAnyOrderElementsOf(Activations.VOCABULARY.names());
  }

  /** Far cheaper than an assertion for each of thousands of values. */
  private static void close(String text, double z, double actual, double expected, double error) {
    if (!(Math.abs(actual - expected) <= error)) {
      fail("%s at %s: %s, but the formula says %s".formatted(text, z, actual, expected));
    }
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void forwardFollowsTheFormula(String text) {
    DoubleUnaryOperator f = ActivationFormulas.elementwise().get(text);
    float[] a = forward(text, WIDE);
    for (int i = 0; i < WIDE.length; i++) {
      double expected = f.applyAsDouble(WIDE[i]);
      if (Math.abs(expected) > Float.MAX_VALUE) {
        assertThat(a[i]).as("%s(%s)", text, WIDE[i]).isEqualTo((float) expected);
        continue;
      }
      // Where z multiplies a rounded factor (gelu, swish), the error grows with z, up to 10.
      double scale = Math.max(Math.min(Math.abs(WIDE[i]), 10), Math.abs(expected));
      close(text, WIDE[i], a[i], expected, 5e-7 * Math.max(1, scale));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity",
        "tanh",
        "lecunTanh",
        "relu",
        "leakyRelu",
        "elu",
        "elu(0.5)",
        "selu",
        "gelu",
        "softsign",
        "swish",
        "mish"
      })
  void smallInputsKeepTheirDigits(String text) {
    DoubleUnaryOperator f = ActivationFormulas.elementwise().get(text);
    for (float z : new float[] {1e-2f, -1e-2f, 1e-4f, -1e-4f, 1e-7f, -1e-7f, 1e-20f, -1e-20f}) {
      double expected = f.applyAsDouble(z);
      close(text, z, forward(text, z)[0], expected, 1e-6 * Math.abs(expected));
    }
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void derivativeIsTheSlopeOfTheFormula(String text) {
    DoubleUnaryOperator f = ActivationFormulas.elementwise().get(text);
    float[] slope = derivative(text, WIDE);
    for (int i = 0; i < WIDE.length; i++) {
      double z = WIDE[i];
      double h = Math.abs(z) <= 100 ? 1e-4 : 1e-4 * Math.abs(z);
      double above = f.applyAsDouble(z + h);
      if (nearKink(text, z, h) || Math.abs(above) > Float.MAX_VALUE) {
        continue;
      }
      double expected = (above - f.applyAsDouble(z - h)) / (2 * h);
      close(text, z, slope[i], expected, 2e-6 * Math.max(1, Math.abs(expected)));
    }
  }

  /** Whether a central difference would reach across a jump of the first or second derivative. */
  private static boolean nearKink(String text, double z, double h) {
    List<Double> kinks =
        switch (text) {
          case "relu", "leakyRelu", "leakyRelu(0.2)", "elu", "elu(0.5)", "selu", "softsign" ->
              List.of(0.0);
          case "hardSigmoid" -> List.of(-3.0, 3.0);
          default -> List.of();
        };
    return kinks.stream().anyMatch(kink -> Math.abs(z - kink) <= h);
  }

  @ParameterizedTest
  @CsvSource({
    "relu, 0",
    "leakyRelu, 0.01",
    "leakyRelu(0.2), 0.2",
    "elu, 1",
    "elu(0.5), 0.5",
    "selu, 1.7580993",
    "softsign, 1"
  })
  void atItsKinkTheSlopeIsThatFromBelow(String text, float below) {
    assertThat(derivative(text, 0f, -0f)).containsExactly(below, below);
    assertThat(derivative(text, -1e-40f)[0]).isCloseTo(below, within(1e-6f));
    float above = text.equals("selu") ? 1.050701f : 1f;
    assertThat(derivative(text, DENORMAL, 1e-40f, 1e-30f)).containsExactly(above, above, above);
  }

  @Test
  void hardSigmoidIsFlatFromItsCornersOn() {
    assertThat(derivative("hardSigmoid", -3f, 3f, Math.nextUp(-3f), Math.nextDown(3f)))
        .containsExactly(0f, 0f, 1f / 6, 1f / 6);
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void everyFiniteInputHasAFiniteDerivative(String text) {
    float[] slope = derivative(text, WIDE);
    for (int i = 0; i < WIDE.length; i++) {
      boolean overflows = text.equals("exponential") && WIDE[i] > 88;
      assertThat(Float.isFinite(slope[i]) || overflows).as("%s at %s", text, WIDE[i]).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void nanStaysNanAndStaysAlone(String text) {
    float[] z = {0.5f, Float.NaN, 0.5f};
    assertThat(Float.isNaN(forward(text, z)[1])).isTrue();
    assertThat(Arrays.copyOf(forward(text, z), 1)).containsExactly(forward(text, 0.5f));
    if (!text.equals("identity")) {
      assertThat(Float.isNaN(derivative(text, z)[1])).isTrue();
    }
    assertThat(derivative(text, z)[2]).isEqualTo(derivative(text, 0.5f)[0]);
  }

  @ParameterizedTest
  @MethodSource("all")
  void forwardInPlaceGivesTheSameBits(String text) {
    float[] z = Arrays.copyOf(WIDE, 2500);
    float[] a = new float[2500];
    activation(text).forward(z, a, 5, 500);
    activation(text).forward(z, z, 5, 500);
    assertThat(z).isEqualTo(a);
  }

  @ParameterizedTest
  @MethodSource("all")
  void neitherInputsNorWhatLiesBeyondTheRowsIsTouched(String text) {
    float[] z = {1f, -2f, 3f, -0.5f, 7f};
    float[] a = {0f, 0f, 0f, 0f, 7f};
    float[] delta = {1f, 1f, 2f, 2f, 7f};
    Activation f = activation(text);
    f.forward(z, a, 2, 2);
    float[] kept = a.clone();
    f.backward(z, a, delta, 2, 2);
    assertThat(z).containsExactly(1f, -2f, 3f, -0.5f, 7f);
    assertThat(a).containsExactly(kept);
    assertThat(new float[] {a[4], delta[4]}).containsExactly(7f, 7f);
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void backwardMultipliesWhatComesFromAbove(String text) {
    float[] z = {0.3f, -0.7f};
    float[] delta = {-3f, 0.25f};
    activation(text).backward(z, forward(text, z), delta, 2, 1);
    float[] slope = derivative(text, z);
    assertThat(delta[0]).isCloseTo(-3f * slope[0], within(1e-6f));
    assertThat(delta[1]).isCloseTo(0.25f * slope[1], within(1e-6f));
  }

  @ParameterizedTest
  @MethodSource("all")
  void anEmptyBlockIsNoError(String text) {
    activation(text).forward(new float[0], new float[0], 0, 3);
    activation(text).backward(new float[0], new float[0], new float[0], 0, 3);
  }

  @Test
  void softmaxWorksRowByRow() {
    float[] z = {1f, 2f, 3f, -1f, 0f, 5f, 1e4f, 1e4f, -1e4f, 1e30f, -1e30f, 0f, 0f, 0f, -0f};
    float[] a = new float[z.length];
    activation("softmax").forward(z, a, 5, 3);
    for (int row = 0; row < 5; row++) {
      double[] expected =
          ActivationFormulas.value(
              "softmax", new double[] {z[3 * row], z[3 * row + 1], z[3 * row + 2]});
      for (int k = 0; k < 3; k++) {
        assertThat((double) a[3 * row + k]).isCloseTo(expected[k], within(3e-7));
      }
    }
  }

  @Test
  void softmaxPassesDeltasThroughItsJacobian() {
    float[] z = {1f, 2f, -0.5f, 0f, 0.3f, -4f};
    float[] c = {0.5f, -2f, 1.5f, 3f, 1f, -1f};
    float[] a = forward("softmax", z);
    activation("softmax").forward(z, a, 2, 3);
    float[] delta = c.clone();
    activation("softmax").backward(z, a, delta, 2, 3);
    for (int i = 0; i < z.length; i++) {
      double above = weighted(z, c, i, 1e-4);
      double below = weighted(z, c, i, -1e-4);
      assertThat((double) delta[i]).isCloseTo((above - below) / 2e-4, within(1e-6));
    }
  }

  /** {@code sum_k c_k softmax(z)_k} of the row of element i, that element moved by h. */
  private static double weighted(float[] z, float[] c, int i, double h) {
    int from = i / 3 * 3;
    double[] row = {z[from], z[from + 1], z[from + 2]};
    row[i - from] += h;
    double[] a = ActivationFormulas.value("softmax", row);
    return c[from] * a[0] + c[from + 1] * a[1] + c[from + 2] * a[2];
  }

  @Test
  void softmaxOfARowWithNanIsNanAndNoOtherRow() {
    float[] z = {1f, Float.NaN, 2f, 3f};
    float[] a = new float[4];
    activation("softmax").forward(z, a, 2, 2);
    assertThat(Float.isNaN(a[0]) && Float.isNaN(a[1])).isTrue();
    assertThat(a[2] + a[3]).isCloseTo(1f, within(1e-6f));
  }

  @Test
  void lecunTanhReachesItsTargets() {
    assertThat(forward("lecunTanh", 1f, -1f)[0]).isCloseTo(1f, within(1e-4f));
    assertThat(forward("lecunTanh", 1f, -1f)[1]).isCloseTo(-1f, within(1e-4f));
  }

  @ParameterizedTest
  @CsvSource({
    "RELU, relu, heUniform",
    "leakyRelu(slope=0.01), leakyRelu, heUniform",
    "leakyRelu(slope=0.3), leakyRelu(0.3), heUniform",
    "ELU(1), elu, heUniform",
    "elu(alpha=0.5), elu(0.5), heUniform",
    "selu, selu, lecunNormal",
    "gelu, gelu, heUniform",
    "swish, swish, heUniform",
    "mish, mish, heUniform",
    "softPlus, softplus, heUniform",
    "tanh, tanh, glorotUniform",
    "logistic, logistic, glorotUniform",
    "softsign, softsign, glorotUniform",
    "hardsigmoid, hardSigmoid, glorotUniform",
    "softmax, softmax, glorotUniform",
    "identity, identity, glorotUniform",
    "exponential, exponential, glorotUniform",
    "lecuntanh, lecunTanh, lecunUniform",
  })
  void hasACanonicalTextAndASuitingInitialiser(String text, String canonical, String initialiser) {
    Activation f = activation(text);
    assertThat(f.text()).isEqualTo(canonical);
    assertThat(activation(canonical)).isEqualTo(f);
    assertThat(f.initialiser()).isEqualTo(initialiser);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> activation("rellu"))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith(
            "activation, column 1: no activation is called 'rellu'; the nearest known name is"
                + " 'relu'.");
    assertThatThrownBy(() -> activation("elu(0)"))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith(
            "activation, column 5: alpha of elu must be a number above 0, but '0' was found.");
  }

  @ParameterizedTest
  @MethodSource("all")
  void travelsToExecutors(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(activation(text));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(activation(text));
    }
  }
}
