package sparkprop.train.step;

import java.util.Iterator;
import java.util.List;
import sparkprop.data.Block;
import sparkprop.nn.Additive;
import sparkprop.nn.CurvatureSum;
import sparkprop.nn.Evaluation;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.nn.Workspace;

/** Computes slices in one thread, in the same way wherever that thread runs. */
final class SliceWorker {
  private final Network network;
  private final float[] weights;
  private final Workspace workspace;
  private final Runnable checkpoint;

  /**
   * @param weights the flat weights, and what else may follow them; not changed
   * @param workspace this thread's own
   * @param checkpoint called between chunks of rows; throws if the work is no longer wanted
   */
  SliceWorker(Network network, float[] weights, Workspace workspace, Runnable checkpoint) {
    this.network = network;
    this.weights = weights;
    this.workspace = workspace;
    this.checkpoint = checkpoint;
  }

  /** The gradient of no rows. */
  GradientSum emptyGradient(boolean byColumn) {
    return network.newGradientSum(byColumn);
  }

  /** The same on other weights. */
  SliceWorker over(float[] otherWeights) {
    return new SliceWorker(network, otherWeights, workspace, checkpoint);
  }

  /** What it was given, not a copy. */
  float[] weights() {
    return weights;
  }

  /**
   * The gradient of a slice of the mini-batch.
   *
   * @param byColumn whether it keeps which columns have occurred
   */
  GradientSum gradient(Turn turn, boolean byColumn) {
    GradientSum sum = network.newGradientSum(byColumn);
    addGradient(turn.moment(), turn.stretches(), sum);
    return sum;
  }

  /** Adds the gradient of a slice of the mini-batch. */
  void addGradient(Moment moment, List<BlockSlice.Stretch> stretches, GradientSum sum) {
    network.accumulate(weights, new BlockSlice(stretches, checkpoint), moment, workspace, sum);
  }

  /** The Gauss-Newton matrix of a slice of the mini-batch. */
  CurvatureSum curvature(List<BlockSlice.Stretch> stretches) {
    return network.curvature(weights, new BlockSlice(stretches, checkpoint), workspace);
  }

  /** Scores rows block by block, so that no more than one block need be held. */
  Evaluation evaluate(Iterator<Block> blocks) {
    Evaluation sum = Evaluation.NONE;
    while (blocks.hasNext()) {
      BlockWindow window = BlockWindow.inOrder(blocks.next());
      BlockSlice slice =
          new BlockSlice(
              List.of(new BlockSlice.Stretch(() -> window, 0, window.rows())), checkpoint);
      sum = sum.plus(network.evaluate(weights, slice, workspace));
    }
    return sum;
  }

  /** Adds the right sum into the left one. */
  static <T extends Additive<T>> T plus(T left, T right) {
    left.add(right);
    return left;
  }
}
