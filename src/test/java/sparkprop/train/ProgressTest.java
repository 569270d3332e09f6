package sparkprop.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void saysHowItGoesAndHowLongItMayTake() {
    assertThat(
            Progress.of(new PassReport(3, 20, 0.123456789, 0.25, 0.9, 1500.4, List.of()), 60_000))
        .isEqualTo(
            "Pass 3 of 20: loss 0.12346, validation loss 0.25000, accuracy 0.9000, 1,500 samples/s,"
                + " about 11 min 20 s left.");
  }

  @Test
  void saysNothingOfValidationWhereNothingValidates() {
    assertThat(Progress.of(new PassReport(1, 2, 12, 0.5, Double.NaN, 100, List.of()), 900))
        .isEqualTo(
            "Pass 1 of 2: loss 12.000, validation loss 0.50000, 100 samples/s, about 9 s left.");
    assertThat(Progress.of(new PassReport(1, 2, 12, Double.NaN, Double.NaN, 100, List.of()), 900))
        .isEqualTo("Pass 1 of 2: loss 12.000, 100 samples/s, about 9 s left.");
    assertThat(Progress.of(new PassReport(1, 101, 12, Double.NaN, Double.NaN, 10, List.of()), 900))
        .endsWith("about 2 h 30 min left.");
  }
}
