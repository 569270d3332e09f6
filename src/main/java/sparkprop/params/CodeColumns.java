package sparkprop.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The columns of a stage that turns vectors into others, under Spark's names. */
public interface CodeColumns extends Params {

  /**
   * The Params of this interface, as a stage keeps them.
   *
   * @param inputCol column of vectors
   * @param outputCol column of what they become
   */
  record Declared(Param<String> inputCol, Param<String> outputCol) implements java.io.Serializable {

    /** Makes the Params of one stage, whose uid must be known already, and sets their defaults. */
    public static Declared of(CodeColumns owner) {
      ParamMaker make = new ParamMaker(owner);
      return new Declared(
          make.column("inputCol", "features", "column of vectors, all of one size"),
          make.column(
              "outputCol",
              owner.uid() + "__output",
              "column of the vectors that those of inputCol become"));
    }
  }

  /** Where the stage keeps them. */
  Declared codeColumns();

  /** Column of vectors. Default "features". */
  default Param<String> inputCol() {
    return codeColumns().inputCol();
  }

  /** The value of {@link #inputCol}. */
  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  /** Column of what they become. Default: the stage's uid and "__output", as in Spark. */
  default Param<String> outputCol() {
    return codeColumns().outputCol();
  }

  /** The value of {@link #outputCol}. */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }
}
