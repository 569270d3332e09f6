/**
 * The end of a network: output activation and loss, taken together in a {@link
 * sparkprop.nn.loss.Head}, since the derivative through both at once is simpler and safer than one
 * after the other (softmax with cross-entropy is {@code p - t}, with no logarithm of 0). {@link
 * sparkprop.nn.loss.Heads} is the table of losses and the way in; each loss says which output
 * activations fit it and what {@code auto} means for it. A head also turns raw outputs into what a
 * model shows: class probabilities, or predicted values.
 *
 * <p>Derivatives are float32, like the network; sums of losses over rows are in double precision,
 * each row multiplied by its weight.
 */
@NullMarked
package sparkprop.nn.loss;

import org.jspecify.annotations.NullMarked;
