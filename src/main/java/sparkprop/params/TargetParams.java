package sparkprop.params;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Params;
import sparkprop.nn.loss.Head;

/** What a regressor does with its target. */
public interface TargetParams extends Params {

  /**
   * The Params of this interface, as a stage keeps them.
   *
   * @param standardizeTarget whether targets are centred and scaled inside
   */
  record Declared(BooleanParam standardizeTarget) implements java.io.Serializable {

    /** Makes the Params of one stage, whose uid must be known already, and sets their defaults. */
    public static Declared of(TargetParams owner) {
      return new Declared(
          new ParamMaker(owner)
              .flag(
                  "standardizeTarget",
                  true,
                  "whether to train on (label - mean) / standard deviation and answer in the"
                      + " label's own unit; for squaredError, absoluteError, huber and quantile"
                      + " with identity output, off for all else"));
    }
  }

  /** Where the stage keeps them. */
  Declared targetParams();

  /**
   * Whether to train on (label - mean) / standard deviation and answer in the label's own unit; for
   * squaredError, absoluteError, huber and quantile with identity output, off for all else. Losses
   * and histories are then those of the standardized label. Default true.
   */
  default BooleanParam standardizeTarget() {
    return targetParams().standardizeTarget();
  }

  /** The value of {@link #standardizeTarget}. */
  default boolean getStandardizeTarget() {
    return (boolean) getOrDefault(standardizeTarget());
  }

  /**
   * Whether targets are standardized under this head.
   *
   * @throws IllegalArgumentException if it was asked for and the head cannot
   */
  default boolean standardizesTargets(Head head) {
    if (getStandardizeTarget() && !head.takesAnyUnit() && isSet(standardizeTarget())) {
      throw new IllegalArgumentException(
          ("standardizeTarget is true, but loss %s with outputActivation %s takes labels in their"
                  + " own unit only: clear standardizeTarget, or use squaredError with identity.")
              .formatted(head.loss(), head.outputActivation()));
    }
    return getStandardizeTarget() && head.takesAnyUnit();
  }
}
