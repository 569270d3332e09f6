package sparkprop.train.step;

import java.util.List;
import sparkprop.data.Block;
import sparkprop.nn.Workspace;

/**
 * A thread that computes slices, and what is its own.
 *
 * @param workspace its scratch memory
 * @param source where it reads blocks
 * @param checkpoint throws if the work is no longer wanted
 */
record Worker(Workspace workspace, Source source, Runnable checkpoint) {
  /** Where blocks are read. */
  interface Source {
    /** The blocks of a training partition, in order. */
    List<Block> blocks(int partition);
  }
}
