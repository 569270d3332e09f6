package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockManagerMaster;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.data.ChangedInputException;
import sparkprop.testing.Clouds;
import sparkprop.testing.ClusterEvents;
import sparkprop.testing.Executors;
import sparkprop.testing.Leftovers;
import sparkprop.testing.LocalCluster;

/**
 * Rows that are lost with an executor and come back otherwise end a fit with a sentence that says
 * so, however Spark tries. The input changes when a file appears.
 */
@ExtendWith(LocalCluster.class)
class ChangedInputIT {
  private static final int ROWS = 300;

  private static final String REMEDY =
      "; checkpoint the DataFrame or write it to a table before fit, or sort the rows within"
          + " partitions if only their order changes.";

  private final SparkSession session;
  private final JavaSparkContext context;
  private final Executors executors;

  @TempDir private Path directory;

  ChangedInputIT(SparkSession session) {
    this.session = session;
    this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.executors = new Executors(session.sparkContext());
  }

  @BeforeEach
  void allAreThere() throws InterruptedException {
    executors.await(LocalCluster.EXECUTORS);
  }

  @AfterEach
  void nothingStays() throws InterruptedException {
    executors.await(LocalCluster.EXECUTORS);
    Leftovers.areNone(context.sc());
  }

  /** One partition, whose rows come in another order once the file is there. */
  private JavaRDD<Row> rows() {
    String file = file().toString();
    return context
        .parallelize(IntStream.range(0, ROWS).boxed().toList(), 1)
        .map(i -> Files.exists(Path.of(file)) ? ROWS - 1 - i : i)
        .map(i -> RowFactory.create(Vectors.dense(i, i % 7), (double) (i % 2), 1.0, false));
  }

  private Path file() {
    return directory.resolve("changed");
  }

  private Throwable thrownBy(JavaRDD<Row> rows, int partitions, Runnable afterTwoPasses) {
    NeuralNetworkClassifier classifier =
        new NeuralNetworkClassifier()
            .setHiddenLayers(new int[] {4})
            .setNumPartitions(partitions)
            .setBatchSize(100)
            .setMaxIter(4)
            .setPatience(0)
            .addListener(new AfterPass(2, afterTwoPasses));
    return catchThrowable(() -> classifier.fit(session.createDataFrame(rows, Clouds.SCHEMA)));
  }

  private void changes() {
    try {
      Files.createFile(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Collection<ProcessHandle> processes() {
    try {
      return executors.processes().values();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aPartitionThatIsReadAgain() {
    Throwable thrown =
        thrownBy(
            rows(),
            1,
            () -> {
              changes();
              Executors.kill(holderOfTheOneBlock());
            });
    assertThat(thrown)
        .isInstanceOf(ChangedInputException.class)
        .hasMessage(
            "Partition 0 of the input held other rows when it was read again than when it was"
                + " scanned"
                + REMEDY);
  }

  private ProcessHandle holderOfTheOneBlock() {
    int rdd = context.getPersistentRDDs().keySet().iterator().next();
    BlockManagerMaster master = SparkEnv.get().blockManager().master();
    String id = master.getLocations(new RDDBlockId(rdd, 0)).head().executorId();
    try {
      return Objects.requireNonNull(executors.processes().get(id));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void rowsThatAreShuffledAgain() {
    Throwable thrown =
        thrownBy(
            rows().repartition(3),
            3,
            () -> {
              changes();
              processes().forEach(Executors::kill);
            });
    assertThat(thrown)
        .isInstanceOf(ChangedInputException.class)
        .hasMessageMatching(
            "Partition [012] of the input held other rows when it was read again than when it was"
                + " scanned\\Q"
                + REMEDY
                + "\\E");
  }

  /** The order of one shuffle says where the next one puts a row, and part of an update is made. */
  @Test
  void aShuffleThatSparkDoesNotRepeat() {
    try (ClusterEvents events = ClusterEvents.of(context.sc())) {
      Throwable thrown =
          thrownBy(
              rows().repartition(1).repartition(3),
              3,
              () -> {
                Collection<ProcessHandle> processes = processes();
                Executors.freeze(processes.iterator().next());
                events.atNextEnd(() -> processes.forEach(Executors::kill));
              });
      assertThat(thrown)
          .isInstanceOf(ChangedInputException.class)
          .hasMessage(
              "Rows of the input were lost with an executor, and the shuffle that brought them may"
                  + " bring others when it is repeated"
                  + REMEDY)
          .hasCauseInstanceOf(SparkException.class);
    }
  }
}
