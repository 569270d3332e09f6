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
 */
// A view for one call, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record RowContext(boolean training, long key, long[] rowNumbers, float[] rowWeights) {}
