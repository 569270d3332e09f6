package sparkprop.interop;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLWritable;

/**
 * A model written in Java: Spark's {@link Model} with a uid.
 *
 * @param <M> the model itself
 */
public abstract class JavaModel<M extends JavaModel<M>> extends Model<M> implements MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;

  /** A model with this uid. */
  protected JavaModel(String uid) {
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
