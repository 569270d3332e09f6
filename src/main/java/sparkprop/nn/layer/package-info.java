/**
 * The layers of a network. A {@link sparkprop.nn.layer.LayerSpec} is a layer as the text names it;
 * once the shape of its input is known it builds a {@link sparkprop.nn.layer.Layer}, which is
 * immutable, says what parameters it wants kept in the flat array, and allocates a {@link
 * sparkprop.nn.layer.LayerPass} for each task: the buffers, and the forward and backward passes
 * through them. A new layer is one file here and one row in {@link sparkprop.nn.layer.Layers};
 * neither the network nor the trainer knows one layer from another.
 */
@NullMarked
package sparkprop.nn.layer;

import org.jspecify.annotations.NullMarked;
