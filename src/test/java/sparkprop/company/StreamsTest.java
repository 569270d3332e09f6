package sparkprop.company;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.testing.Clouds;
import sparkprop.testing.SharedSpark;

/** Files that are read as a stream, each a micro-batch, until there is none left. */
@Timeout(120)
class StreamsTest {
  private static final int FILES = 3;

  private final SparkSession spark = SharedSpark.session();
  private final Dataset<Row> all = Clouds.of(180, 3);

  @TempDir private Path directory;
  private String files;

  @BeforeEach
  void writeFiles() {
    files = directory.resolve("rows").toString();
    all.repartition(FILES).write().parquet(files);
  }

  private Dataset<Row> stream() {
    return spark.readStream().schema(Clouds.SCHEMA).option("maxFilesPerTrigger", 1).parquet(files);
  }

  private String checkpoint() {
    return directory.resolve("checkpoint").toString();
  }

  private static NeuralNetworkClassifier classifier() {
    return new NeuralNetworkClassifier()
        .setHiddenLayers(new int[] {6})
        .setBatchSize(20)
        .setStepSize(0.05)
        .setMaxIter(2);
  }

  /** What a user writes to go on learning: each batch begins with the model of the one before. */
  @Test
  void eachBatchTrainsTheModelFurther() throws Exception {
    List<NeuralNetworkClassificationModel> models = new ArrayList<>();
    StreamingQuery query =
        stream()
            .writeStream()
            .trigger(Trigger.AvailableNow())
            .option("checkpointLocation", checkpoint())
            .foreachBatch(
                (batch, number) -> {
                  NeuralNetworkClassifier next = classifier();
                  if (!models.isEmpty()) {
                    next.setInitialModel(models.get(models.size() - 1));
                  }
                  models.add(next.fit(batch));
                })
            .start();
    query.awaitTermination();
    assertThat(models).hasSize(FILES);
    for (int i = 1; i < FILES; i++) {
      // A batch begins where the one before has led, not at random weights.
      assertThat(models.get(i).summary().objectiveHistory()[0])
          .isLessThan(0.8 * models.get(0).summary().objectiveHistory()[0]);
    }
    Dataset<Row> scored = models.get(FILES - 1).transform(all);
    assertThat(scored.filter("prediction = label").count()).isGreaterThan(150);
  }

  @Test
  void aSavedPipelineScoresAStreamAsItScoresATable() throws Exception {
    String path = directory.resolve("model").toString();
    new Pipeline()
        .setStages(
            new PipelineStage[] {
              new StandardScaler().setInputCol("features").setOutputCol("scaled"),
              classifier().setFeaturesCol("scaled")
            })
        .fit(all)
        .write()
        .save(path);
    PipelineModel model = PipelineModel.load(path);
    String scored = directory.resolve("scored").toString();
    model
        .transform(stream())
        .writeStream()
        .trigger(Trigger.AvailableNow())
        .option("checkpointLocation", checkpoint())
        .format("parquet")
        .start(scored)
        .awaitTermination();
    Dataset<Row> expected = model.transform(all);
    assertThat(
            spark
                .read()
                .parquet(scored)
                .select("features", "probability", "prediction")
                .collectAsList())
        .containsExactlyInAnyOrderElementsOf(
            expected.select("features", "probability", "prediction").collectAsList());
  }
}
