package sparkprop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sparkprop.testing.SharedSpark;

class PackedTest {
  private static final AtomicInteger UNPACKED = new AtomicInteger();

  /** Counts how often it is read, which takes a while. */
  private static final class Counted implements Serializable {
    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      UNPACKED.incrementAndGet();
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @Test
  void isUnpackedOnceForAllThreads() throws Exception {
    Packed<Counted> packed = Packed.of(new Counted());
    UNPACKED.set(0);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Counted>> values =
          IntStream.range(0, 8).mapToObj(i -> threads.submit(packed::value)).toList();
      for (Future<Counted> value : values) {
        assertThat(value.get()).isSameAs(packed.value());
      }
    } finally {
      threads.shutdown();
    }
    assertThat(UNPACKED).hasValue(1);
  }

  @Test
  void onceUnpackedNobodyWaits() throws Exception {
    Packed<String> packed = Packed.of("value");
    assertThat(packed.value()).isEqualTo("value");
    synchronized (packed) {
      assertThat(CompletableFuture.supplyAsync(packed::value).get(30, TimeUnit.SECONDS))
          .isEqualTo("value");
    }
  }
}
