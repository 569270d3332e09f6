/**
 * The layers of a network. A {@link sparkprop.nn.layer.LayerSpec} is a layer as the text names it;
 * once the shape of its input is known it builds a {@link sparkprop.nn.layer.Layer}, which is
 * immutable, says what parameters it wants kept in the flat array, and allocates a {@link
 * sparkprop.nn.layer.LayerPass} for each task: the buffers, and the forward and backward passes
 * through them. A new layer is one file, here or in a room beside it, and one row in {@link
 * sparkprop.nn.Layers}: all that networks and trainers ask of a layer is in those interfaces. Only
 * {@code dense} is known by its type as well, because it is every network's output layer and takes
 * the standardization of features in.
 */
@NullMarked
package sparkprop.nn.layer;

import org.jspecify.annotations.NullMarked;
