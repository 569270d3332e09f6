package sparkprop.persist;

import java.io.IOException;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import sparkprop.interop.Undeclared;
import sparkprop.nn.SavedNetwork;

/**
 * Saves a model: first its weights, then Spark's metadata. A directory without metadata is not
 * loaded, so a save that failed midway leaves nothing that looks like a model.
 */
public final class ModelWriter extends MLWriter {
  private final Params model;
  private final SavedNetwork network;

  /**
   * A writer for one model.
   *
   * @param model whose class, uid and Params are saved
   * @param network what it has learnt
   */
  public ModelWriter(Params model, SavedNetwork network) {
    this.model = model;
    this.network = network;
  }

  /** Called by {@link #save}, which refuses or deletes what stands at the path already. */
  @Override
  public void saveImpl(String path) {
    try {
      ModelFiles.in(path, sparkSession()).write(network);
    } catch (IOException e) {
      throw Undeclared.rethrow(e);
    }
    DefaultParamsWriter metadata = new DefaultParamsWriter(model);
    metadata.session(sparkSession());
    metadata.saveImpl(path);
  }
}
