/**
 * The distributed step: from the weights to the summed gradient of one mini-batch. {@link
 * sparkprop.train.step.MiniBatchPlan} decides how many rows each partition contributes to each
 * update, {@link sparkprop.train.step.PassOrder} in which order a pass visits a partition's rows,
 * and {@link sparkprop.train.step.SumTree} in which order the partial results are added. All three
 * are pure functions of the partitions' sizes, the seed and the Params, so what is computed never
 * depends on where: {@link sparkprop.train.step.LocalPlacement} runs the slices on threads of this
 * JVM without touching a Spark class, {@link sparkprop.train.step.SparkPlacement} runs them as one
 * Spark job an update, and for the same partitions both give the same bits.
 */
@NullMarked
package sparkprop.train.step;

import org.jspecify.annotations.NullMarked;
