package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.testing.SharedSpark;

@ExtendWith(SharedSpark.class)
class OrderedReductionTest {
  private final JavaSparkContext spark;

  OrderedReductionTest(SparkSession session) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  /** The first partitions end last. */
  @SuppressWarnings("NonApiType") // what is reduced must be serializable, which List does not say
  private JavaRDD<ArrayList<Integer>> slowFirst(int partitions) {
    return spark
        .parallelize(IntStream.range(0, partitions).boxed().toList(), partitions)
        .map(
            i -> {
              Thread.sleep(i < 2 ? 100 : 0);
              return new ArrayList<>(List.of(i));
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 40})
  void mergesInTheOrderOfPartitions(int partitions) {
    List<Integer> merged =
        OrderedReduction.reduce(
                slowFirst(partitions),
                (a, b) -> {
                  a.addAll(b);
                  return a;
                })
            .orElseThrow();
    assertThat(merged)
        .isEqualTo(IntStream.range(0, partitions).boxed().collect(Collectors.toList()));
  }

  @Test
  void nothingOfNoPartitions() {
    assertThat(OrderedReduction.reduce(spark.<String>emptyRDD(), (a, b) -> a + b)).isEmpty();
  }
}
