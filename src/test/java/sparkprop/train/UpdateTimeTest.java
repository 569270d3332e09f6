package sparkprop.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UpdateTimeTest {
  @Test
  void sharesAndAdvice() {
    UpdateTime time = new UpdateTime(0.030, 0.040);
    assertThat(time.share(1)).isCloseTo(0.75, within(1e-9));
    assertThat(time.isMostlySpark(1)).isTrue();
    assertThat(time.advice(100, 100_000, 1))
        .isEqualTo(
            "about 75 % of an update's 40 ms are Spark's, not the network's: batchSize 400 or"
                + " syncInterval 3 would bring that below half.");
    // Following it does what it says.
    assertThat(time.isMostlySpark(3)).isFalse();
    assertThat(new UpdateTime(0.030, 0.030 + 4 * 0.010).isMostlySpark(1)).isFalse();
  }

  @Test
  void aBatchOfMoreRowsThanThereAreIsNotNamed() {
    assertThat(new UpdateTime(0.030, 0.031).advice(100, 3000, 1))
        .isEqualTo(
            "about 97 % of an update's 31 ms are Spark's, not the network's: syncInterval 30 would"
                + " bring that below half.");
  }

  @Test
  void slicesTooShortToMeasureStillTakeSomething() {
    UpdateTime time = new UpdateTime(0.030, 0.029);
    assertThat(time.share(1)).isLessThan(1);
    assertThat(time.advice(32, 1 << 30, 1)).contains("batchSize 16384 or syncInterval 300");
  }

  @Test
  void localStepsShareWhatAnAveragingCosts() {
    UpdateTime time = new UpdateTime(0.060, 0.070);
    assertThat(time.isMostlySpark(2)).isTrue();
    assertThat(time.isMostlySpark(7)).isFalse();
    assertThat(time.advice(100, 100_000, 2))
        .isEqualTo(
            "about 75 % of an update's 40 ms are Spark's, not the network's: batchSize 400 or"
                + " syncInterval 6 would bring that below half.");
  }
}
