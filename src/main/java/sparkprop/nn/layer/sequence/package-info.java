/**
 * Layers whose rows are sequences: steps x features, step after step, the features of a step side
 * by side. Recurrent layers read them in order (Elman, "Finding structure in time", 1990;
 * Hochreiter and Schmidhuber, "Long short-term memory", 1997; Cho et al. 2014) and learn by
 * backpropagation through time (Werbos 1990); sizes, orders and defaults are PyTorch's with {@code
 * batch_first}.
 *
 * <p>Rows of unequal length are padded with steps that are all zero in the network's input: {@link
 * sparkprop.nn.layer.RowContext#lengths}. Behind a row's length every layer here puts out zeros and
 * passes no gradient, so what a row scores does not hang on how far it is padded.
 */
@NullMarked
package sparkprop.nn.layer.sequence;

import org.jspecify.annotations.NullMarked;
