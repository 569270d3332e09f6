package sparkprop.interop;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;

/**
 * An estimator written in Java: Spark's {@link Estimator} with a uid and the saving of its Params.
 *
 * @param <M> its model
 */
public abstract class JavaEstimator<M extends Model<M>> extends Estimator<M>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;

  /** An estimator with this uid. */
  protected JavaEstimator(String uid) {
    this.uid = uid;
  }

  /** A new uid: the prefix and some random hexadecimal digits. */
  protected static String newUid(String prefix) {
    return Identifiable$.MODULE$.randomUID(prefix);
  }

  @Override
  public final String uid() {
    return uid;
  }

  /** One Param's name, meaning, default and value. */
  @Override
  public final String explainParam(Param<?> param) {
    return Explanation.of(this, param);
  }
}
