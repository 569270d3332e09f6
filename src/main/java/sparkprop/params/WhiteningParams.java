package sparkprop.params;

import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import sparkprop.text.Range;

/** What whitening does. */
public interface WhiteningParams extends CodeColumns {

  /**
   * The Params of this interface, as a stage keeps them.
   *
   * @param columns what is read and what is added
   * @param method pca or zca
   * @param k how many principal directions are kept
   * @param tol up to which share of the largest variance a direction counts as constant
   */
  record Declared(CodeColumns.Declared columns, Param<String> method, IntParam k, DoubleParam tol)
      implements java.io.Serializable {
    private static final List<String> METHODS = List.of("pca", "zca");

    /** Makes the Params of one stage, whose uid must be known already, and sets their defaults. */
    public static Declared of(WhiteningParams owner) {
      ParamMaker make = new ParamMaker(owner);
      return new Declared(
          CodeColumns.Declared.of(owner),
          make.text(
              "method",
              "pca",
              Declared::check,
              "pca: along the principal directions, the widest first; zca: as near to the input as"
                  + " a white vector can be"),
          make.whole(
              "k", 0, Range.atLeast(0), "principal directions to keep, for pca; 0 keeps all"),
          make.number(
              "tol",
              1e-9,
              Range.atLeast(0).below(1),
              "share of the largest variance up to which a direction counts as constant and"
                  + " becomes 0, with a warning if rows differ along it; 0 keeps every direction"
                  + " along which they do"));
    }

    private static void check(String method) {
      if (!METHODS.contains(method)) {
        throw new IllegalArgumentException(
            "method must be pca or zca, but is '%s'.".formatted(method));
      }
    }
  }

  /** Where the stage keeps them. */
  Declared whiteningParams();

  @Override
  default CodeColumns.Declared codeColumns() {
    return whiteningParams().columns();
  }

  /**
   * pca: along the principal directions, the widest first; zca: as near to the input as a white
   * vector can be. Default "pca".
   */
  default Param<String> method() {
    return whiteningParams().method();
  }

  /** The value of {@link #method}. */
  default String getMethod() {
    return getOrDefault(method());
  }

  /** Principal directions to keep, for pca; 0, the default, keeps all. */
  default IntParam k() {
    return whiteningParams().k();
  }

  /** The value of {@link #k}. */
  default int getK() {
    return (int) getOrDefault(k());
  }

  /**
   * Share of the largest variance up to which a direction counts as constant and becomes 0, with a
   * warning if rows differ along it; 0 keeps every direction along which they do, by more than
   * rounding. Default 1e-9.
   */
  default DoubleParam tol() {
    return whiteningParams().tol();
  }

  /** The value of {@link #tol}. */
  default double getTol() {
    return (double) getOrDefault(tol());
  }
}
