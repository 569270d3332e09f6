/**
 * The trainer's loop on the driver. {@link sparkprop.train.Trainer} walks passes and updates, asks
 * a {@link sparkprop.train.Placement} for the gradient of each mini-batch and lets the solver take
 * the step; it keeps the history, watches for the moment to stop, and tells a {@link
 * sparkprop.train.TrainingListener}. It knows neither Spark nor rows: where and how a mini-batch is
 * computed is the placement's business ({@code sparkprop.train.step}).
 */
@NullMarked
package sparkprop.train;

import org.jspecify.annotations.NullMarked;
