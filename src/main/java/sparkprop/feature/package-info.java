/**
 * Feature stages that learn from vectors without labels: {@link sparkprop.feature.Autoencoder}, a
 * network trained to reproduce its input through a narrow layer, whose model maps vectors to that
 * layer's code, as a non-linear PCA; {@link sparkprop.feature.Whitening}, which centres, scales and
 * decorrelates, as Spark's PCA does not.
 */
@NullMarked
package sparkprop.feature;

import org.jspecify.annotations.NullMarked;
