package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;

/** What convolutions and pools are called, which shapes they make, and what they refuse. */
class SpatialLayersTest {

  private static Network network(String hidden, Shape input) {
    return Network.of(
        NetworkSpec.parse(hidden), input, Heads.classification("crossEntropy", "auto", 10));
  }

  /** Shapes are those of PyTorch's layers of the same arguments. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conv(6,5)                            | conv(6, 5x5)                              | 6x24x20
          conv(6, 5x3, stride=1, padding=0)    | conv(6, 5x3)                              | 6x24x22
          CONV(filters=6, kernel=3, stride=2)  | conv(6, 3x3, stride=2x2)                  | 6x13x11
          conv(6, 3, stride=2x1, padding=1x2)  | conv(6, 3x3, stride=2x1, padding=1x2)     | 6x14x26
          depthwiseConv(3x3, padding=1)        | depthwiseConv(3x3, padding=1x1)           | 2x28x24
          maxPool(2)                           | maxPool(2x2)                              | 2x14x12
          maxPool(2x3, stride=2x3)             | maxPool(2x3)                              | 2x14x8
          maxPool(3, stride=2, padding=1)      | maxPool(3x3, stride=2x2, padding=1x1)     | 2x14x12
          avgPool(3)                           | avgPool(3x3)                              | 2x9x8
          globalAvgPool                        | globalAvgPool                             | 2
          flatten                              | flatten                                   | 1344
          """)
  void theirTextsAndShapes(String text, String canonical, String output) {
    Network network = network(text, Shape.of(2, 28, 24));
    Layer layer = network.layers().get(0);
    assertThat(network.text()).isEqualTo(canonical);
    assertThat(layer.text()).isEqualTo(canonical);
    assertThat(layer.output()).hasToString(output);
    assertThat(network(canonical, Shape.of(2, 28, 24)).layers()).isEqualTo(network.layers());
  }

  @Test
  void theirParametersAreThoseOfPyTorch() {
    Network network = network("conv(6, 5x3) depthwiseConv(2x4)", Shape.of(2, 28, 24));
    assertThat(network.layout().get("conv1.weight").shape()).isEqualTo(Shape.of(6, 2, 5, 3));
    assertThat(network.layout().get("conv1.bias").shape()).isEqualTo(Shape.of(6));
    assertThat(network.layout().get("conv1.weight").spec().fanIn()).isEqualTo(30);
    assertThat(network.layout().get("conv1.weight").spec().fanOut()).isEqualTo(90);
    assertThat(network.layout().get("depthwiseConv1.weight").shape())
        .isEqualTo(Shape.of(6, 1, 2, 4));
  }

  @Test
  void leNet5HasItsNumberOfParameters() {
    Network network =
        network(
            "conv(6, 5x5, padding=2) tanh avgPool(2) conv(16, 5x5) tanh avgPool(2)"
                + " flatten dense(120) tanh dense(84) tanh",
            Shape.of(1, 28, 28));
    assertThat(network.layout().trainableSize()).isEqualTo(61_706);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conv(6, 5x5)              | 784     | takes maps of channels x height x width, but its input is of shape 784
          dense(9) maxPool(2)       | 1x28x28 | Layer maxPool(2x2) takes maps of channels x height x width, but its input is of shape 9
          conv(6, 5x5) conv(6, 5x5) | 1x8x8   | has a kernel of 5x5, which does not fit its input of 6 maps of 4x4
          conv(6, 5, padding=1)     | 1x2x9   | does not fit its input of 1 maps of 2x9 with padding 1x1
          avgPool(3)                | 1x2x2   | Layer avgPool(3x3) has a kernel of 3x3
          maxPool(2, padding=2)     | 1x9x9   | The padding of maxPool must be at most half its kernel of 2x2, but is 2x2.
          conv(0, 5x5)              | 1x9x9   | filters of conv must be a whole number of at least 1, but '0' was found
          conv(3, 5y5)              | 1x9x9   | kernel of conv must be height x width, whole numbers of at least 1, as in 5x5, but '5y5' was found
          conv(3, 0x5)              | 1x9x9   | but '0x5' was found
          conv(3)                   | 1x9x9   | conv needs a value for kernel, as in conv(filters, kernel)
          """)
  void whatTheyRefuse(String text, String input, String sentence) {
    assertThatThrownBy(() -> network(text, Shape.parse(input)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({"1x28x28, 784", "50x32, 1600", "7, 7"})
  void shapesAreReadAsTheyAreWritten(String text, int size) {
    assertThat(Shape.parse(text)).hasToString(text);
    assertThat(Shape.parse(text).size()).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({"0x5", "x5", "5x", "5 x 5", "1x99999999999", "-1", "''"})
  void whatIsNoShape(String text) {
    assertThatThrownBy(() -> Shape.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a shape is written 28, 1x28x28 (channels, height, width) or 50x32 (steps, features),"
                + " but '%s' was given",
            text);
  }
}
