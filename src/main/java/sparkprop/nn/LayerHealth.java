package sparkprop.nn;

import java.io.Serializable;

/**
 * How a layer fares in training, seen on a few rows.
 *
 * @param layer its name, as in the names of its parameters: {@code dense1}
 * @param gradientNorm 2-norm of the mean loss's gradient by all that the layer learns, without
 *     penalty; NaN if it learns nothing
 * @param weightNorm 2-norm of all that the layer learns; NaN if that is nothing
 * @param silentShare share of an activation's units, from 0 to 1, that pass no gradient on, because
 *     they are dead or saturated: {@code |f'(z)|} is below 0.01 in every row; NaN for layers of
 *     another kind and for softmax, whose units have no derivative of their own
 */
public record LayerHealth(String layer, double gradientNorm, double weightNorm, double silentShare)
    implements Serializable {}
