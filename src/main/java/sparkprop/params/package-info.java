/**
 * The Params that all of Sparkprop's trainers share, and what becomes of them. Each interface
 * groups the Params of one concern ({@link sparkprop.params.NetworkParams}, {@link
 * sparkprop.params.SolverParams}, {@link sparkprop.params.StoppingParams}, {@link
 * sparkprop.params.DataParams}); it declares them as a record, which a stage makes once and keeps
 * in a field, and gives their accessors as default methods, so that estimators and models,
 * classifiers and regressors have them without repeating a line. {@link
 * sparkprop.params.TrainingParams} is all of them, {@link sparkprop.params.TrainingSetters} the
 * setters of an estimator. A value out of range, or a text that cannot be read, is refused where it
 * is set; {@link sparkprop.params.ResolvedParams} is what {@code fit} works with: the same settings
 * as plain checked values, read once.
 */
@NullMarked
package sparkprop.params;

import org.jspecify.annotations.NullMarked;
