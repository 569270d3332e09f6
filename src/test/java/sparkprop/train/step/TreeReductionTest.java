package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import sparkprop.linalg.Randomness;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Network;
import sparkprop.testing.SharedSpark;

@ExtendWith(SharedSpark.class)
class TreeReductionTest {
  private static final Network NETWORK = Samples.network("dense(4)");
  private static final int LEAVES = 30;

  private final JavaSparkContext context;

  TreeReductionTest(SparkSession session) {
    context = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  /** Tasks that end in another order must not change the order of additions. */
  @ParameterizedTest
  @EnumSource(SumPlace.class)
  void addsInTheOrderOfTheTreeWhateverTheOrderOfArrival(SumPlace place) {
    SumTree tree = SumTree.of(LEAVES, 3);
    assertThat(tree.innerLevels()).isGreaterThan(1);
    List<GradientSum> sums = new ArrayList<>();
    List<Tuple2<Integer, GradientSum>> leaves = new ArrayList<>();
    for (int i = 0; i < LEAVES; i++) {
      sums.add(i == 11 ? null : sum(i));
      if (i != 11) {
        leaves.add(new Tuple2<>(i, sum(i)));
      }
    }
    float[] expected = tree.sum(sums, SliceWorker::plus).gradient();
    Collections.reverse(leaves);

    GradientSum reduced =
        new TreeReduction<GradientSum>(tree, place)
            .sum(context.parallelizePairs(leaves, leaves.size()));

    assertThat(reduced.gradient()).isEqualTo(expected);
  }

  @Test
  void aResultSurvivesKryo() {
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    ClassTag<Object> any = ClassTag$.MODULE$.apply(Object.class);
    Object result = new Tuple2<>(7, sum(3));
    Tuple2<?, ?> read = (Tuple2<?, ?>) kryo.deserialize(kryo.serialize(result, any), any);
    assertThat(read._1()).isEqualTo(7);
    assertThat(((GradientSum) read._2()).gradient()).isEqualTo(sum(3).gradient());
    assertThat(((GradientSum) read._2()).statistics()).isEqualTo(sum(3).statistics());
  }

  private static GradientSum sum(int leaf) {
    GradientSum sum = NETWORK.newGradientSum();
    for (int i = 0; i < sum.gradient().length; i++) {
      sum.gradient()[i] = (float) Randomness.gaussian(Randomness.hash(leaf, i));
    }
    return sum;
  }
}
