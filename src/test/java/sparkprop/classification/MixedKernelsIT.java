package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkprop.linalg.blas.Blas;
import sparkprop.testing.Executors;
import sparkprop.testing.LocalCluster;
import sparkprop.testing.LogLines;

/** Executors that multiply matrices by different kernels are named, once a fit. */
@ExtendWith(LocalCluster.class)
class MixedKernelsIT {
  private final SparkSession session;
  private final Executors executors;

  MixedKernelsIT(SparkSession session) {
    this.session = session;
    this.executors = new Executors(session.sparkContext());
  }

  private List<String> warnings() {
    try (LogLines lines = LogLines.of("sparkprop.train")) {
      ClusterCase.DENSE.fit(session);
      return lines.at("WARN");
    }
  }

  @Test
  void anExecutorWithAnotherKernelIsWarnedOfOnceAFit() throws Exception {
    executors.await(LocalCluster.EXECUTORS);
    assertThat(warnings()).isEmpty();
    ProcessHandle other = executorWithAnotherKernel();
    String ours = Blas.instance().toString();
    String warning =
        " multiplies matrices by java (plain Java) and "
            + ours
            + " on the executors and "
            + ours
            + " on the driver, so its weights may differ in their last bits from run to run; set"
            + " -Dsparkprop.blas=java in spark.executor.extraJavaOptions and"
            + " spark.driver.extraJavaOptions for the same bits everywhere.";
    try {
      for (int fit = 0; fit < 2; fit++) {
        assertThat(warnings()).singleElement().asString().matches("nnc_\\w+\\Q" + warning + "\\E");
      }
    } finally {
      Executors.kill(other);
      executors.await(LocalCluster.EXECUTORS);
    }
  }

  /** A fresh one, which has not chosen a provider yet, is told which. */
  private ProcessHandle executorWithAnotherKernel() throws InterruptedException {
    var before = executors.processes();
    Executors.kill(before.values().iterator().next());
    executors.await(LocalCluster.EXECUTORS);
    var now = executors.processes();
    Set<String> added = new HashSet<>(now.keySet());
    added.removeAll(before.keySet());
    String fresh = added.iterator().next();
    executors.ask(
        () ->
            SparkEnv.get().executorId().equals(fresh)
                ? System.setProperty(Blas.PROPERTY, "java")
                : null);
    return now.get(fresh);
  }
}
