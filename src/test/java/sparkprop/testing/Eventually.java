package sparkprop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. */
public final class Eventually {
  private Eventually() {}

  /** Fails if the condition has not held within 30 seconds; it need not hold on. */
  public static void holds(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    boolean held = condition.getAsBoolean();
    while (!held && System.nanoTime() < end) {
      Thread.sleep(20);
      held = condition.getAsBoolean();
    }
    assertThat(held).isTrue();
  }
}
