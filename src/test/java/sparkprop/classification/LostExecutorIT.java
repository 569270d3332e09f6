package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sparkprop.testing.ClusterEvents;
import sparkprop.testing.Executors;
import sparkprop.testing.Leftovers;
import sparkprop.testing.LocalCluster;

/** Executors that die in mid-training take rows and results with them, but change no bit. */
@ExtendWith(LocalCluster.class)
class LostExecutorIT {
  private final SparkSession session;
  private final SparkContext context;
  private final Executors executors;

  LostExecutorIT(SparkSession session) {
    this.session = session;
    this.context = session.sparkContext();
    this.executors = new Executors(context);
  }

  @BeforeEach
  void allAreThere() throws InterruptedException {
    executors.await(LocalCluster.EXECUTORS);
  }

  @AfterEach
  void nothingStays() throws InterruptedException {
    executors.await(LocalCluster.EXECUTORS);
    Leftovers.areNone(context);
  }

  /** One dies between two updates, the other with a task of an update in its hands. */
  @ParameterizedTest
  @EnumSource
  void twoExecutorsThatDieChangeNoBit(ClusterCase fit) throws Exception {
    Iterator<Map.Entry<String, ProcessHandle>> all = executors.processes().entrySet().iterator();
    ProcessHandle first = all.next().getValue();
    Map.Entry<String, ProcessHandle> second = all.next();
    CompletableFuture<Void> secondDied = new CompletableFuture<>();
    try (ClusterEvents events = ClusterEvents.of(context)) {
      String undisturbed = ClusterCase.bits(fit.fit(session));
      int blocks = events.blocksStored();
      NeuralNetworkClassificationModel model =
          fit.fit(
              session,
              new AfterPass(2, () -> Executors.kill(first)),
              new AfterPass(
                  4,
                  () -> {
                    Executors.freeze(second.getValue());
                    events.atNextStart(
                        task -> task.executorId().equals(second.getKey()),
                        () -> {
                          Executors.kill(second.getValue());
                          secondDied.complete(null);
                        });
                  }));
      secondDied.get(1, TimeUnit.SECONDS);
      assertThat(first.isAlive()).isFalse();
      assertThat(ClusterCase.bits(model)).isEqualTo(undisturbed);
      assertThat(events.blocksStored())
          .as("blocks of an undisturbed fit, of another one, and made again")
          .isGreaterThan(2 * blocks);
    } finally {
      Executors.kill(second.getValue());
    }
  }
}
