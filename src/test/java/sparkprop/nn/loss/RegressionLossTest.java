package sparkprop.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of regressions by numbers that PyTorch 2.15 gives; derivatives are in the reference. */
class RegressionLossTest {
  private static final float[] Z = {0.5f, -1.25f, 2f, -0.75f};
  private static final float[] T = {1f, 2f, 0f, 3f};

  /** torch.nn.functional.l1_loss, huber_loss and poisson_nll_loss, reduction='sum'. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "squaredError  | identity    | 14.4375",
        "absoluteError | identity    | 9.5",
        "huber         | identity    | 7.625",
        "huber(0.3)    | identity    | 2.67",
        "poisson       | exponential | 14.04664872",
        "poisson       | softplus    | 9.37227704",
      })
  void areThoseOfPyTorch(String loss, String output, double sum) {
    float[] ones = {1, 1};
    HeadPass pass = Heads.regression(loss, output, 2).newPass(2);
    assertThat(pass.loss(Z, T, ones, 2)).isCloseTo(sum, within(2e-6));
    assertThat(pass.lossAndDelta(Z, T, ones, 2, new float[4])).isCloseTo(sum, within(2e-6));
    double halves = pass.loss(Z, T, new float[] {0.5f, 0.5f}, 2);
    assertThat(halves).isCloseTo(sum / 2, within(1e-6));
    assertThat(pass.correct(Z, T, ones, 2)).isNaN();
  }

  /** 9 of 10 targets should lie below: what is missing costs nine times what is too much. */
  @Test
  void aQuantileWeighsBothSides() {
    HeadPass pass = Heads.regression("quantile(0.9)", "auto", 1).newPass(3);
    float[] delta = new float[3];
    double loss =
        pass.lossAndDelta(
            new float[] {1, 3, 2}, new float[] {2, 2, 2}, new float[] {1, 1, 5}, 3, delta);
    assertThat(loss).isCloseTo(0.9 + 0.1, within(1e-9));
    assertThat(delta).containsExactly(-0.9f, 0.1f, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AbsoluteError | absoluteError | identity | true",
        "huber(1.0)    | huber         | identity | true",
        "huber(2)      | huber(2)      | identity | true",
        "quantile(q=0.5) | quantile    | identity | true",
        "quantile(0.25) | quantile(0.25) | identity | true",
        "poisson       | poisson       | exponential | false",
        "squaredError  | squaredError  | identity | true",
      })
  void haveCanonicalTextsThatMakeThemAgain(
      String text, String canonical, String output, boolean anyUnit) {
    Head head = Heads.regression(text, "auto", 2);
    assertThat(head.loss()).isEqualTo(canonical);
    assertThat(head.outputActivation()).isEqualTo(output);
    assertThat(head.takesAnyUnit()).isEqualTo(anyUnit);
    assertThat(head.task()).isEqualTo(Task.REGRESSION);
    assertThat(Heads.of(head.task(), head.loss(), head.outputActivation(), 2)).isEqualTo(head);
    assertThat(Heads.regression(text, "softplus", 2).takesAnyUnit()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "tanh", "leakyRelu", "lecunTanh"})
  void countsHaveNoNegativeMean(String output) {
    assertThatThrownBy(() -> Heads.regression("poisson", output, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Loss poisson and outputActivation %s do not fit: the mean of counts is not negative, so use exponential or softplus."
                .formatted(output.replace("leakyRelu", "leakyRelu")));
  }

  @Test
  void answersAreValues() {
    double[] raw = {0, 1};
    Heads.regression("poisson", "auto", 2).finish(raw);
    assertThat(raw).containsExactly(new double[] {1, Math.E}, within(1e-6));
  }
}
