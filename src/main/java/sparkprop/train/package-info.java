/**
 * The trainer's loop on the driver. {@link sparkprop.train.Trainer} walks passes and has a {@link
 * sparkprop.train.Placement} make the updates of each, by a {@link sparkprop.train.Step} that is
 * the same wherever it is made; it keeps the history, watches for the moment to stop, and tells a
 * {@link sparkprop.train.TrainingListener}. It knows neither Spark nor rows: where and how a
 * mini-batch is computed is the placement's business ({@code sparkprop.train.step}).
 */
@NullMarked
package sparkprop.train;

import org.jspecify.annotations.NullMarked;
