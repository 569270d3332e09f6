package sparkprop.params;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import sparkprop.optim.Solvers;
import sparkprop.optim.schedule.Schedules;
import sparkprop.text.Range;

/** How one update is made: solver, step, mini-batch, penalty, and the seed of all randomness. */
public interface SolverParams extends Params {

  /**
   * The Params of this interface, as a stage keeps them.
   *
   * @param solver the solver as text
   * @param stepSize learning rate
   * @param stepSizeSchedule how it changes, as text
   * @param maxGradientNorm to which the gradient is clipped
   * @param batchSize rows of one update
   * @param syncInterval updates between two averagings
   * @param regParam strength of the penalty
   * @param elasticNetParam its share of L1
   * @param seed of all randomness
   */
  record Declared(
      Param<String> solver,
      DoubleParam stepSize,
      Param<String> stepSizeSchedule,
      DoubleParam maxGradientNorm,
      IntParam batchSize,
      IntParam syncInterval,
      DoubleParam regParam,
      DoubleParam elasticNetParam,
      LongParam seed)
      implements java.io.Serializable {

    static Declared of(ParamMaker make, long defaultSeed) {
      return new Declared(
          make.text(
              "solver",
              "adam",
              Solvers::read,
              "how weights follow their gradient: sgd, momentum(0.9), nesterov(0.9),"
                  + " adagrad(epsilon=1e-10), rmsprop(decay=0.9, epsilon=1e-8), adam(beta1=0.9,"
                  + " beta2=0.999, epsilon=1e-8, lazy=false), adamW(decay=0.01, ...) or, on all rows at once,"
                  + " rprop(0.5, 1.2, min=1e-6, max=50), l-bfgs(memory=10),"
                  + " levenbergMarquardt(damping=1e-3) and naturalGradient(damping=1e-3)"),
          make.number(
              "stepSize",
              0,
              Range.atLeast(0),
              "learning rate; 0 is the solver's own: 0.001 for adam, adamW and rmsprop, 0.01 for the"
                  + " others; l-bfgs, levenbergMarquardt and naturalGradient have none"),
          make.text(
              "stepSizeSchedule",
              "constant",
              Schedules::read,
              "how the learning rate changes: constant, exponential(0.95), step(10, 0.1),"
                  + " cosine(warmup=2), oneCycle or plateau(factor=0.5, patience=3), counted in"
                  + " passes"),
          make.number(
              "maxGradientNorm",
              0,
              Range.atLeast(0),
              "largest 2-norm of an update's mean gradient; a longer one is shortened to it; 0 is"
                  + " any"),
          make.whole(
              "batchSize",
              0,
              Range.atLeast(0),
              "rows of one update, over all partitions together; 0 is automatic: the power of two"
                  + " nearest to training rows / 64, between 32 and 1024; rprop, l-bfgs,"
                  + " levenbergMarquardt and naturalGradient take all"),
          make.whole(
              "syncInterval",
              1,
              Range.atLeast(1),
              "updates that each partition makes by itself, on the rows that it gives to each"
                  + " mini-batch, before weights and solver state are averaged; 1 sums gradients at"
                  + " every update"),
          make.number(
              "regParam",
              0,
              Range.atLeast(0),
              "strength of the penalty on weights; biases and scales have none"),
          make.number(
              "elasticNetParam",
              0,
              Range.atLeast(0).atMost(1),
              "share of L1 in the penalty, from 0 (all L2) to 1 (all L1)"),
          make.anyWhole(
              "seed",
              defaultSeed,
              "seed of all randomness: first weights, validation rows, order of rows, dropout"));
    }
  }

  /** Where the stage keeps them. */
  Declared solverParams();

  /** The solver as text. Default "adam". */
  default Param<String> solver() {
    return solverParams().solver();
  }

  /** The value of {@link #solver}. */
  default String getSolver() {
    return getOrDefault(solver());
  }

  /** Learning rate, at least 0. Default 0: the solver's own. */
  default DoubleParam stepSize() {
    return solverParams().stepSize();
  }

  /** The value of {@link #stepSize}. */
  default double getStepSize() {
    return (double) getOrDefault(stepSize());
  }

  /** How the learning rate changes, as text. Default "constant". */
  default Param<String> stepSizeSchedule() {
    return solverParams().stepSizeSchedule();
  }

  /** The value of {@link #stepSizeSchedule}. */
  default String getStepSizeSchedule() {
    return getOrDefault(stepSizeSchedule());
  }

  /** Largest 2-norm of an update's mean gradient, at least 0. Default 0: any. */
  default DoubleParam maxGradientNorm() {
    return solverParams().maxGradientNorm();
  }

  /** The value of {@link #maxGradientNorm}. */
  default double getMaxGradientNorm() {
    return (double) getOrDefault(maxGradientNorm());
  }

  /** Rows of one update, over all partitions together, at least 0. Default 0: automatic. */
  default IntParam batchSize() {
    return solverParams().batchSize();
  }

  /** The value of {@link #batchSize}. */
  default int getBatchSize() {
    return (int) getOrDefault(batchSize());
  }

  /** Updates that a partition makes by itself between two averagings, at least 1. Default 1. */
  default IntParam syncInterval() {
    return solverParams().syncInterval();
  }

  /** The value of {@link #syncInterval}. */
  default int getSyncInterval() {
    return (int) getOrDefault(syncInterval());
  }

  /** Strength of the penalty on weights, at least 0. Default 0. */
  default DoubleParam regParam() {
    return solverParams().regParam();
  }

  /** The value of {@link #regParam}. */
  default double getRegParam() {
    return (double) getOrDefault(regParam());
  }

  /** Share of L1 in the penalty, from 0 to 1. Default 0. */
  default DoubleParam elasticNetParam() {
    return solverParams().elasticNetParam();
  }

  /** The value of {@link #elasticNetParam}. */
  default double getElasticNetParam() {
    return (double) getOrDefault(elasticNetParam());
  }

  /** Seed of all randomness. Default: Java's hash code of the estimator's class name. */
  default LongParam seed() {
    return solverParams().seed();
  }

  /** The value of {@link #seed}. */
  default long getSeed() {
    return (long) getOrDefault(seed());
  }
}
