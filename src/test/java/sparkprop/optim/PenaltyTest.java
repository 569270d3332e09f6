package sparkprop.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class PenaltyTest {
  private static final List<Segment> SEGMENTS = List.of(new Segment(0, 2), new Segment(3, 1));

  @Test
  void itsValueIsSparksElasticNetOverItsSegments() {
    float[] w = {3, -4, 100, 2};
    assertThat(new Penalty(0.5, 0.25, SEGMENTS).value(w))
        .isCloseTo(0.5 * (0.75 / 2 * (9 + 16 + 4) + 0.25 * (3 + 4 + 2)), within(1e-12));
    assertThat(Penalty.none().value(w)).isZero();
  }

  @Test
  void itsGradientIsTheDifferenceQuotientOfItsL2Part() {
    Penalty penalty = new Penalty(0.8, 0.25, SEGMENTS);
    Penalty l1 = new Penalty(0.2, 1, SEGMENTS);
    float[] w = {3, -4, 100, 2};
    float[] gradient = {1, 1, 1, 1};
    penalty.update(gradient, w, new OptimizerState(1, Map.of()), 0, gradient.length);
    for (int i = 0; i < w.length; i++) {
      float[] up = w.clone();
      float[] down = w.clone();
      up[i] += 0.125f;
      down[i] -= 0.125f;
      double rise = penalty.value(up) - l1.value(up) - penalty.value(down) + l1.value(down);
      assertThat((double) gradient[i]).isCloseTo(1 + rise / 0.25, within(1e-6));
    }
  }

  /** Soft thresholding is argmin over x of (x - w)^2 / 2 + threshold |x|. */
  @Property
  void shrinksTowardsZeroAndStopsThere(
      @ForAll @FloatRange(min = -10, max = 10) float w,
      @ForAll @FloatRange(min = 0, max = 5) float threshold) {
    float[] weights = {w};
    new Penalty(threshold, 1, List.of(new Segment(0, 1))).shrink(weights, 1, 0, 1);
    float expected = Math.abs(w) <= threshold ? 0 : w - Math.signum(w) * threshold;
    assertThat(weights[0]).isEqualTo(expected == 0 ? 0f : expected);
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> new Penalty(-1, 0, SEGMENTS))
        .hasMessage("regParam must be at least 0, but is -1.0.");
    assertThatThrownBy(() -> new Penalty(Double.NaN, 0, SEGMENTS))
        .hasMessage("regParam must be at least 0, but is NaN.");
    assertThatThrownBy(() -> new Penalty(1, 1.5, SEGMENTS))
        .hasMessage("elasticNetParam must be at least 0 and at most 1, but is 1.5.");
    assertThatThrownBy(() -> new Segment(Integer.MAX_VALUE, 1))
        .hasMessageStartingWith("A segment needs an offset");
  }
}
