package sparkprop;

import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkprop.classification.NeuralNetworkClassifier;

/**
 * A user's program, as {@link AllJarIT} submits it: trains on the digits, scores, saves the
 * pipeline where its argument says, loads it again and prints what came of each.
 */
public final class SubmittedPipeline {
  private SubmittedPipeline() {}

  public static void main(String[] args) throws Exception {
    SparkSession spark = SparkSession.builder().getOrCreate();
    Class<?> ours = NeuralNetworkClassifier.class;
    System.out.println("loader " + ours.getClassLoader().getClass().getName());
    System.out.println("from " + ours.getProtectionDomain().getCodeSource().getLocation());

    Dataset<Row> table =
        spark.read().option("inferSchema", true).csv("examples/data/digits.csv.gz");
    String[] pixels = java.util.Arrays.copyOf(table.columns(), 64);
    VectorAssembler assembler = new VectorAssembler().setInputCols(pixels).setOutputCol("features");
    StandardScaler scaler = new StandardScaler().setInputCol("features").setOutputCol("scaled");
    NeuralNetworkClassifier network =
        new NeuralNetworkClassifier()
            .setFeaturesCol("scaled")
            .setLabelCol("_c64")
            .setHiddenLayers(new int[] {32})
            .setMaxIter(5);
    PipelineModel model =
        new Pipeline().setStages(new PipelineStage[] {assembler, scaler, network}).fit(table);
    Dataset<Row> scored = model.transform(table);
    System.out.println("right " + scored.filter("prediction = _c64").count());

    model.save(args[0]);
    Dataset<Row> again = PipelineModel.load(args[0]).transform(table);
    System.out.println("otherwise after loading " + again.exceptAll(scored).count());
    spark.stop();
  }
}
