package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkprop.linalg.blas.Blas;
import sparkprop.testing.Executors;
import sparkprop.testing.GuestWorker;
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

  /** A fresh executor has not chosen its kernel yet. */
  @Test
  void anExecutorWithAnotherKernelIsWarnedOfOnceAFit() throws Exception {
    executors.await(LocalCluster.EXECUTORS);
    assertThat(warnings()).isEmpty();
    String ours = Blas.instance().toString();
    String warning =
        " multiplies matrices by java (plain Java) and "
            + ours
            + " on different executors, so its weights may differ in their last bits from run to"
            + " run; set -Dsparkprop.blas=java in spark.executor.extraJavaOptions for the same bits"
            + " on all of them.";
    try (GuestWorker guest = GuestWorker.join(session.sparkContext())) {
      String fresh = guest.executor();
      executors.ask(
          () ->
              SparkEnv.get().executorId().equals(fresh)
                  ? System.setProperty(Blas.PROPERTY, "java")
                  : null);
      for (int fit = 0; fit < 2; fit++) {
        assertThat(warnings()).singleElement().asString().matches("nnc_\\w+\\Q" + warning + "\\E");
      }
    }
    executors.await(LocalCluster.EXECUTORS);
  }
}
