package sparkprop.stage;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import sparkprop.cluster.Packed;
import sparkprop.nn.Scorer;

/**
 * A scorer and its one broadcast, made when a transformation first needs it and shared by the
 * copies of a model. Spark gives it back when neither a model nor a DataFrame refers to it any
 * more.
 */
public final class SharedScorer implements Serializable {
  private static final long serialVersionUID = 1;

  private final Scorer scorer;
  private transient @Nullable SparkContext context;
  private transient @Nullable Broadcast<Packed<Scorer>> broadcast;

  /** A scorer to be shared. */
  public SharedScorer(Scorer scorer) {
    this.scorer = scorer;
  }

  /** For this JVM. */
  public Scorer here() {
    return scorer;
  }

  /** For tasks of this context. */
  public synchronized Broadcast<Packed<Scorer>> on(SparkContext wanted) {
    Broadcast<Packed<Scorer>> found = broadcast;
    if (found == null || context != wanted) {
      found = JavaSparkContext.fromSparkContext(wanted).broadcast(Packed.of(scorer));
      broadcast = found;
      context = wanted;
    }
    return found;
  }
}
