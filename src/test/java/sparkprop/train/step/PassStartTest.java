package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag$;
import sparkprop.nn.Network;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Optimizer;
import sparkprop.optim.OptimizerState;
import sparkprop.optim.Penalty;
import sparkprop.optim.Solvers;
import sparkprop.train.PassSums;
import sparkprop.train.Step;
import sparkprop.train.TrainingState;

class PassStartTest {
  private static final Network NETWORK = Samples.network("dense(2) tanh");
  private static final int LENGTH = NETWORK.layout().size();

  private static TrainingState state() {
    float[] velocity = new float[LENGTH];
    velocity[1] = -0.25f;
    float[] weights = new float[LENGTH];
    weights[2] = 0.5f;
    return new TrainingState(weights, new OptimizerState(7, Map.of("velocity", velocity)));
  }

  /** A pass over nothing that could be read. */
  private static SharedPass open(TrainingState state) {
    Optimizer optimizer =
        new Optimizer((FirstOrder) Solvers.read("momentum"), Penalty.none(), LENGTH);
    return new UpdatePlan(new long[] {3}, 3, 2, false)
        .pass(new Step(NETWORK, optimizer, Penalty.none(), 0, false), state, 1, 0, update -> 0.1);
  }

  private static Serializer serializer(boolean kryo) {
    SparkConf conf = new SparkConf(false);
    return kryo ? new KryoSerializer(conf) : new JavaSerializer(conf);
  }

  private static <T> T sent(T value, boolean kryo) {
    var tag = ClassTag$.MODULE$.<T>apply(value.getClass());
    var there = serializer(kryo).newInstance();
    return there.deserialize(there.serialize(value, tag), tag);
  }

  private static void assertEqual(TrainingState found, TrainingState expected) {
    assertThat(found.weights()).isEqualTo(expected.weights());
    assertThat(found.optimizer().slot("velocity")).isEqualTo(expected.optimizer().slot("velocity"));
    assertThat(found.optimizer().names()).isEqualTo(expected.optimizer().names());
    assertThat(found.optimizer().steps()).isEqualTo(expected.optimizer().steps());
  }

  @Test
  void allWhoAskFindTheSamePass() {
    PassStart start = new PassStart(state());
    assertThat(start.pass(PassStartTest::open)).isSameAs(start.pass(PassStartTest::open));
  }

  @Test
  void whatFailedIsMadeAnewFromTheStateAsItWas() {
    PassStart start = new PassStart(state());
    SharedPass first = start.pass(PassStartTest::open);
    first.state().weights()[0] = 1;
    first.state().optimizer().slot("velocity")[0] = 1;
    Worker torn =
        new Worker(
            NETWORK.newWorkspace(false),
            p -> {
              throw new IllegalStateException("a torn block");
            },
            () -> {});
    assertThat(catchThrowable(() -> first.take(torn))).hasMessage("a torn block");
    SharedPass second = start.pass(PassStartTest::open);
    assertThat(second).isNotSameAs(first);
    assertEqual(second.state(), state());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theStateTravelsAndThePassStays(boolean kryo) {
    PassStart start = new PassStart(state());
    start.pass(PassStartTest::open).state().weights()[0] = 1;
    assertEqual(sent(start, kryo).pass(PassStartTest::open).state(), state());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stateAndSumsComeHome(boolean kryo) {
    PassSums met = new PassSums(0.1, 0.2, 3);
    PassResult result = sent(new PassResult(state(), met), kryo);
    assertThat(result.met()).isEqualTo(met);
    TrainingState home =
        new TrainingState(
            new float[LENGTH], new OptimizerState(0, Map.of("velocity", new float[LENGTH])));
    result.state().copyInto(home);
    assertEqual(home, state());
  }
}
