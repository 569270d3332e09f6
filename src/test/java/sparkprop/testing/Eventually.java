package sparkprop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

/** Waits for what other threads bring about. */
public final class Eventually {
  private Eventually() {}

  /** Whether something has come about; it may itself have to wait for that. */
  public interface Condition {
    boolean holds() throws InterruptedException;
  }

  /** Fails if the condition has not held within 30 seconds; it need not hold on. */
  public static void holds(Condition condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    boolean held = condition.holds();
    while (!held && System.nanoTime() < end) {
      Thread.sleep(20);
      held = condition.holds();
    }
    assertThat(held).isTrue();
  }
}
