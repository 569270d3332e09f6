/**
 * How each kind of solver trains. {@link sparkprop.train.method.GradientSteps} makes a step a
 * mini-batch; {@link sparkprop.train.method.LineSearches} is L-BFGS and OWL-QN by Breeze's
 * optimizers, which are known in this package alone; {@link sparkprop.train.method.DampedSteps} is
 * Levenberg-Marquardt and the natural gradient. {@link sparkprop.train.method.Methods} chooses.
 * What a method must remember is in the training state as arrays of floats, so that any of them
 * goes on from a checkpoint with the same bits.
 */
@NullMarked
package sparkprop.train.method;

import org.jspecify.annotations.NullMarked;
