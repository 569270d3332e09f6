package sparkprop.nn;

import sparkprop.linalg.Randomness;

/**
 * Where training is. Together with a row's number it determines all that is random about the row,
 * so that neither threads nor partitions can change it.
 *
 * @param seed the estimator's seed
 * @param pass the pass over the training rows, from 0
 * @param update the mini-batch within the pass, from 0
 */
public record Moment(long seed, int pass, int update) {
  /** Random bits of this moment's own. */
  public long key() {
    return Randomness.hash(seed, pass, update);
  }
}
