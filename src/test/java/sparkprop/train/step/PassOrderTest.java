package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PassOrderTest {
  @Property
  void slicesOfAPassCoverEachWindowOnce(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int windows,
      @ForAll @LongRange(min = 0, max = 80) long rows,
      @ForAll @IntRange(min = 1, max = 30) int step) {
    PassOrder order = new PassOrder(seed, 3, windows);
    int[] covered = new int[windows];
    int lastVisit = 0;
    for (long from = 0; from < rows; from += step) {
      long to = Math.min(rows, from + step);
      long length = 0;
      for (Span span : order.spans(rows, from, to)) {
        assertThat(span.window()).isEqualTo(order.window(span.visit()));
        assertThat(span.visit()).isGreaterThanOrEqualTo(lastVisit);
        lastVisit = span.visit();
        assertThat(span.from()).isEqualTo(covered[span.window()]).isLessThan(span.to());
        covered[span.window()] = span.to();
        length += span.to() - span.from();
        // Position of the slice's end, seen from the visit.
        assertThat(order.visitEnd(span.visit(), rows)).isGreaterThanOrEqualTo(from + length);
      }
      assertThat(length).isEqualTo(to - from);
    }
    for (int k = 0; k < windows; k++) {
      assertThat((long) covered[k]).isEqualTo((k + 1) * rows / windows - k * rows / windows);
    }
    assertThat(order.visitEnd(windows - 1, rows)).isEqualTo(rows);
  }

  @Test
  void windowsComeInAnotherOrderInAnotherPass() {
    Set<List<Integer>> orders = new HashSet<>();
    for (int pass = 0; pass < 10; pass++) {
      PassOrder order = new PassOrder(1, pass, 8);
      List<Integer> windows = new ArrayList<>();
      for (int visit = 0; visit < 8; visit++) {
        windows.add(order.window(visit));
      }
      assertThat(windows).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
      orders.add(windows);
    }
    assertThat(orders).hasSize(10);
  }
}
