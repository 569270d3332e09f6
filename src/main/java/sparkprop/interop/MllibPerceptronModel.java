package sparkprop.interop;

import java.util.List;
import org.apache.spark.ml.ann.FeedForwardTopology;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationTrainingSummary;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationTrainingSummaryImpl;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import scala.Option;

/**
 * Makes models of MLlib's perceptron as its own {@code train} does, by what Scala hides from users
 * but not from Java.
 */
public final class MllibPerceptronModel {
  private MllibPerceptronModel() {}

  /** The weights with which MLlib begins where a user gives none. */
  public static Vector drawnWeights(int[] layers, long seed) {
    return FeedForwardTopology.multiLayerPerceptron(layers, true).model(seed).weights();
  }

  /** A model of these weights, with the uid and the Params of its estimator. */
  public static MultilayerPerceptronClassificationModel of(
      MultilayerPerceptronClassifier estimator, Vector weights) {
    return estimator.copyValues(
        new MultilayerPerceptronClassificationModel(estimator.uid(), weights), new ParamMap());
  }

  /**
   * Gives a model its training summary.
   *
   * @param rows that it was trained with
   * @param objectives its objective history
   */
  public static void summarize(
      MultilayerPerceptronClassificationModel model, Dataset<?> rows, List<Double> objectives) {
    var scoring = model.findSummaryModel();
    MultilayerPerceptronClassificationTrainingSummary summary =
        new MultilayerPerceptronClassificationTrainingSummaryImpl(
            scoring._1().transform(rows),
            scoring._3(),
            model.getLabelCol(),
            "",
            objectives.stream().mapToDouble(Double::doubleValue).toArray());
    model.setSummary(Option.apply(summary));
  }
}
