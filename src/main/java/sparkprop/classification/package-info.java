/**
 * Classification with neural networks as stages of Spark ML: {@link
 * sparkprop.classification.NeuralNetworkClassifier} is the estimator, {@link
 * sparkprop.classification.NeuralNetworkClassificationModel} its model, {@link
 * sparkprop.classification.NeuralNetworkClassificationTrainingSummary} what the model remembers of
 * its training. {@code fit} is five named steps: settings and schema, a scan of the rows, the
 * network, the training data, the trainer. A model scores through one broadcast of its weights.
 */
@NullMarked
package sparkprop.classification;

import org.jspecify.annotations.NullMarked;
