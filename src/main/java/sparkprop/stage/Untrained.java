package sparkprop.stage;

import org.apache.spark.ml.util.Identifiable;
import org.jspecify.annotations.Nullable;

/** Models that Spark constructs to read their Params, and that hold no network yet. */
public final class Untrained {
  private Untrained() {}

  /**
   * What a model has learnt.
   *
   * @throws IllegalStateException if that is nothing
   */
  public static <T> T refuse(Identifiable model, @Nullable T learnt) {
    if (learnt == null) {
      throw new IllegalStateException(
          model.uid() + " has learnt nothing: fit an estimator, or load a saved model.");
    }
    return learnt;
  }
}
