package sparkprop.persist;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import sparkprop.interop.Undeclared;
import sparkprop.nn.SavedNetwork;

/**
 * Loads a model that {@link ModelWriter} saved.
 *
 * @param <M> the model
 */
public final class ModelReader<M extends Params> extends MLReader<M> {
  /** Under which note a file says which class it belongs to. */
  public static final String STAGE = "stage";

  private final Class<M> type;
  private final Filling<M> filling;

  /**
   * Gives a new model, which has its Params already, what it has learnt.
   *
   * @param <M> the model
   */
  @FunctionalInterface
  public interface Filling<M> {
    /**
     * Fills the model in.
     *
     * @param record how it was trained, or null if its file does not say
     */
    void fill(M model, SavedNetwork network, @Nullable TrainingRecord record);
  }

  /**
   * A reader.
   *
   * @param type the model's class, with a public constructor that takes a uid
   * @param filling fills a new model in
   */
  public ModelReader(Class<M> type, Filling<M> filling) {
    this.type = type;
    this.filling = filling;
  }

  /**
   * Loads a model.
   *
   * @throws IllegalArgumentException if the directory holds another stage, a file that is not whole
   *     or cannot be read, or one of a newer release
   */
  @Override
  public M load(String path) {
    SavedNetwork network = network(path, sparkSession());
    String stage = network.notes().getOrDefault(STAGE, "unknown");
    if (!stage.equals(type.getName())) {
      throw new IllegalArgumentException(
          "%s holds a model of class %s: load it with that class, not with %s."
              .formatted(path, stage, type.getName()));
    }
    TrainingRecord record =
        TrainingRecord.fromNotes(network.notes(), new Path(path, SavedNetwork.FILE_NAME).toString())
            .orElse(null);
    DefaultParamsReader<M> params = new DefaultParamsReader<>();
    params.session(sparkSession());
    M model = params.load(path);
    filling.fill(model, network, record);
    return model;
  }

  /**
   * Reads what a saved model has learnt, whatever its class. A model reads it before its Params,
   * because those of a newer release might not be known here.
   *
   * @throws IllegalArgumentException if the directory holds no network, a file that is not whole or
   *     cannot be read, or one of a newer release
   */
  public static SavedNetwork network(String path, SparkSession session) {
    try {
      return ModelFiles.in(path, session).read();
    } catch (IOException e) {
      throw Undeclared.rethrow(e);
    }
  }
}
