package sparkprop.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomnessTest {
  @Test
  void bitsArePromised() {
    // Dropout, shuffling and initial weights of saved seeds hang on these.
    assertThat(Randomness.hash(0)).isEqualTo(0xBA8894FA3BE59747L);
    assertThat(Randomness.hash(1, 2)).isEqualTo(0x7DEE221F9FBBFEDEL);
    assertThat(Randomness.hash(1, 2, 3)).isEqualTo(0x577C764B4551D49BL);
  }

  @Test
  void keysOfSmallNumbersDiffer() {
    Set<Long> seen = new HashSet<>();
    int keys = 0;
    for (int a = -10; a < 10; a++) {
      keys += seen.add(Randomness.hash(a)) ? 1 : 0;
      for (int b = -10; b < 10; b++) {
        keys += seen.add(Randomness.hash(a, b)) ? 1 : 0;
        for (int c = -10; c < 10; c++) {
          keys += seen.add(Randomness.hash(a, b, c)) ? 1 : 0;
        }
      }
    }
    assertThat(keys).isEqualTo(20 + 400 + 8000);
  }

  @Test
  void everyBitOfAKeyMovesHalfTheBits() {
    for (int word = 0; word < 3; word++) {
      for (int bit = 0; bit < 64; bit++) {
        double flipped = 0;
        for (long i = 0; i < 500; i++) {
          long m = 1L << bit;
          long other =
              Randomness.hash(word == 0 ? i ^ m : i, word == 1 ? 7 ^ m : 7, word == 2 ? i ^ m : i);
          flipped += Long.bitCount(Randomness.hash(i, 7, i) ^ other);
        }
        assertThat(flipped / 500).as("bit %d of word %d", bit, word).isCloseTo(32, within(1.0));
      }
    }
  }

  @Test
  void uniformFillsTheUnitIntervalEvenly() {
    assertThat(Randomness.uniform(0)).isZero();
    assertThat(Randomness.uniform(-1)).isEqualTo(1 - 0x1p-24f);
    int[] counts = new int[100];
    int n = 1_000_000;
    for (int i = 0; i < n; i++) {
      counts[(int) (100 * Randomness.uniform(Randomness.hash(5, i)))]++;
    }
    assertThat(chiSquare(counts, n / 100.0)).isBetween(55.0, 160.0); // 99 degrees of freedom
  }

  @Test
  void gaussianIsStandardNormal() {
    int n = 400_000;
    int[] counts = new int[64];
    double[] moments = new double[5];
    for (int i = 0; i < n; i++) {
      double x = Randomness.gaussian(Randomness.hash(6, i));
      for (int power = 1; power <= 4; power++) {
        moments[power] += Math.pow(x, power) / n;
      }
      counts[(int) Math.max(0, Math.min(63, Math.floor(x * 8 + 32)))]++;
    }
    assertThat(moments[1]).isCloseTo(0, within(0.006));
    assertThat(moments[2]).isCloseTo(1, within(0.01));
    assertThat(moments[3]).isCloseTo(0, within(0.02));
    assertThat(moments[4]).isCloseTo(3, within(0.05));
    // Between -1/8 and 1/8 lies erf(1/8 / sqrt 2) of all.
    assertThat((counts[31] + counts[32]) / (double) n).isCloseTo(0.0994764, within(0.0015));
    assertThat(Randomness.gaussian(0)).isFinite();
    assertThat(Randomness.gaussian(-1)).isFinite();
  }

  private static double chiSquare(int[] counts, double expected) {
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
