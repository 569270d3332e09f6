/**
 * What all stages with a network do in the same way, whatever they are for: {@link
 * sparkprop.stage.NetworkTraining} leads from scanned rows to trained weights, refusing what does
 * not fit the machines; {@link sparkprop.stage.TrainedNetwork} is what a model holds, and scores
 * by; {@link sparkprop.stage.NetworkModel} and {@link sparkprop.stage.TrainingCourse} are what
 * models and summaries tell of it. Not meant to be called by user code.
 */
@NullMarked
package sparkprop.stage;

import org.jspecify.annotations.NullMarked;
