package sparkprop.persist;

import java.io.IOException;
import java.util.function.BiConsumer;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
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
  private final BiConsumer<M, SavedNetwork> fill;

  /**
   * A reader.
   *
   * @param type the model's class, with a public constructor that takes a uid
   * @param fill gives a new model, which has its Params already, what it has learnt
   */
  public ModelReader(Class<M> type, BiConsumer<M, SavedNetwork> fill) {
    this.type = type;
    this.fill = fill;
  }

  /**
   * Loads a model.
   *
   * @throws IllegalArgumentException if the directory holds another stage, a file that is not
   *     whole, or one of a newer format version
   */
  @Override
  public M load(String path) {
    SavedNetwork network = readNetwork(path);
    String stage = network.notes().getOrDefault(STAGE, "unknown");
    if (!stage.equals(type.getName())) {
      throw new IllegalArgumentException(
          "%s holds a model of class %s: load it with that class, not with %s."
              .formatted(path, stage, type.getName()));
    }
    DefaultParamsReader<M> params = new DefaultParamsReader<>();
    params.session(sparkSession());
    M model = params.load(path);
    fill.accept(model, network);
    return model;
  }

  /** Before the Params, because those of a newer release might not be known here. */
  private SavedNetwork readNetwork(String path) {
    try {
      return ModelFiles.in(path, sparkSession()).read();
    } catch (IOException e) {
      throw Undeclared.rethrow(e);
    }
  }
}
