package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sparkprop.testing.ClusterEvents;
import sparkprop.testing.Executors;
import sparkprop.testing.GuestWorker;
import sparkprop.testing.Leftovers;
import sparkprop.testing.LocalCluster;

/** Where two attempts of a task run beside each other, one of them counts. */
@ExtendWith(LocalCluster.class)
class SpeculationIT {
  private static final String MULTIPLIER = "spark.speculation.multiplier";
  private static final String QUANTILE = "spark.speculation.quantile";
  private static final String LOCALITY_WAIT = "spark.locality.wait";

  private final SparkSession session;
  private final SparkContext context;

  SpeculationIT(SparkSession session) {
    this.session = session;
    this.context = session.sparkContext();
  }

  @AfterEach
  void nothingStays() throws InterruptedException {
    new Executors(context).await(LocalCluster.EXECUTORS);
    Leftovers.areNone(context);
  }

  /**
   * An executor stands still with a task in its hands until another one has begun the same task,
   * which needs the first one's rows; then both compute it.
   */
  @ParameterizedTest
  @EnumSource
  void aContributionComputedTwiceCountsOnce(ClusterCase fit) throws Exception {
    String multiplier = context.conf().get(MULTIPLIER);
    String undisturbed = ClusterCase.bits(fit.fit(session));
    try (GuestWorker guest = GuestWorker.join(context);
        ClusterEvents events = ClusterEvents.of(context)) {
      ProcessHandle process = guest.process();
      context.conf().set(MULTIPLIER, "1.5").set(QUANTILE, "0.5").set(LOCALITY_WAIT, "20ms");
      NeuralNetworkClassificationModel model =
          fit.fit(
              session,
              new AfterPass(
                  2,
                  () -> {
                    Executors.freeze(process);
                    events.atNextStart(TaskInfo::speculative, () -> Executors.thaw(process));
                  }));
      Executors.thaw(process);
      assertThat(ClusterCase.bits(model)).isEqualTo(undisturbed);
      assertThat(events.speculativeTasks()).isPositive();
    } finally {
      context.conf().set(MULTIPLIER, multiplier);
      context.conf().remove(QUANTILE).remove(LOCALITY_WAIT);
    }
  }
}
