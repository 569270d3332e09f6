package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.nn.Network;

class TeamTest {
  private static final Network NETWORK = Samples.network("dense(2) tanh");

  private static Worker worker() {
    return new Worker(NETWORK.newWorkspace(false), p -> List.of(), () -> {});
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void eachJobOfEachRoundIsDoneOnceAndRoundsDoNotOverlap(int helpers) throws Exception {
    Team team = new Team();
    List<Thread> threads = new ArrayList<>();
    for (int h = 0; h < helpers; h++) {
      Thread thread = new Thread(() -> team.help(worker()));
      thread.start();
      threads.add(thread);
    }
    AtomicInteger current = new AtomicInteger();
    for (int round = 0; round < 2000; round++) {
      int now = round;
      int count = round % 7;
      AtomicIntegerArray done = new AtomicIntegerArray(7);
      team.run(
          worker(),
          count,
          (w, i) -> {
            if (current.get() == now) {
              done.incrementAndGet(i);
            }
          });
      for (int i = 0; i < 7; i++) {
        assertThat(done.get(i)).isEqualTo(i < count ? 1 : 0);
      }
      current.incrementAndGet();
    }
    team.end();
    for (Thread thread : threads) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void theLeaderThrowsWhatAHelpersJobThrew() throws Exception {
    Team team = new Team();
    Thread helper = new Thread(() -> team.help(worker()));
    helper.start();
    AtomicInteger started = new AtomicInteger();
    assertThatThrownBy(
            () ->
                team.run(
                    worker(),
                    2,
                    (w, i) -> {
                      started.incrementAndGet();
                      while (started.get() < 2) {
                        Thread.onSpinWait(); // until both threads have a job
                      }
                      if (Thread.currentThread() == helper) {
                        throw new IllegalStateException("torn");
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("torn");
    team.end();
    helper.join(10_000);
    assertThat(helper.isAlive()).isFalse();
  }

  /** As from reading a block, which is Scala code. */
  @Test
  void anUndeclaredCheckedExceptionIsNotLost() {
    IOException lost = new IOException("disk on fire");
    assertThatThrownBy(
            () -> new Team().run(worker(), 3, (w, i) -> TeamTest.<RuntimeException>sneak(lost)))
        .hasMessage("A job of the team failed: disk on fire")
        .hasCause(lost);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> void sneak(Exception e) throws E {
    throw (E) e;
  }

  @Test
  void aHelperThatIsNoLongerWantedLeaves() {
    Team team = new Team();
    Worker stopped =
        new Worker(
            NETWORK.newWorkspace(false),
            p -> List.of(),
            () -> {
              throw new IllegalStateException("stopped");
            });
    assertThatThrownBy(() -> team.help(stopped)).hasMessage("stopped");
  }
}
