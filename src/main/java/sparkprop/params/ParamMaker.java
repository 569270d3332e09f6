package sparkprop.params;

import java.util.Arrays;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import sparkprop.interop.ParamTest;
import sparkprop.text.Range;

/**
 * Makes one stage's Params, each with its default and with a test that says in one sentence what is
 * wrong with a value.
 *
 * @param owner the stage, whose uid must be known already
 */
record ParamMaker(Params owner) {

  /** A whole number within a range. */
  IntParam whole(String name, int defaultValue, Range range, String doc) {
    IntParam param =
        new IntParam(
            owner.uid(),
            name,
            doc,
            new ParamTest<>(name, value -> check(name, "a whole number", range, (Integer) value)));
    owner.setDefault(param, defaultValue);
    return param;
  }

  /** How often something is done: every so many times, or -1 for never, which is the default. */
  IntParam interval(String name, String doc) {
    IntParam param =
        new IntParam(
            owner.uid(),
            name,
            doc,
            new ParamTest<>(
                name,
                value -> {
                  if ((Integer) value != -1) {
                    check(name, "-1 or a whole number", Range.atLeast(1), (Integer) value);
                  }
                }));
    owner.setDefault(param, -1);
    return param;
  }

  /** Any whole number. */
  LongParam anyWhole(String name, long defaultValue, String doc) {
    LongParam param = new LongParam(owner.uid(), name, doc, new ParamTest<>(name, value -> {}));
    owner.setDefault(param, defaultValue);
    return param;
  }

  /** A number within a range; NaN never is. */
  DoubleParam number(String name, double defaultValue, Range range, String doc) {
    DoubleParam param =
        new DoubleParam(
            owner.uid(),
            name,
            doc,
            new ParamTest<>(name, value -> check(name, "a number", range, (Double) value)));
    owner.setDefault(param, defaultValue);
    return param;
  }

  /** True or false. */
  BooleanParam flag(String name, boolean defaultValue, String doc) {
    BooleanParam param = new BooleanParam(owner.uid(), name, doc);
    owner.setDefault(param, defaultValue);
    return param;
  }

  /** Any number of positive whole numbers. */
  IntArrayParam counts(String name, int[] defaultValue, String doc) {
    IntArrayParam param =
        new IntArrayParam(
            owner, name, doc, new ParamTest<>(name, value -> checkCounts(name, value)));
    owner.setDefault(param, defaultValue);
    return param;
  }

  /**
   * A text of the grammar.
   *
   * @param reader reads the text, throwing what is wrong with it; what it returns is not used
   */
  Param<String> text(String name, String defaultValue, ParamTest.Check<String> reader, String doc) {
    Param<String> param =
        new Param<>(owner.uid(), name, doc, new ParamTest<>(name, reader), String.class);
    owner.setDefault(param, defaultValue);
    return param;
  }

  /** The name of a column, without a default. */
  Param<String> column(String name, String doc) {
    return new Param<>(owner.uid(), name, doc, new ParamTest<>(name, value -> {}), String.class);
  }

  /** The name of a column. */
  Param<String> column(String name, String defaultValue, String doc) {
    Param<String> param = column(name, doc);
    owner.setDefault(param, defaultValue);
    return param;
  }

  private static void check(String name, String kind, Range range, double value) {
    if (!range.contains(value)) {
      boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
      throw new IllegalArgumentException(
          "%s must be %s%s, but is %s."
              .formatted(
                  name,
                  Double.isInfinite(value) ? "a finite number" : kind,
                  range.inWords(),
                  whole ? String.valueOf((long) value) : value));
    }
  }

  private static void checkCounts(String name, int[] values) {
    if (Arrays.stream(values).anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          "%s must hold whole numbers of at least 1, but is %s."
              .formatted(name, Arrays.toString(values)));
    }
  }
}
