package sparkprop.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sparkprop.nn.LayerHealth;

/** Which gradients are warned of; how it is said is with the trainer and the stage. */
class DiagnosisTest {
  private static LayerHealth layer(String name, double gradientNorm, double weightNorm) {
    return new LayerHealth(name, gradientNorm, weightNorm, Double.NaN);
  }

  private static List<String> after(LayerHealth... layers) {
    return Diagnosis.of(List.of(List.of(layers)));
  }

  @Test
  void aGradientVanishesBesideAnotherLayers() {
    assertThat(after(layer("dense1", 0.99e-4, 9), layer("output", 1, 9)))
        .singleElement()
        .asString()
        .startsWith("Gradients vanish: after pass 1 their norm is 9.90e-05 in dense1, but 1.00 in");
    assertThat(after(layer("dense1", 1.01e-4, 9), layer("output", 1, 9))).isEmpty();
    assertThat(after(layer("dense1", 0, 9), layer("dense2", 2, 9), layer("output", 0, 9)))
        .singleElement()
        .asString()
        .contains("0.00 in dense1, 0.00 in output, but 2.00 in dense2,");
  }

  @Test
  void atAMinimumNoneDoes() {
    assertThat(after(layer("dense1", 0, 9), layer("output", 0.9e-6, 9))).isEmpty();
    assertThat(after(layer("dense1", 0, 9), layer("output", 1.1e-6, 9))).hasSize(1);
  }

  @Test
  void aGradientExplodesBesideItsWeights() {
    assertThat(after(layer("dense1", 1999, 10), layer("output", 199, 0.1))).isEmpty();
    assertThat(after(layer("dense1", 2001, 10), layer("output", 201, 0.1)))
        .singleElement()
        .asString()
        .startsWith(
            "Gradients explode: after pass 1 their norm is 2.00e+03 in dense1, whose weights have"
                + " norm 10.0, 201 in output, whose weights have norm 0.100; ");
    assertThat(after(layer("dense1", Double.POSITIVE_INFINITY, 1e9))).hasSize(1);
  }

  /** Else a layer of sound gradients would seem to have none. */
  @Test
  void besideOneThatExplodesNoneVanishes() {
    assertThat(after(layer("dense1", 1e9, 1), layer("dense2", 1, 1), layer("output", 1, 1)))
        .singleElement()
        .asString()
        .startsWith("Gradients explode: after pass 1 their norm is 1.00e+09 in dense1, whose");
  }

  @Test
  void layersThatLearnNothingHaveNoGradient() {
    LayerHealth relu = new LayerHealth("relu1", Double.NaN, Double.NaN, 1);
    assertThat(after(layer("dense1", 1, 1), relu, layer("output", 1, 1))).isEmpty();
    assertThat(after(relu)).isEmpty();
    assertThat(after()).isEmpty();
  }

  @Test
  void whatWasSaidIsNotSaidAgain() {
    List<LayerHealth> first = List.of(layer("dense1", 0, 1), layer("output", 1, 1));
    List<LayerHealth> second = List.of(layer("dense1", 1, 1), layer("output", 0, 1));
    assertThat(Diagnosis.of(List.of(first, first))).isEmpty();
    assertThat(Diagnosis.of(List.of(first, second, first))).isEmpty();
    assertThat(Diagnosis.of(List.of(first, second)))
        .singleElement()
        .asString()
        .startsWith(
            "Gradients vanish: after pass 2 their norm is 0.00 in output, but 1.00 in dense1");
    List<LayerHealth> exploding = List.of(layer("dense1", 9999, 1), layer("output", 1, 1));
    assertThat(Diagnosis.of(List.of(first, exploding))).hasSize(1);
  }
}
