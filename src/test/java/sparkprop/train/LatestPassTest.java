package sparkprop.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatestPassTest {
  @Test
  void tellsTheLastPassToAnyThread() throws InterruptedException {
    LatestPass latest = new LatestPass();
    assertThat(latest.report()).isNull();
    Thread training =
        new Thread(
            () -> {
              latest.onPass(pass(1));
              latest.onPass(pass(2));
            });
    training.start();
    training.join();
    assertThat(latest.report()).isEqualTo(pass(2));
  }

  private static PassReport pass(int number) {
    return new PassReport(number, 9, 1.0 / number, Double.NaN, Double.NaN, 1000, List.of());
  }
}
