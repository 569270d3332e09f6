package sparkprop.interop;

import org.apache.spark.ml.classification.BinaryRandomForestClassificationSummaryImpl;
import org.apache.spark.ml.classification.ClassificationSummary;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationSummaryImpl;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple3;

/**
 * The model of a {@link VectorClassifier}: Spark's {@link ProbabilisticClassificationModel} with a
 * uid, row weights and a training summary.
 *
 * @param <M> the model itself
 * @param <S> its training summary
 */
public abstract class VectorClassificationModel<
        M extends VectorClassificationModel<M, S>, S extends TrainingSummaryBase>
    extends ProbabilisticClassificationModel<Vector, M>
    implements HasWeightCol, Summarized<S>, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private Param<String> weightCol;
  private transient boolean awaitsRows;

  /** A model with this uid. */
  protected VectorClassificationModel(String uid) {
    this(UidHandOff.offer(uid));
  }

  @SuppressWarnings("NullAway.Init") // weightCol is set by the trait's initialiser
  private VectorClassificationModel(UidHandOff handOff) {
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

  /**
   * Rows that this model has scored.
   *
   * @param rows with at least a probability and a prediction column
   * @param probabilityCol name of the former
   * @param predictionCol name of the latter
   */
  protected record Predictions(Dataset<Row> rows, String probabilityCol, String predictionCol) {}

  /** This model's output for these rows, with the columns that a summary needs. */
  @SuppressWarnings("unchecked") // what the method below returns
  protected final Predictions predictionsOf(Dataset<?> rows) {
    Tuple3<VectorClassificationModel<M, S>, String, String> scoring = findSummaryModel();
    return new Predictions(
        scoring._1().transform(WeighedRows.of(this, weightCol, rows)), scoring._2(), scoring._3());
  }

  /**
   * The metrics of this model on some rows, as Spark's own types.
   *
   * @param numClasses 2 yields a {@code BinaryClassificationSummary}
   */
  @SuppressWarnings("unchecked") // what the method below returns
  protected final ClassificationSummary summaryOf(Dataset<?> rows, int numClasses) {
    Tuple3<VectorClassificationModel<M, S>, String, String> scoring = findSummaryModel();
    Dataset<Row> scored = scoring._1().transform(WeighedRows.of(this, weightCol, rows));
    String weights = OptionalColumn.of(this, weightCol).orElse("");
    return numClasses == 2
        ? new BinaryRandomForestClassificationSummaryImpl(
            scored, scoring._2(), scoring._3(), getLabelCol(), weights)
        : new MultilayerPerceptronClassificationSummaryImpl(
            scored, scoring._3(), getLabelCol(), weights);
  }

  /** Spark's own, repeated because Java sees it inherited twice. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Tuple3 findSummaryModel() {
    return super.findSummaryModel();
  }
}
