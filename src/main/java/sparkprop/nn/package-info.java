/**
 * Networks: what they are, what they hold and how their gradient is computed. A text becomes a
 * {@link sparkprop.nn.NetworkSpec}; with the shape of the features and a head (output activation
 * and loss) it becomes a {@link sparkprop.nn.Network}, which is immutable and knows nothing of
 * Spark. Three things never share an object: the weights are one flat {@code float[]} described by
 * a {@link sparkprop.nn.ParameterLayout}, the activations and deltas of one thread are a {@link
 * sparkprop.nn.Workspace}, and the solver's state lives with the solver. The unit of computation is
 * a {@link sparkprop.nn.Slice} of rows, whose gradient is added to a {@link
 * sparkprop.nn.GradientSum}; sums of slices are summed again, on threads, on executors or on the
 * driver, always in the same order.
 */
@NullMarked
package sparkprop.nn;

import org.jspecify.annotations.NullMarked;
