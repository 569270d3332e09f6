package sparkprop.params;

import org.apache.spark.ml.param.Param;
import sparkprop.interop.OwnWeightCol;

/** The columns of a stage that predicts vectors, under Spark's names. */
public interface PredictionColumns extends OwnWeightCol {

  /**
   * The Params of this interface, as a stage keeps them.
   *
   * @param featuresCol column of feature vectors
   * @param labelCol column of labels
   * @param predictionCol column of predictions
   * @param weightCol column of the rows' weights
   */
  record Declared(
      Param<String> featuresCol,
      Param<String> labelCol,
      Param<String> predictionCol,
      Param<String> weightCol)
      implements java.io.Serializable {

    /** Makes the Params of one stage, whose uid must be known already, and sets their defaults. */
    public static Declared of(PredictionColumns owner) {
      ParamMaker make = new ParamMaker(owner);
      return new Declared(
          make.column("featuresCol", "features", "column of feature vectors"),
          make.column("labelCol", "label", "column of label vectors, all of one size"),
          make.column("predictionCol", "prediction", "column of predicted vectors; none if empty"),
          make.column(
              "weightCol", "column of the rows' weights, at least 0; all rows weigh 1 if unset"));
    }
  }

  /** Where the stage keeps them. */
  Declared predictionColumns();

  /** Column of feature vectors. Default "features". */
  default Param<String> featuresCol() {
    return predictionColumns().featuresCol();
  }

  /** The value of {@link #featuresCol}. */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /** Column of label vectors. Default "label". */
  default Param<String> labelCol() {
    return predictionColumns().labelCol();
  }

  /** The value of {@link #labelCol}. */
  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  /** Column of predicted vectors. Default "prediction". */
  default Param<String> predictionCol() {
    return predictionColumns().predictionCol();
  }

  /** The value of {@link #predictionCol}. */
  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  /** Column of the rows' weights; rows of weight 0 do not count at all. Not set by default. */
  @Override
  default Param<String> weightCol() {
    return predictionColumns().weightCol();
  }
}
