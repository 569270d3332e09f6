import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import sparkprop.classification.NeuralNetworkClassifier;

/** The network of most benchmarks, 784-256-10, ours and MLlib's, with each one's defaults. */
final class Networks {
  private Networks() {}

  static NeuralNetworkClassifier ours(int maxIter, long seed) {
    return new NeuralNetworkClassifier()
        .setHiddenLayers(new int[] {256})
        .setMaxIter(maxIter)
        .setSeed(seed);
  }

  static MultilayerPerceptronClassifier mllib(int maxIter, long seed) {
    return new MultilayerPerceptronClassifier()
        .setLayers(new int[] {784, 256, 10})
        .setMaxIter(maxIter)
        .setSeed(seed);
  }

  /** The share of rows classified right. */
  static double accuracy(Dataset<Row> scored) {
    return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(scored);
  }
}
