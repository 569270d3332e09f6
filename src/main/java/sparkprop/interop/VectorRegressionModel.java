package sparkprop.interop;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The model of a {@link VectorRegressor}: Spark's {@link RegressionModel} with a uid, row weights
 * and a training summary.
 *
 * @param <M> the model itself
 * @param <S> its training summary
 */
public abstract class VectorRegressionModel<
        M extends VectorRegressionModel<M, S>, S extends RegressionSummaryBase>
    extends RegressionModel<Vector, M> implements HasWeightCol, Summarized<S>, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private Param<String> weightCol;
  private transient boolean awaitsRows;

  /** A model with this uid. */
  protected VectorRegressionModel(String uid) {
    this(UidHandOff.offer(uid));
  }

  @SuppressWarnings("NullAway.Init") // weightCol is set by the trait's initialiser
  private VectorRegressionModel(UidHandOff handOff) {
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

  /** Says which rows the model was trained with, so that the summary can score them. */
  protected abstract void trainedWith(Dataset<Row> rows);

  /**
   * For readers, when the model is filled in: one that comes out of Spark Connect's cache says that
   * it has no summary, so that it is given its rows when somebody asks for the summary.
   */
  protected final void loaded() {
    awaitsRows = LocalSaving.active();
  }

  /** Whether the rows that the model was trained with are still to come. */
  protected final boolean awaitsRows() {
    return awaitsRows;
  }

  /** Spark Connect's: gives a model that it had put away its rows again. */
  @Override
  public final void loadSummary(String path, Dataset<Row> rows) {
    trainedWith(rows);
    awaitsRows = false;
  }
}
