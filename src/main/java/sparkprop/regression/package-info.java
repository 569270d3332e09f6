/**
 * Regression with neural networks as stages of Spark ML: {@link
 * sparkprop.regression.NeuralNetworkRegressor} predicts a number, {@link
 * sparkprop.regression.MultiTargetNeuralNetworkRegressor} several at once from a vector of labels.
 * Labels are standardized inside where the loss allows it, and predicted in their own unit. Models
 * score by one projection and one broadcast of their weights.
 */
@NullMarked
package sparkprop.regression;

import org.jspecify.annotations.NullMarked;
