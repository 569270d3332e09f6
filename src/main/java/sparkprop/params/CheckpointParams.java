package sparkprop.params;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Where training keeps how far it has come, so that a driver that died can go on. */
public interface CheckpointParams extends Params {

  /**
   * The Params of this interface, as a stage keeps them.
   *
   * @param checkpointPath folder of checkpoints
   * @param checkpointInterval passes from one to the next
   */
  record Declared(Param<String> checkpointPath, IntParam checkpointInterval)
      implements java.io.Serializable {

    static Declared of(ParamMaker make) {
      return new Declared(
          make.text(
              "checkpointPath",
              "",
              text -> {},
              "folder on any Hadoop file system for checkpoints, from which a fit with the same"
                  + " Params and rows goes on if its driver dies; fits may share it; empty is none"),
          make.interval(
              "checkpointInterval",
              "passes from one checkpoint to the next, at least 1; -1 is off"));
    }
  }

  /** Where the stage keeps them. */
  Declared checkpointParams();

  /** Folder of checkpoints on any Hadoop file system. Default "": none. */
  default Param<String> checkpointPath() {
    return checkpointParams().checkpointPath();
  }

  /** The value of {@link #checkpointPath}. */
  default String getCheckpointPath() {
    return getOrDefault(checkpointPath());
  }

  /** Passes from one checkpoint to the next, at least 1, or -1 for none. Default -1. */
  default IntParam checkpointInterval() {
    return checkpointParams().checkpointInterval();
  }

  /** The value of {@link #checkpointInterval}. */
  default int getCheckpointInterval() {
    return (int) getOrDefault(checkpointInterval());
  }
}
