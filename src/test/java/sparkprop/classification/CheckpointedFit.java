package sparkprop.classification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/**
 * Trains with checkpoints in a driver of its own, which the operating system kills in mid-fit. Its
 * arguments are the checkpointPath, and for each fit a solver, a maxIter and the pass in which to
 * die, 0 for none; it prints the hash of each fit's weights and the pass that it was told of first.
 */
final class CheckpointedFit {
  private CheckpointedFit() {}

  public static void main(String[] args) throws IOException {
    try (SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()) {
      Dataset<Row> rows = rows(session);
      for (int i = 1; i < args.length; i += 3) {
        Killer killer = new Killer(Integer.parseInt(args[i + 2]));
        NeuralNetworkClassificationModel model =
            classifier(args[i], Integer.parseInt(args[i + 1]))
                .setCheckpointPath(args[0])
                .setCheckpointInterval(args[0].isEmpty() ? -1 : 1)
                .addListener(killer)
                .fit(rows);
        System.out.println(hash(model) + " " + killer.first);
      }
    }
  }

  static String hash(NeuralNetworkClassificationModel model) {
    return java.util.Arrays.hashCode(model.weights().toArray())
        + " "
        + java.util.Arrays.hashCode(model.summary().objectiveHistory())
        + " "
        + model.summary().validationHistory().length;
  }

  static NeuralNetworkClassifier classifier(String solver, int maxIter) {
    return new NeuralNetworkClassifier()
        .setSolver(solver)
        .setNetwork("dense(6) batchNorm tanh")
        .setValidationIndicatorCol("validates")
        .setPatience(0)
        .setMaxIter(maxIter)
        .setSeed(5);
  }

  static Dataset<Row> rows(SparkSession session) {
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType)
            .add("validates", DataTypes.BooleanType);
    Random random = new Random(8);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      double x = random.nextGaussian();
      double y = random.nextGaussian();
      rows.add(RowFactory.create(Vectors.dense(x, y), x * y > 0 ? 1.0 : 0.0, i % 5 == 0));
    }
    return session.createDataFrame(rows, schema);
  }

  /** Kills this JVM, which cannot do anything about it, when it is told of the pass before. */
  private static final class Killer implements TrainingListener {
    private final int deadlyPass;
    private int first;

    Killer(int deadlyPass) {
      this.deadlyPass = deadlyPass;
    }

    @Override
    public void onPass(PassReport report) {
      first = first == 0 ? report.pass() : first;
      if (report.pass() == deadlyPass) {
        try {
          new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid()))
              .start()
              .waitFor();
          Thread.sleep(60_000);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
