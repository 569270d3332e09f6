package sparkprop.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.testing.Effort;

/** The oracle's own proof: every derivative against central differences of the loss. */
class ReferenceNetworkTest {
  private static final double STEP = 1e-4;

  /** More than any step of a weight moves a weighted input. */
  private static final double MARGIN = 5e-3;

  private record Draw(ReferenceNetwork network, Sample sample) {}

  static Stream<NetworkCase> cases() {
    return NetworkCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyGradientIsTheSlopeOfTheLoss(NetworkCase networkCase) {
    for (int seed = 0; seed < Effort.of(4, 100); seed++) {
      Draw draw = draw(networkCase, seed);
      Map<String, double[]> gradient = draw.network.gradient(draw.sample);
      draw.network
          .parameters()
          .forEach(
              (name, weights) -> {
                for (int i = 0; i < weights.length; i++) {
                  double expected = slope(draw, weights, i, STEP);
                  double found = gradient.get(name)[i];
                  assertThat(Math.abs(found - expected))
                      .as("%s[%d]: %s by formula, %s by difference", name, i, found, expected)
                      .isLessThanOrEqualTo(tolerance(found, expected));
                }
              });
    }
  }

  private static double tolerance(double slope, double other) {
    return 1e-6 * Math.max(Math.abs(slope), Math.abs(other)) + 1e-9;
  }

  /** The slope along one weight, by the five-point central difference (error of order step^4). */
  private static double slope(Draw draw, double[] weights, int i, double step) {
    double start = weights[i];
    double near = lossAt(draw, weights, i, start + step) - lossAt(draw, weights, i, start - step);
    double far =
        lossAt(draw, weights, i, start + 2 * step) - lossAt(draw, weights, i, start - 2 * step);
    weights[i] = start;
    return (8 * near - far) / (12 * step);
  }

  private static double lossAt(Draw draw, double[] weights, int i, double value) {
    weights[i] = value;
    return draw.network.loss(draw.sample);
  }

  /** Redrawn until no kink is near and the loss is not so steep that the difference errs itself. */
  private static Draw draw(NetworkCase networkCase, int seed) {
    Random random = new Random(networkCase.toString().hashCode() + 31L * seed);
    for (int tries = 0; tries < 1000; tries++) {
      int width = 1 + random.nextInt(4);
      int rows = networkCase.fewestRows() + random.nextInt(4);
      ReferenceNetwork network =
          ReferenceText.network(
              networkCase.text(random),
              networkCase.shape(width),
              networkCase.referenceHead(),
              (position, p, values, row, unit) ->
                  new Random(31 * (31 * row + position) + unit).nextDouble() >= p);
      for (double[] weights : network.parameters().values()) {
        for (int i = 0; i < weights.length; i++) {
          weights[i] += 0.7 * random.nextGaussian();
        }
      }
      Sample sample =
          NetworkCases.scattered(
              NetworkCases.sample(networkCase, rows, networkCase.features(width), random), random);
      Draw draw = new Draw(network, sample);
      if (isGentle(network.gradient(sample))
          && !network.nearKink(sample, MARGIN)
          && differencesAreExact(draw)) {
        return draw;
      }
    }
    throw new IllegalStateException("Every draw came near a kink or was too steep.");
  }

  private static boolean isGentle(Map<String, double[]> gradient) {
    return gradient.values().stream()
        .flatMapToDouble(Arrays::stream)
        .allMatch(slope -> Math.abs(slope) < 20);
  }

  /** Half the step leaves a sixteenth of a difference's own error. */
  private static boolean differencesAreExact(Draw draw) {
    for (double[] weights : draw.network.parameters().values()) {
      for (int i = 0; i < weights.length; i++) {
        double slope = slope(draw, weights, i, STEP);
        double closer = slope(draw, weights, i, STEP / 2);
        if (Math.abs(slope - closer) > tolerance(slope, closer) / 2) {
          return false;
        }
      }
    }
    return true;
  }
}
