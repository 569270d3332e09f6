package sparkprop.train;

import sparkprop.optim.OptimizerState;

/**
 * What updates change: the weights and what the solver remembers. Two owners never share one.
 *
 * @param weights the flat array, running statistics included
 * @param optimizer the solver's memory
 */
// Handed on, never compared.
@SuppressWarnings("ArrayRecordComponent")
public record TrainingState(float[] weights, OptimizerState optimizer) {}
