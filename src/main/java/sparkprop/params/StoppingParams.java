package sparkprop.params;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import sparkprop.text.Range;

/** When training ends, and on which rows that is judged. */
public interface StoppingParams extends Params {

  /**
   * The Params of this interface, as a stage keeps them.
   *
   * @param maxIter most passes
   * @param tol what counts as progress
   * @param patience passes without progress before training stops
   * @param validationIndicatorCol column that tells validation rows
   * @param validationFraction share of the rows drawn for validation
   */
  record Declared(
      IntParam maxIter,
      DoubleParam tol,
      IntParam patience,
      Param<String> validationIndicatorCol,
      DoubleParam validationFraction)
      implements java.io.Serializable {

    static Declared of(ParamMaker make) {
      return new Declared(
          make.whole(
              "maxIter",
              100,
              Range.atLeast(0),
              "most passes over the training rows, for l-bfgs, levenbergMarquardt and"
                  + " naturalGradient most steps"),
          make.number(
              "tol",
              1e-4,
              Range.atLeast(0),
              "what counts as progress: a fall of the watched loss below its best by more than tol"
                  + " times that best; 1e-6 where unset for l-bfgs, levenbergMarquardt and"
                  + " naturalGradient"),
          make.whole(
              "patience",
              5,
              Range.atLeast(0),
              "training stops when so many passes running brought no progress; 0 never stops it"
                  + " early. Watched is the validation loss, without validation rows the training"
                  + " objective; 1 where unset for l-bfgs, levenbergMarquardt and"
                  + " naturalGradient"),
          make.column(
              "validationIndicatorCol",
              "boolean column: rows with true validate, rows with false train"),
          make.number(
              "validationFraction",
              0,
              Range.atLeast(0).below(1),
              "share of the rows, drawn by seed, that validate instead of training"));
    }
  }

  /** Where the stage keeps them. */
  Declared stoppingParams();

  /** Most passes over the training rows, at least 0. Default 100. */
  default IntParam maxIter() {
    return stoppingParams().maxIter();
  }

  /** The value of {@link #maxIter}. */
  default int getMaxIter() {
    return (int) getOrDefault(maxIter());
  }

  /** Relative fall of the watched loss that counts as progress, at least 0. Default 1e-4. */
  default DoubleParam tol() {
    return stoppingParams().tol();
  }

  /** The value of {@link #tol}. */
  default double getTol() {
    return (double) getOrDefault(tol());
  }

  /** Passes without progress before training stops; 0: it never does. Default 5. */
  default IntParam patience() {
    return stoppingParams().patience();
  }

  /** The value of {@link #patience}. */
  default int getPatience() {
    return (int) getOrDefault(patience());
  }

  /** Boolean column whose true rows validate. Not set by default. */
  default Param<String> validationIndicatorCol() {
    return stoppingParams().validationIndicatorCol();
  }

  /** The value of {@link #validationIndicatorCol}. */
  default String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol());
  }

  /** Share of the rows, drawn by seed, that validate: at least 0, below 1. Default 0. */
  default DoubleParam validationFraction() {
    return stoppingParams().validationFraction();
  }

  /** The value of {@link #validationFraction}. */
  default double getValidationFraction() {
    return (double) getOrDefault(validationFraction());
  }
}
