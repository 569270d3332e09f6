package sparkprop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkprop.testing.SharedSpark;

@ExtendWith(SharedSpark.class)
class ResultsTest {
  private final JavaSparkContext context;

  ResultsTest(SparkSession session) {
    context = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @Test
  void standInTheOrderOfPartitionsWhicheverEndsFirst() {
    JavaRDD<Integer> numbers =
        context
            .parallelize(List.of(5, 3, 8, 1, 9), 3)
            .mapPartitions(
                partition -> {
                  Thread.sleep(TaskContext.getPartitionId() == 0 ? 300 : 0);
                  return partition;
                });
    assertThat(Results.of(numbers.rdd())).containsExactly(5, 3, 8, 1, 9);
  }

  @Test
  void anEmptyPartitionGivesNone() {
    assertThat(Results.of(context.parallelize(List.of(7), 4).rdd())).containsExactly(7);
    assertThat(Results.of(context.parallelize(List.of(), 2).rdd())).isEmpty();
  }

  @Test
  void aTaskThatFailsFailsTheJob() {
    JavaRDD<Integer> failing =
        context
            .parallelize(List.of(1, 2), 2)
            .map(
                n -> {
                  throw new IllegalStateException("no result for " + n);
                });
    assertThatThrownBy(() -> Results.of(failing.rdd()))
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("no result for");
  }
}
