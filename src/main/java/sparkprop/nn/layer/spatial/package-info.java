/**
 * Layers whose rows are maps: channels x height x width, a channel's map after the other, each map
 * row by row. They are those of LeCun et al., "Backpropagation applied to handwritten zip code
 * recognition" (1989) and of the convolutional networks since; sizes and defaults are PyTorch's.
 *
 * <p>A {@link sparkprop.nn.layer.spatial.Window} says where a kernel stands on a map, {@link
 * sparkprop.nn.layer.spatial.Patches} lays what it sees there out as columns, so that convolution
 * is a matrix product for each row, whose operands stay in the processor's cache.
 */
@NullMarked
package sparkprop.nn.layer.spatial;

import org.jspecify.annotations.NullMarked;
