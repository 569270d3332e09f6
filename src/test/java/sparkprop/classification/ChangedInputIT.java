package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.data.ChangedInputException;
import sparkprop.testing.Clouds;
import sparkprop.testing.Executors;
import sparkprop.testing.Leftovers;
import sparkprop.testing.LocalCluster;

/** Rows that come back otherwise after an executor took them with it end a fit, and say so. */
@ExtendWith(LocalCluster.class)
class ChangedInputIT {
  private final SparkSession session;
  private final SparkContext context;
  private final Executors executors;

  @TempDir private Path directory;

  ChangedInputIT(SparkSession session) {
    this.session = session;
    this.context = session.sparkContext();
    this.executors = new Executors(context);
  }

  @BeforeEach
  void allAreThere() throws InterruptedException {
    executors.await(LocalCluster.EXECUTORS);
  }

  @AfterEach
  void nothingStays() throws InterruptedException {
    executors.await(LocalCluster.EXECUTORS);
    Leftovers.areNone(context);
  }

  /** In one partition and one order as long as the marker is not there, in another one then. */
  private JavaRDD<Row> rows(Path marker) {
    String file = marker.toString();
    return JavaSparkContext.fromSparkContext(context)
        .parallelize(IntStream.range(0, 300).boxed().toList(), 1)
        .mapPartitions(numbers -> inOrder(numbers, Files.exists(Path.of(file))))
        .map(i -> RowFactory.create(Vectors.dense(i, i % 7), (double) (i % 2), 1.0, false));
  }

  private static Iterator<Integer> inOrder(Iterator<Integer> numbers, boolean otherwise) {
    List<Integer> all = new ArrayList<>();
    numbers.forEachRemaining(all::add);
    if (otherwise) {
      Collections.reverse(all);
    }
    return all.iterator();
  }

  private void allDie(Path marker) {
    try {
      Files.createFile(marker);
      executors.processes().values().forEach(Executors::kill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void rowsThatAreShuffledOtherwiseEndAFit(int shuffles) {
    Path marker = directory.resolve("marker");
    JavaRDD<Row> made = rows(marker);
    for (int i = 0; i < shuffles; i++) {
      made = made.repartition(3);
    }
    JavaRDD<Row> rows = made;
    NeuralNetworkClassifier classifier =
        new NeuralNetworkClassifier()
            .setHiddenLayers(new int[] {4})
            .setBatchSize(100)
            .setMaxIter(4)
            .setPatience(0)
            .addListener(new AfterPass(2, () -> allDie(marker)));
    Throwable thrown =
        catchThrowable(() -> classifier.fit(session.createDataFrame(rows, Clouds.SCHEMA)));
    thrown.printStackTrace();
    assertThat(thrown).isInstanceOf(ChangedInputException.class);
  }
}
