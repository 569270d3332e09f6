package sparkprop.train.step;

import java.util.Optional;
import sparkprop.train.PassSums;

/**
 * Tasks beside the driver meet in {@link SharedPasses}. The pass changes the driver's own state, so
 * that only what it has met comes home.
 *
 * @param fit whose pass it is
 */
record InDriver(String fit) implements Meeting<double[]> {
  @Override
  public Optional<SharedPass> pass() {
    return SharedPasses.of(fit);
  }

  @Override
  public double[] result(SharedPass pass, PassSums met) {
    return new double[] {met.first(), met.objectiveSum(), met.weightSum()};
  }
}
