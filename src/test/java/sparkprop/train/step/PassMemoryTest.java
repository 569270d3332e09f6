package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassMemoryTest {
  @Test
  void theDriverTakesGradientsOfAQuarterOfItsHeap() {
    assertThat(new PassMemory(250, 1_000_000).fitsDriver(1000)).isTrue();
    assertThat(new PassMemory(251, 0).fitsDriver(1000)).isFalse();
  }

  /** Gradients of 50 and a state of 40: 50 + 5 * 40 on the executor, 3 * 40 on the driver. */
  @ParameterizedTest
  @CsvSource({
    "1000, 480, 80, true",
    "999, 480, 80, false",
    "1000, 479, 80, false",
    "1000, 480, 79, false"
  })
  void anExecutorTakesTheStateToo(long executor, long driver, long results, boolean fits) {
    assertThat(new PassMemory(50, 40).fitsExecutor(executor, driver, results)).isEqualTo(fits);
  }
}
