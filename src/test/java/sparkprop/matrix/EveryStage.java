package sparkprop.matrix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.evaluation.MultiTargetRegressionEvaluator;
import sparkprop.feature.Autoencoder;
import sparkprop.feature.AutoencoderModel;
import sparkprop.feature.Whitening;
import sparkprop.feature.WhiteningModel;
import sparkprop.regression.MultiTargetNeuralNetworkRegressionModel;
import sparkprop.regression.MultiTargetNeuralNetworkRegressor;
import sparkprop.regression.NeuralNetworkRegressionModel;
import sparkprop.regression.NeuralNetworkRegressor;

/**
 * A program that does with every stage what users do, on the Spark that it finds. {@code fit
 * FOLDER} trains, saves under the folder and prints a line for each result; {@code load FOLDER...}
 * loads what others saved and prints a line for each model's predictions. It stands on no test
 * library.
 */
public final class EveryStage {
  private static final StructType SCHEMA =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("labels", SQLDataTypes.VectorType())
          .add("weight", DataTypes.DoubleType)
          .add("validates", DataTypes.BooleanType);

  private final Dataset<Row> rows;

  private EveryStage(SparkSession session) {
    List<Row> made = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double a = Math.sin(i);
      double b = Math.cos(3.0 * i);
      made.add(
          RowFactory.create(
              Vectors.dense(a, b, i % 7),
              (double) ((a > 0 ? 1 : 0) + (b > 0 ? 1 : 0)),
              Vectors.dense(100 * a * b, a - b),
              1.0 + i % 2,
              i % 5 == 0));
    }
    rows = session.createDataFrame(made, SCHEMA).coalesce(2).cache();
  }

  /** Arguments: fit and a folder, or load and folders. */
  public static void main(String[] args) throws IOException {
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    say("Spark", session.version());
    EveryStage program = new EveryStage(session);
    if (args[0].equals("fit")) {
      program.fit(args[1]);
    } else {
      for (String folder : Arrays.copyOfRange(args, 1, args.length)) {
        program.load(folder);
      }
    }
    session.stop();
  }

  /** Spark's own lines never begin like this. */
  private static void say(String what, Object value) {
    System.out.println("= " + what + ": " + value);
  }

  private static NeuralNetworkClassifier classifier() {
    return new NeuralNetworkClassifier("nnc")
        .setNetwork("dense(6) batchNorm tanh dropout(0.1)")
        .setFeaturesCol("scaled")
        .setWeightCol("weight")
        .setBatchSize(32)
        .setStepSize(0.01)
        .setMaxIter(5)
        .setPatience(0);
  }

  private void fit(String folder) throws IOException {
    NeuralNetworkClassifier classifier = classifier().setValidationIndicatorCol("validates");
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StandardScaler().setInputCol("features").setOutputCol("scaled"), classifier
                });
    PipelineModel piped = pipeline.fit(rows);
    keep(piped, folder, "pipeline");
    NeuralNetworkClassificationModel model = (NeuralNetworkClassificationModel) piped.stages()[1];
    say("history", Arrays.toString(model.summary().objectiveHistory()));
    say("accuracy", model.summary().accuracy());
    say("iterations", model.summary().totalIterations());
    say("evaluated", model.evaluate(piped.stages()[0].transform(rows)).weightedFMeasure());
    say("explained", classifier.explainParams().lines().count());
    NeuralNetworkRegressionModel regression =
        new NeuralNetworkRegressor("nnr").setSolver("l-bfgs").setMaxIter(10).fit(rows);
    keep(regression, folder, "regression");
    say("r2", regression.summary().r2());
    say(
        "from there on",
        new NeuralNetworkRegressor("nnr")
            .setInitialModel(regression)
            .setMaxIter(2)
            .fit(rows)
            .weights()
            .hashCode());

    var several =
        new MultiTargetNeuralNetworkRegressor("mt").setLabelCol("labels").setMaxIter(3).fit(rows);
    keep(several, folder, "several");
    say(
        "rmse",
        new MultiTargetRegressionEvaluator()
            .setLabelCol("labels")
            .evaluate(several.transform(rows)));
    keep(
        new Autoencoder("ae")
            .setOutputCol("code")
            .setHiddenLayers(new int[] {2})
            .setMaxIter(3)
            .fit(rows),
        folder,
        "autoencoder");
    keep(new Whitening("wh").setOutputCol("white").fit(rows), folder, "whitening");

    OneVsRestModel rest =
        new OneVsRest()
            .setClassifier(classifier().setFeaturesCol("features").setOutputActivation("logistic"))
            .setWeightCol("weight")
            .fit(rows);
    keep(rest, folder, "rest");
    NeuralNetworkClassifier tuned = classifier().setFeaturesCol("features");
    CrossValidatorModel validated =
        new CrossValidator()
            .setEstimator(tuned)
            .setEvaluator(new MulticlassClassificationEvaluator())
            .setEstimatorParamMaps(
                new ParamGridBuilder().addGrid(tuned.stepSize(), new double[] {1e-9, 0.05}).build())
            .setNumFolds(2)
            .setParallelism(2)
            .fit(rows);
    keep(validated, folder, "validated");
    say("metrics", Arrays.toString(validated.avgMetrics()));
  }

  private <M extends Transformer & MLWritable> void keep(M model, String folder, String name)
      throws IOException {
    model.write().overwrite().save(folder + "/" + name);
    say(name, hash(model));
  }

  private void load(String folder) {
    say("pipeline", hash(PipelineModel.load(folder + "/pipeline")));
    say("regression", hash(NeuralNetworkRegressionModel.load(folder + "/regression")));
    say("several", hash(MultiTargetNeuralNetworkRegressionModel.load(folder + "/several")));
    say("autoencoder", hash(AutoencoderModel.load(folder + "/autoencoder")));
    say("whitening", hash(WhiteningModel.load(folder + "/whitening")));
    say("rest", hash(OneVsRestModel.load(folder + "/rest")));
    say("validated", hash(CrossValidatorModel.load(folder + "/validated")));
  }

  /** Of all that a model adds to the rows, to the last bit. */
  private int hash(Transformer model) {
    List<String> known = Arrays.asList(rows.columns());
    Dataset<Row> scored = model.transform(rows);
    int hash = 1;
    for (Row row : scored.collectAsList()) {
      for (int c = 0; c < row.size(); c++) {
        if (!known.contains(scored.columns()[c])) {
          Object value = row.get(c);
          hash =
              31 * hash
                  + (value instanceof Vector vector
                      ? Arrays.hashCode(vector.toArray())
                      : value.hashCode());
        }
      }
    }
    return hash;
  }
}
