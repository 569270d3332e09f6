package sparkprop.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermutationTest {
  @Test
  void isABijection() {
    for (int n = 0; n <= 300; n++) {
      assertBijection(n, n * 31L);
    }
    for (int n : new int[] {1023, 1024, 1025, 65_535, 65_537, 1_000_003}) {
      assertBijection(n, -n);
    }
  }

  private static void assertBijection(int n, long key) {
    Permutation order = new Permutation(n, key);
    assertThat(order.size()).isEqualTo(n);
    BitSet seen = new BitSet(n);
    for (int i = 0; i < n; i++) {
      seen.set(order.at(i));
    }
    assertThat(seen.cardinality()).isEqualTo(n);
    assertThat(seen.length()).isEqualTo(n);
  }

  @Test
  void reachesTheLargestSizes() {
    Permutation order = new Permutation(Integer.MAX_VALUE, 5);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(order.at(i)).isBetween(0, Integer.MAX_VALUE - 1);
      seen.add(order.at(i));
      seen.add(order.at(Integer.MAX_VALUE - 1 - i));
    }
    assertThat(seen).hasSize(20_000);
  }

  /** Over many keys, each number is as often at one position as at any other. */
  @Test
  void everyNumberIsAtEveryPositionEquallyOften() {
    for (int n : new int[] {2, 3, 4, 5, 8, 13, 16, 17, 40}) {
      int keys = 200 * n;
      int[] counts = new int[n * n];
      for (int key = 0; key < keys; key++) {
        Permutation order = new Permutation(n, key);
        for (int i = 0; i < n; i++) {
          counts[i * n + order.at(i)]++;
        }
      }
      // (n - 1)^2 degrees of freedom, as rows and columns have fixed sums
      assertChiSquare("n = " + n, counts, keys / (double) n, (n - 1) * (n - 1));
    }
  }

  /** Nor do neighbours stay together, as they would under a rotation by the key. */
  @Test
  void everyNumberIsFollowedByEveryOtherEquallyOften() {
    for (int n : new int[] {3, 4, 5, 8, 13, 16, 17}) {
      int keys = 400 * n;
      int[] counts = new int[n * (n - 1)];
      for (int key = 0; key < keys; key++) {
        Permutation order = new Permutation(n, Randomness.hash(17, key));
        for (int i = 0; i + 1 < n; i++) {
          int next = order.at(i + 1);
          counts[order.at(i) * (n - 1) + (next > order.at(i) ? next - 1 : next)]++;
        }
      }
      // Looser: the pairs of one order exclude one another, so counts are not independent.
      assertChiSquare("n = " + n, counts, keys / (double) n, n * (n - 1) - 1);
    }
  }

  private static void assertChiSquare(String name, int[] counts, double expected, int freedom) {
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    assertThat(sum).as(name).isLessThan(freedom + 5 * Math.sqrt(2.0 * freedom));
  }

  @Test
  void allOrdersOfFourOccur() {
    Set<String> orders = new HashSet<>();
    for (int key = 0; key < 2000; key++) {
      Permutation order = new Permutation(4, key);
      orders.add("" + order.at(0) + order.at(1) + order.at(2) + order.at(3));
    }
    assertThat(orders).hasSize(24);
  }

  @Test
  void isAFunctionOfItsKey() {
    Permutation order = new Permutation(1000, 42);
    Permutation same = new Permutation(1000, 42);
    Permutation other = new Permutation(1000, 43);
    int agree = 0;
    for (int i = 0; i < 1000; i++) {
      assertThat(same.at(i)).isEqualTo(order.at(i));
      agree += other.at(i) == order.at(i) ? 1 : 0;
    }
    assertThat(agree).isLessThan(8); // one is to be expected
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(() -> new Permutation(-1, 0)).hasMessage("There is no order of -1 numbers.");
    assertThatThrownBy(() -> new Permutation(3, 0).at(3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Permutation(0, 0).at(0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
