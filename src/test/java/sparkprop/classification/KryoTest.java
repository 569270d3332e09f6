package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sparkprop.testing.ChildJvm;

/** Many clusters set Kryo as Spark's serializer, which cannot write all that Java's can. */
class KryoTest {
  @Test
  void fitAndTransformYieldTheSameUnderKryo() throws Exception {
    List<String> kryo = run("org.apache.spark.serializer.KryoSerializer");
    assertThat(kryo).hasSize(2).isEqualTo(run("org.apache.spark.serializer.JavaSerializer"));
  }

  /** The options of this JVM, which are those that Spark needs outside spark-submit. */
  private static List<String> run(String serializer) throws Exception {
    List<String> options =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("--add-opens"))
            .toList();
    return ChildJvm.run(Map.of(), options, KryoFit.class, serializer);
  }
}
