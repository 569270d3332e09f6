/**
 * Evaluators for what Spark's own do not cover: {@link
 * sparkprop.evaluation.MultiTargetRegressionEvaluator} compares vectors of predictions with vectors
 * of labels, so that {@code CrossValidator} and {@code TrainValidationSplit} can tune models of
 * several targets.
 */
@NullMarked
package sparkprop.evaluation;

import org.jspecify.annotations.NullMarked;
