package sparkprop.interop;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasWeightCol;

/**
 * Spark's {@link HasWeightCol}, which other code tests for before it passes weights on, with the
 * Param where the stage keeps its others.
 */
public interface OwnWeightCol extends HasWeightCol {
  /** The value of {@link #weightCol}. */
  @Override
  default String getWeightCol() {
    return getOrDefault(weightCol());
  }

  /** For the initialiser of Spark's trait, which stages with a Param of their own do not call. */
  @Override
  default void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(
      Param<String> param) {
    throw new UnsupportedOperationException(uid() + " has a weightCol of its own.");
  }
}
