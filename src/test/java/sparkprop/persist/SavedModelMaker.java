package sparkprop.persist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.testing.Digits;
import sparkprop.testing.SharedSpark;

/**
 * Makes the saved models that {@link SavedModelsTest} loads forever. Run once a release, from the
 * root of the project, with the release's version as argument; what an earlier release saved is
 * never made again.
 */
final class SavedModelMaker {
  static final Path ROOT = Path.of("src/test/resources/saved-models");

  /** How many of the first digits have their predictions written down. */
  static final int ROWS = 20;

  private SavedModelMaker() {}

  public static void main(String[] args) throws IOException {
    Path directory = ROOT.resolve(args[0]);
    Dataset<Row> digits = Digits.read(SharedSpark.session()).coalesce(1).cache();
    save(
        directory.resolve("digits"),
        new NeuralNetworkClassifier().setHiddenLayers(new int[] {16}).setMaxIter(30).fit(digits),
        digits);
    Dataset<Row> parity =
        digits.withColumn(
            "parity",
            functions.when(functions.col("label").mod(2).equalTo(0), "even").otherwise("odd"));
    Dataset<Row> indexed =
        new StringIndexer()
            .setInputCol("parity")
            .setOutputCol("index")
            .setStringOrderType("alphabetAsc")
            .fit(parity)
            .transform(parity);
    save(
        directory.resolve("parity"),
        new NeuralNetworkClassifier()
            .setNetwork("dropout(0.1) dense(8) batchNorm lecunTanh")
            .setOutputActivation("logistic")
            .setLabelCol("index")
            .setValidationFraction(0.1)
            .setStandardization(true)
            .setSolver("nesterov(0.8)")
            .setRegParam(1e-4)
            .setMaxIter(10)
            .fit(indexed),
        indexed);
  }

  private static void save(
      Path directory, NeuralNetworkClassificationModel model, Dataset<Row> digits)
      throws IOException {
    model.save(directory.toString());
    StringBuilder lines = new StringBuilder();
    for (Row row : model.transform(digits).select("probability", "prediction").takeAsList(ROWS)) {
      List<String> cells = new java.util.ArrayList<>();
      cells.add(String.valueOf(row.getDouble(1)));
      for (double p : row.<Vector>getAs(0).toArray()) {
        cells.add(String.format(Locale.ROOT, "%.7f", p));
      }
      lines.append(String.join(",", cells)).append('\n');
    }
    Files.writeString(directory.resolve("expected.csv"), lines);
  }
}
