package sparkprop.interop;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;

/**
 * A regressor of feature vectors with one target, written in Java: Spark's {@link Regressor} with a
 * uid, row weights and the saving of its Params. {@code weightCol} comes from Spark's own trait,
 * because {@code Predictor.fit} tests for it and silently drops weights without it.
 *
 * @param <E> the regressor itself
 * @param <M> its model
 */
public abstract class VectorRegressor<
        E extends VectorRegressor<E, M>, M extends VectorRegressionModel<M, ?>>
    extends Regressor<Vector, E, M> implements HasWeightCol, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private Param<String> weightCol;

  /** A regressor with this uid. */
  protected VectorRegressor(String uid) {
    this(UidHandOff.offer(uid));
  }

  @SuppressWarnings("NullAway.Init") // weightCol is set by the trait's initialiser
  private VectorRegressor(UidHandOff handOff) {
    this.uid = handOff.take();
    HasWeightCol.$init$(this);
  }

  /** A new uid: the prefix and some random hexadecimal digits. */
  protected static String newUid(String prefix) {
    return Identifiable$.MODULE$.randomUID(prefix);
  }

  @Override
  public final String uid() {
    return UidHandOff.of(uid);
  }

  /** One Param's name, meaning, default and value. */
  @Override
  public final String explainParam(Param<?> param) {
    return Explanation.of(this, param);
  }

  @Override
  public final Param<String> weightCol() {
    return weightCol;
  }

  /** For Spark's trait, which sets its Param through it; of no use to anybody else. */
  @Override
  public final void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(
      Param<String> param) {
    weightCol = param;
  }

  /**
   * Refuses names of label and weight columns that Spark's {@code fit} would misread.
   *
   * @throws IllegalArgumentException if one has a dot or a backtick in it
   */
  protected final void checkCastColumns() {
    CastColumns.check(this, labelCol(), weightCol);
  }

  /** Names the column of row weights; rows of weight 0 do not count at all. */
  @SuppressWarnings("unchecked") // E is the class itself
  public E setWeightCol(String value) {
    return (E) set(weightCol, value);
  }
}
