package sparkprop.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import sparkprop.nn.LayerHealth;

/**
 * What the layers' health gives cause to warn of. A training run names a layer once for a gradient
 * that explodes and once for one that vanishes: what earlier passes showed has been said.
 */
final class Diagnosis {
  /**
   * Times the weights' norm, or 1 where that is smaller: a step of size 0.01 against such a
   * gradient is twice as long as the weights. Pixels from 0 to 255 come to 70, what is scaled to 2.
   */
  private static final double EXPLODING = 200;

  /**
   * Times the largest gradient. Six layers of logistic units come to 3e-4 and still learn, twelve
   * to 1e-7.
   */
  private static final double VANISHING = 1e-4;

  /** Where all gradients are this small, training is at a minimum and what is left is rounding. */
  private static final double ROUNDING = 1e-6;

  private Diagnosis() {}

  /**
   * The warnings that the last pass gives cause for.
   *
   * @param passes the layers' health after each pass so far, one at least
   */
  static List<String> of(List<List<LayerHealth>> passes) {
    List<String> warnings = new ArrayList<>();
    List<LayerHealth> exploding = newly(passes, Diagnosis::exploding);
    if (!exploding.isEmpty()) {
      warnings.add(
          ("Gradients explode: after pass %d their norm is %s; scale the features, set a lower"
                  + " stepSize, a maxGradientNorm or a weightInit of smaller weights, or put batchNorm"
                  + " between the layers.")
              .formatted(
                  passes.size(),
                  listed(
                      exploding,
                      h ->
                          "%s in %s, whose weights have norm %s"
                              .formatted(
                                  number(h.gradientNorm()), h.layer(), number(h.weightNorm())))));
    }
    List<LayerHealth> vanishing = newly(passes, Diagnosis::vanishing);
    if (!vanishing.isEmpty()) {
      LayerHealth largest = largest(passes.get(passes.size() - 1));
      warnings.add(
          ("Gradients vanish: after pass %d their norm is %s, but %s in %s, so that the former hardly"
                  + " learn; use relu or batchNorm, scale the features, or take fewer layers.")
              .formatted(
                  passes.size(),
                  listed(vanishing, h -> number(h.gradientNorm()) + " in " + h.layer()),
                  number(largest.gradientNorm()),
                  largest.layer()));
    }
    return warnings;
  }

  /** The layers that are of this kind after the last pass and were not after one before. */
  private static List<LayerHealth> newly(
      List<List<LayerHealth>> passes, UnaryOperator<List<LayerHealth>> kind) {
    int last = passes.size() - 1;
    List<LayerHealth> found = new ArrayList<>(kind.apply(passes.get(last)));
    for (int p = 0; p < last && !found.isEmpty(); p++) {
      for (LayerHealth known : kind.apply(passes.get(p))) {
        found.removeIf(h -> h.layer().equals(known.layer()));
      }
    }
    return found;
  }

  private static List<LayerHealth> exploding(List<LayerHealth> layers) {
    return layers.stream().filter(Diagnosis::explodes).toList();
  }

  private static boolean explodes(LayerHealth layer) {
    return layer.gradientNorm() > EXPLODING * Math.max(1, layer.weightNorm());
  }

  private static List<LayerHealth> vanishing(List<LayerHealth> layers) {
    double largest = largest(layers).gradientNorm();
    return layers.stream()
        .filter(h -> largest > ROUNDING && h.gradientNorm() < VANISHING * largest)
        .toList();
  }

  /** Beside one that explodes all others would seem to vanish. */
  private static LayerHealth largest(List<LayerHealth> layers) {
    return layers.stream()
        .filter(h -> !Double.isNaN(h.gradientNorm()) && !explodes(h))
        .max(Comparator.comparingDouble(LayerHealth::gradientNorm))
        .orElse(new LayerHealth("", 0, 0, 0));
  }

  private static String listed(List<LayerHealth> layers, Function<LayerHealth, String> text) {
    return layers.stream().map(text).collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
