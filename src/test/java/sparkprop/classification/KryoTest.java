package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sparkprop.testing.ChildJvm;

/** Many clusters set Kryo as Spark's serializer, which cannot write all that Java's can. */
class KryoTest {
  @Test
  void fitAndTransformYieldTheSameUnderKryo() throws Exception {
    List<String> kryo = run("org.apache.spark.serializer.KryoSerializer");
    assertThat(kryo)
        .hasSize(2 + ClusterCase.values().length)
        .isEqualTo(run("org.apache.spark.serializer.JavaSerializer"));
  }

  private static List<String> run(String serializer) throws Exception {
    return ChildJvm.run(Map.of(), ChildJvm.sparkOptions(), KryoFit.class, serializer);
  }
}
