package sparkprop.train.method;

import org.jspecify.annotations.Nullable;
import sparkprop.nn.GradientSum;
import sparkprop.nn.Moment;
import sparkprop.nn.Network;
import sparkprop.optim.Penalty;
import sparkprop.train.Placement;

/**
 * The mean loss of all training rows plus the L2 penalty. All calls are the same moment of
 * training, so that rows are added in one order and the function is one function.
 */
final class WholeBatch implements Objective {
  private final Network network;
  private final Placement placement;
  private final Penalty penalty;
  private final long seed;
  private @Nullable GradientSum last;

  /**
   * @param placement whose mini-batches are all rows
   * @param penalty of which the L2 part counts
   */
  WholeBatch(Network network, Placement placement, Penalty penalty, long seed) {
    this.network = network;
    this.placement = placement;
    this.penalty = penalty.smooth();
    this.seed = seed;
  }

  @Override
  public Point at(float[] weights) throws InterruptedException {
    GradientSum sum = placement.gradient(weights, new Moment(seed, 0, 0));
    last = sum;
    float[] gradient = new float[sum.gradient().length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) (sum.gradient()[i] / sum.weightSum());
    }
    penalty.addGradient(weights, gradient, 0, gradient.length);
    return new Point(sum.lossSum() / sum.weightSum() + penalty.value(weights), gradient);
  }

  @Override
  public void settle(float[] weights) {
    if (last == null) {
      throw new IllegalStateException("There were no rows to take statistics from.");
    }
    network.settle(last, weights);
  }
}
