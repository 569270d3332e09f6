package sparkprop.classification;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import sparkprop.testing.Executors;
import sparkprop.testing.LocalCluster;
import sparkprop.train.step.Placements;

/**
 * Fits on a cluster of one executor with two slots, by a job an update and by a job a pass, and
 * once more with the executor killed between two passes. Prints what came out, and how many jobs it
 * took.
 */
final class OneExecutorFit {
  private OneExecutorFit() {}

  public static void main(String[] args) {
    SparkSession session =
        LocalCluster.builder(1, 2)
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    SparkContext context = session.sparkContext();
    for (ClusterCase each : ClusterCase.values()) {
      for (String placement : new String[] {"jobs", "auto"}) {
        context.conf().set(Placements.SETTING, placement);
        context.addJobTag(placement + each);
        String bits = ClusterCase.bits(each.fit(session));
        context.removeJobTag(placement + each);
        int jobs = context.statusTracker().getJobIdsForTag(placement + each).length;
        System.out.println(placement + " " + each + " " + bits);
        System.out.println("jobs of " + placement + " " + each + " " + jobs);
      }
    }
    AfterPass kill = new AfterPass(2, () -> killed(context));
    System.out.println("killed DENSE " + ClusterCase.bits(ClusterCase.DENSE.fit(session, kill)));
    session.stop();
  }

  private static void killed(SparkContext context) {
    try {
      new Executors(context).processes().values().forEach(Executors::kill);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
