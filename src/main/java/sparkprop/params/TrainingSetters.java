package sparkprop.params;

import org.apache.spark.ml.param.Param;

/**
 * The setters of an estimator for {@link TrainingParams}. A value out of range, or a text that
 * cannot be read, is refused at once with an IllegalArgumentException of one sentence.
 *
 * @param <S> the estimator itself, which each setter returns
 */
public interface TrainingSetters<S extends TrainingSetters<S>> extends TrainingParams {

  /** Hidden layers as text; wins over {@link #hiddenLayers} and {@link #activation}. Default "". */
  default Param<String> network() {
    return networkParams().network();
  }

  @SuppressWarnings("unchecked") // S is the class itself
  private <T> S with(Param<T> param, T value) {
    return (S) set(param, value);
  }

  /** Sets the hidden layers as text: {@code dense(256) batchNorm relu dropout(0.2)}. */
  default S setNetwork(String value) {
    return with(network(), value);
  }

  /** Sets what a row of features is to layers that ask, {@code 1x28x28}; empty is one vector. */
  default S setInputShape(String value) {
    return with(inputShape(), value);
  }

  /** Sets the widths of the hidden layers; none for a network without hidden layers. */
  default S setHiddenLayers(int[] value) {
    return with(hiddenLayers(), value);
  }

  /** Sets the activation that follows each of {@link #hiddenLayers}. */
  default S setActivation(String value) {
    return with(activation(), value);
  }

  /** Sets the activation of the output layer. */
  default S setOutputActivation(String value) {
    return with(outputActivation(), value);
  }

  /** Sets the loss. */
  default S setLoss(String value) {
    return with(loss(), value);
  }

  /** Sets how weights are drawn before training. */
  default S setWeightInit(String value) {
    return with(weightInit(), value);
  }

  /** Sets the saved model from whose weights training begins; empty is none. */
  default S setInitialModelPath(String value) {
    return with(initialModelPath(), value);
  }

  /** Sets the solver. */
  default S setSolver(String value) {
    return with(solver(), value);
  }

  /** Sets the learning rate; 0 is the solver's own. */
  default S setStepSize(double value) {
    return with(stepSize(), value);
  }

  /** Sets how the learning rate changes. */
  default S setStepSizeSchedule(String value) {
    return with(stepSizeSchedule(), value);
  }

  /** Sets the largest 2-norm of an update's gradient; 0 is any. */
  default S setMaxGradientNorm(double value) {
    return with(maxGradientNorm(), value);
  }

  /** Sets the rows of one update, over all partitions together; 0 is automatic. */
  default S setBatchSize(int value) {
    return with(batchSize(), value);
  }

  /** Sets the updates that each partition makes by itself before weights are averaged. */
  default S setSyncInterval(int value) {
    return with(syncInterval(), value);
  }

  /** Sets the strength of the penalty on weights. */
  default S setRegParam(double value) {
    return with(regParam(), value);
  }

  /** Sets the share of L1 in the penalty. */
  default S setElasticNetParam(double value) {
    return with(elasticNetParam(), value);
  }

  /** Sets the seed of all randomness. */
  default S setSeed(long value) {
    return with(seed(), value);
  }

  /** Sets the most passes over the training rows. */
  default S setMaxIter(int value) {
    return with(maxIter(), value);
  }

  /** Sets the relative fall of the watched loss that counts as progress. */
  default S setTol(double value) {
    return with(tol(), value);
  }

  /** Sets after how many passes without progress training stops; 0: never. */
  default S setPatience(int value) {
    return with(patience(), value);
  }

  /** Names the boolean column whose true rows validate. */
  default S setValidationIndicatorCol(String value) {
    return with(validationIndicatorCol(), value);
  }

  /** Sets the share of the rows, drawn by seed, that validate. */
  default S setValidationFraction(double value) {
    return with(validationFraction(), value);
  }

  /** Sets whether features are scaled and centred inside. */
  default S setStandardization(boolean value) {
    return with(standardization(), value);
  }

  /** Sets the partitions that train together; 0 is automatic. */
  default S setNumPartitions(int value) {
    return with(numPartitions(), value);
  }

  /** Sets the depth of the tree in which gradients are summed. */
  default S setAggregationDepth(int value) {
    return with(aggregationDepth(), value);
  }

  /** Sets the most memory in MB for a block of rows; 0 is automatic. */
  default S setMaxBlockSizeInMB(double value) {
    return with(maxBlockSizeInMB(), value);
  }

  /** Sets the folder of checkpoints, on any Hadoop file system; empty is none. */
  default S setCheckpointPath(String value) {
    return with(checkpointPath(), value);
  }

  /** Sets the passes from one checkpoint to the next; -1 is off. */
  default S setCheckpointInterval(int value) {
    return with(checkpointInterval(), value);
  }
}
