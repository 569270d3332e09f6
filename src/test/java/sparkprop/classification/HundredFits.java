package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import sparkprop.data.ChangedInputException;
import sparkprop.testing.Clouds;
import sparkprop.testing.Held;
import sparkprop.train.TrainingException;
import sparkprop.train.step.Placements;

/**
 * A session of many fits, which end well and badly. Writes what the JVM holds after the first ones
 * and after a hundred more to the file that its argument names.
 */
final class HundredFits {
  private static final int ROUNDS_BEFORE = 3;
  private static final int ROUNDS = 8;

  private final SparkSession session;
  private final SparkContext context;
  private final Dataset<Row> dense;
  private final Dataset<Row> sparse;
  private final Dataset<Row> bad;
  private final Dataset<Row> changing;

  private HundredFits(SparkSession session) {
    this.session = session;
    this.context = session.sparkContext();
    this.dense = ClusterCase.DENSE.rows(session);
    this.sparse = ClusterCase.SPARSE.rows(session);
    this.bad = rows(numbers().map(i -> row(i == 77 ? Double.NaN : i, i)));
    this.changing = rows(numbers().map(i -> row((double) System.nanoTime(), i)));
  }

  private JavaRDD<Integer> numbers() {
    return JavaSparkContext.fromSparkContext(context)
        .parallelize(IntStream.range(0, 100).boxed().toList(), 2);
  }

  private static Row row(double feature, int i) {
    return RowFactory.create(Vectors.dense(feature), (double) (i % 2), 1.0, false);
  }

  private Dataset<Row> rows(JavaRDD<Row> rows) {
    return session.createDataFrame(rows, Clouds.SCHEMA);
  }

  private static NeuralNetworkClassifier small() {
    return new NeuralNetworkClassifier().setBatchSize(200).setMaxIter(2).setPatience(0);
  }

  /** Thirteen fits. */
  private void round(int round) {
    ClusterCase.DENSE.fit(session);
    ClusterCase.SPARSE.fit(session);
    ClusterCase.AVERAGED.fit(session);
    ClusterCase.CURVATURE.fit(session);
    context.conf().set(Placements.SETTING, "jobs");
    ClusterCase.SPARSE.fit(session);
    ClusterCase.BY_COLUMN.fit(session);
    context.conf().remove(Placements.SETTING);
    fails(IllegalArgumentException.class, () -> small().fit(bad));
    fails(ChangedInputException.class, () -> small().fit(changing));
    fails(TrainingException.class, () -> small().setSolver("sgd").setStepSize(1e30).fit(dense));
    fails(
        IllegalArgumentException.class,
        () -> small().setNetwork("dense(3) batchNorm").setBatchSize(3).fit(dense));
    fails(
        InterruptedException.class,
        () ->
            small()
                .addListener(new AfterPass(1, () -> Thread.currentThread().interrupt()))
                .fit(sparse));
    cancelled("group " + round);
    scored(small().setHiddenLayers(new int[] {300, 300}).setValidationFraction(0.2).fit(dense));
  }

  private static void fails(Class<? extends Exception> how, Callable<?> fit) {
    assertThatThrownBy(fit::call).isInstanceOf(how);
  }

  private void cancelled(String group) {
    context.setJobGroup(group, "a fit", false);
    AfterPass cancelling = new AfterPass(1, () -> context.cancelJobGroupAndFutureJobs(group));
    fails(SparkException.class, () -> small().addListener(cancelling).fit(dense));
    context.clearJobGroup();
  }

  private void scored(NeuralNetworkClassificationModel model) {
    assertThat(model.transform(dense).select("prediction").collectAsList()).hasSize(700);
  }

  public static void main(String[] args) throws Exception {
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            // What Spark itself remembers of jobs long over.
            .config("spark.ui.retainedJobs", 20)
            .config("spark.ui.retainedStages", 20)
            .config("spark.ui.retainedTasks", 100)
            .config("spark.sql.ui.retainedExecutions", 5)
            .getOrCreate();
    HundredFits fits = new HundredFits(session);
    for (int round = 0; round < ROUNDS_BEFORE; round++) {
      fits.round(round);
    }
    Held before = Held.now(session.sparkContext());
    for (int round = 0; round < ROUNDS; round++) {
      fits.round(ROUNDS_BEFORE + round);
    }
    Held after = Held.now(session.sparkContext());
    try (var out = new ObjectOutputStream(Files.newOutputStream(Path.of(args[0])))) {
      out.writeObject(before);
      out.writeObject(after);
    }
    session.stop();
  }
}
