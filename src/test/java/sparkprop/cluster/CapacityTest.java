package sparkprop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.testing.SharedSpark;

@ExtendWith(SharedSpark.class)
class CapacityTest {

  @Test
  void readsSlotsAndStorageMemoryOfALocalMaster(SparkSession spark) {
    Capacity capacity = Capacity.of(spark.sparkContext());
    assertThat(capacity.taskSlots()).isEqualTo(2);
    assertThat(capacity.oneExecutor()).isFalse();
    // Spark's rule: 0.6 of what the heap has above 300 MB.
    double expected = 0.6 * (Runtime.getRuntime().maxMemory() - 300L * (1 << 20));
    assertThat((double) capacity.storageBytes()).isBetween(0.95 * expected, 1.05 * expected);
  }

  /** Five executors are registered; Spark's default parallelism is 40, or what the user says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local | | 1",
        "local[7] | | 7",
        "local[3,4] | | 3",
        "local[6] | spark.task.cpus=2 | 3",
        "local-cluster[3,2,1024] | | 6",
        "yarn | | 5",
        "yarn | spark.executor.cores=4 | 20",
        "yarn | spark.executor.cores=4 spark.executor.instances=10 | 40",
        "yarn | spark.executor.cores=4 spark.task.cpus=3 | 6",
        "yarn | spark.executor.cores=4 spark.default.parallelism=1000 | 20",
        "k8s://host | spark.executor.cores=2 spark.executor.instances=10"
            + " spark.dynamicAllocation.enabled=true | 10",
        "spark://host:7077 | | 40",
        "spark://host:7077 | spark.executor.cores=2 | 10",
        "spark://host:7077 | spark.default.parallelism=1000 spark.cores.max=12 | 12",
        "spark://host:7077 | spark.default.parallelism=1000 | 5",
      })
  void countsTaskSlots(String master, String settings, int slots) {
    assertThat(Capacity.taskSlots(master, conf(settings), new Capacity.Registered(5, 40)))
        .isEqualTo(slots);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | | 900",
        "false | | 2000",
        "false | spark.executor.instances=8 | 3200",
        "false | spark.executor.instances=8 spark.dynamicAllocation.enabled=true | 2000",
        "false | spark.memory.offHeap.enabled=true spark.memory.offHeap.size=100 | 1500",
        "false | spark.memory.offHeap.size=100 | 2000",
      })
  void countsTheHeapsStorageMemory(boolean local, String settings, long bytes) {
    assertThat(Capacity.storageBytes(local, conf(settings), new Capacity.Memory(900, 400, 5)))
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local-cluster[1,2,1024] | | 1 | true",
        "local-cluster[1,2,1024] | | 2 | false",
        "local-cluster[2,1,1024] | | 1 | false",
        "spark://host:7077 | | 1 | true",
        "spark://host:7077 | | 0 | true",
        "spark://host:7077 | spark.executor.instances=3 | 1 | true",
        "spark://host:7077 | | 2 | false",
        "yarn | | 1 | false",
        "yarn | spark.executor.instances=1 | 1 | true",
        "k8s://host | spark.executor.instances=2 | 1 | false",
        "k8s://host | spark.executor.instances=1 spark.dynamicAllocation.enabled=true | 1 | false",
        "k8s://host | spark.dynamicAllocation.enabled=true"
            + " spark.dynamicAllocation.maxExecutors=1 | 1 | true",
      })
  void knowsASingleExecutor(String master, String settings, int registered, boolean one) {
    assertThat(Capacity.isOneExecutor(master, conf(settings), registered)).isEqualTo(one);
  }

  /** Spark takes a number without a unit for megabytes here. */
  @ParameterizedTest
  @CsvSource({", 1024", "spark.executor.memory=2048, 2048", "spark.executor.memory=3g, 3072"})
  void knowsAnExecutorsHeap(String settings, long megabytes) {
    assertThat(Capacity.executorHeap(conf(settings))).isEqualTo(megabytes << 20);
  }

  private static SparkConf conf(String settings) {
    SparkConf conf = new SparkConf(false);
    if (settings != null) {
      for (String setting : settings.split(" ", -1)) {
        int equals = setting.indexOf('=');
        conf.set(setting.substring(0, equals), setting.substring(equals + 1));
      }
    }
    return conf;
  }
}
