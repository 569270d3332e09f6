package sparkprop.nn.layer;

/**
 * What a layer may know about the rows it is shown, besides their values.
 *
 * @param training whether this is a training pass: dropout drops, batchNorm uses the rows' own
 *     statistics
 * @param key random bits that name the pass and the mini-batch; a layer mixes them with a row's
 *     number, so that what it draws hangs on neither thread nor partition
 * @param rowNumbers each row's number among the training rows of the whole input
 * @param rowWeights each row's weight, above 0
 * @param lengths of each row's sequence, counted by what went into the network: its steps up to the
 *     last that is not all zero, at least 1; of no meaning where no layer {@link
 *     Layer#readsLengths}
 */
// A view for one call, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record RowContext(
    boolean training, long key, long[] rowNumbers, float[] rowWeights, int[] lengths) {
  /** For layers that do not ask for lengths. */
  public RowContext(boolean training, long key, long[] rowNumbers, float[] rowWeights) {
    this(training, key, rowNumbers, rowWeights, new int[0]);
  }
}
