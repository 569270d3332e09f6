package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.cluster.JobScope;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Network;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Optimizer;
import sparkprop.optim.Penalty;
import sparkprop.optim.Solvers;
import sparkprop.testing.Eventually;
import sparkprop.testing.JobWatcher;
import sparkprop.testing.SharedSpark;
import sparkprop.train.Placement;
import sparkprop.train.Step;
import sparkprop.train.TrainingState;

/** Nothing in this placement knows that it does without an executor here. */
@ExtendWith(SharedSpark.class)
class OneExecutorPlacementTest {
  private static final int BATCH = 20;

  private final SparkContext context;

  OneExecutorPlacementTest(SparkSession session) {
    this.context = session.sparkContext();
  }

  private Placement placement(Network network, LocalData data, AtomicBoolean alone) {
    SparkData rows = ClusterData.of(JavaSparkContext.fromSparkContext(context), data);
    return new OneExecutorPlacement(
        new SparkPlacement(
            new JobScope(context, "test"), network, rows, BATCH, 2, data.sparse(), 1L << 30),
        new UpdatePlan(data.rows(), BATCH, 2, data.sparse()),
        2,
        alone::get);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void passesHaveTheBitsOfThePlacementWithoutSpark(boolean lazy) throws Exception {
    Network network = Samples.network("dense(5) tanh");
    LocalData dense = Samples.local(60, 0, 41, 7, 55);
    LocalData data = lazy ? Samples.someColumns(dense, 4) : dense;
    Optimizer adam =
        new Optimizer(
            (FirstOrder) Solvers.read("adam(lazy=%s)".formatted(lazy)),
            Penalty.none(),
            network.layout().trainableSize());
    Step step = new Step(network, adam, Penalty.none(), 0.5, false);
    float[] initial = Initialisation.draw(network, "auto", 3);
    TrainingState there = new TrainingState(initial.clone(), adam.initialState());
    TrainingState here = new TrainingState(initial.clone(), adam.initialState());
    try (Placement executor = placement(network, data, new AtomicBoolean(true));
        Placement local = new LocalPlacement(network, data, BATCH, 2, 2, lazy)) {
      for (int pass = 0; pass < 3; pass++) {
        assertThat(executor.pass(step, there, 1, pass, update -> 0.01 / (1 + update)))
            .isEqualTo(local.pass(step, here, 1, pass, update -> 0.01 / (1 + update)));
        assertThat(there.weights()).isEqualTo(here.weights());
        for (String slot : here.optimizer().names()) {
          assertThat(there.optimizer().slot(slot)).isEqualTo(here.optimizer().slot(slot));
        }
        assertThat(there.optimizer().steps()).isEqualTo(here.optimizer().steps());
      }
    }
  }

  @Test
  void anUpdateIsAJobOnceThereAreMoreExecutors() throws Exception {
    Network network = Samples.network("dense(5) tanh");
    LocalData data = Samples.local(60, 60);
    Optimizer sgd =
        new Optimizer(
            (FirstOrder) Solvers.read("sgd"), Penalty.none(), network.layout().trainableSize());
    Step step = new Step(network, sgd, Penalty.none(), 0, false);
    TrainingState state =
        new TrainingState(Initialisation.draw(network, "auto", 3), sgd.initialState());
    AtomicBoolean alone = new AtomicBoolean(true);
    try (Placement placement = placement(network, data, alone);
        JobWatcher jobs = JobWatcher.of(context)) {
      placement.pass(step, state, 1, 0, update -> 0.01);
      Eventually.holds(() -> jobs.jobs.size() == 1 && jobs.runningJobs.get() == 0);
      alone.set(false);
      placement.pass(step, state, 1, 1, update -> 0.01);
      Eventually.holds(() -> jobs.jobs.size() == 1 + 6 && jobs.runningJobs.get() == 0);
    }
  }
}
