package sparkprop.interop;

import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** A column that a stage can do without. As in Spark's own stages, the empty name unsets it too. */
public final class OptionalColumn {
  private OptionalColumn() {}

  /**
   * The column's name, if the stage has one.
   *
   * @param column the Param that names it
   */
  public static Optional<String> of(Params stage, Param<String> column) {
    return stage.isDefined(column)
        ? Optional.of(stage.getOrDefault(column)).filter(name -> !name.isEmpty())
        : Optional.empty();
  }
}
