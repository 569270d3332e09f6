package sparkprop.linalg.blas;

import static org.assertj.core.api.Assertions.assertThat;

/** Where there is one processor, a library starts one thread whether it is told to or not. */
final class SeveralProcessors {
  private SeveralProcessors() {}

  /** Fails in CI where a test of threads would pass for want of processors. */
  static void areThereInCi() {
    if (System.getenv("CI") != null) {
      assertThat(Runtime.getRuntime().availableProcessors())
          .as("processors, of which CI needs several to see that BLAS uses one")
          .isGreaterThan(1);
    }
  }
}
