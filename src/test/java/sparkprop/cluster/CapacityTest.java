package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkprop.testing.SharedSpark;

@ExtendWith(SharedSpark.class)
class CapacityTest {

  @Test
  void readsSlotsAndStorageMemoryOfALocalMaster(SparkSession spark) {
    Capacity capacity = Capacity.of(spark.sparkContext());
    assertThat(capacity.taskSlots()).isEqualTo(2);
    // Spark's rule: 0.6 of what the heap has above 300 MB.
    double expected = 0.6 * (Runtime.getRuntime().maxMemory() - 300L * (1 << 20));
    assertThat((double) capacity.storageBytes()).isBetween(0.95 * expected, 1.05 * expected);
  }
}
