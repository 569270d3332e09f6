package sparkprop.testing;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.feature.Autoencoder;
import sparkprop.feature.AutoencoderModel;
import sparkprop.feature.Whitening;
import sparkprop.feature.WhiteningModel;
import sparkprop.regression.MultiTargetNeuralNetworkRegressionModel;
import sparkprop.regression.MultiTargetNeuralNetworkRegressor;
import sparkprop.regression.NeuralNetworkRegressionModel;
import sparkprop.regression.NeuralNetworkRegressor;

/** Our estimators, small, with rows for each and the model of those rows, which is fitted once. */
public final class Stages {
  public static final Dataset<Row> CLOUDS = Clouds.of(60, 3);
  public static final Dataset<Row> CURVES = Curves.of(60);
  public static final Dataset<Row> ELLIPSOID = Ellipsoid.of(60);

  public static final NeuralNetworkClassificationModel CLASSIFICATION = classifier().fit(CLOUDS);
  public static final NeuralNetworkRegressionModel REGRESSION = regressor().fit(CURVES);
  public static final MultiTargetNeuralNetworkRegressionModel MULTI_TARGET =
      multiTarget().fit(CURVES);
  public static final AutoencoderModel CODES = autoencoder().fit(ELLIPSOID);
  public static final WhiteningModel WHITE = whitening().fit(ELLIPSOID);

  private Stages() {}

  /**
   * An estimator and what came of it.
   *
   * @param model fitted to the rows
   * @param newColumn that the model adds, or the first of them
   */
  public record Fitted(
      Estimator<?> estimator, Model<?> model, Dataset<Row> rows, String newColumn) {
    @Override
    public String toString() {
      return estimator.getClass().getSimpleName();
    }
  }

  /** All five. */
  public static List<Fitted> all() {
    return List.of(
        new Fitted((Estimator<?>) CLASSIFICATION.parent(), CLASSIFICATION, CLOUDS, "rawPrediction"),
        new Fitted((Estimator<?>) REGRESSION.parent(), REGRESSION, CURVES, "prediction"),
        new Fitted((Estimator<?>) MULTI_TARGET.parent(), MULTI_TARGET, CURVES, "prediction"),
        new Fitted((Estimator<?>) CODES.parent(), CODES, ELLIPSOID, "code"),
        new Fitted((Estimator<?>) WHITE.parent(), WHITE, ELLIPSOID, "white"));
  }

  public static NeuralNetworkClassifier classifier() {
    return new NeuralNetworkClassifier().setHiddenLayers(new int[] {4}).setMaxIter(2);
  }

  public static NeuralNetworkRegressor regressor() {
    return new NeuralNetworkRegressor().setHiddenLayers(new int[] {4}).setMaxIter(2);
  }

  public static MultiTargetNeuralNetworkRegressor multiTarget() {
    return new MultiTargetNeuralNetworkRegressor()
        .setLabelCol("labels")
        .setHiddenLayers(new int[] {4})
        .setMaxIter(2);
  }

  public static Autoencoder autoencoder() {
    return new Autoencoder().setOutputCol("code").setNetwork("dense(3) tanh").setMaxIter(2);
  }

  public static Whitening whitening() {
    return new Whitening().setOutputCol("white");
  }

  /** Values of Params as Spark's tests take them. */
  public static scala.collection.immutable.Map<String, Object> scala(Map<String, Object> values) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(values));
  }
}
