package sparkprop.train.step;

import java.util.List;
import sparkprop.nn.Moment;

/**
 * A partition's part in one mini-batch.
 *
 * @param moment which mini-batch
 * @param stretches where its rows lie; empty if it gives none
 */
record Turn(Moment moment, List<BlockSlice.Stretch> stretches) {}
