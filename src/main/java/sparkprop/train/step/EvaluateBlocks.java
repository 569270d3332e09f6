package sparkprop.train.step;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import sparkprop.data.Block;
import sparkprop.linalg.FloatArray;
import sparkprop.nn.Evaluation;
import sparkprop.nn.Network;

/**
 * Scores one partition of validation rows. The result is what an {@link Evaluation} holds, not the
 * record itself, which Kryo could not write if the user chose it as Spark's serializer.
 */
record EvaluateBlocks(
    Network network, boolean sparse, Broadcast<FloatArray> weights, KernelsUsed kernels)
    implements FlatMapFunction<Iterator<Block>, double[]> {

  @Override
  public Iterator<double[]> call(Iterator<Block> blocks) {
    kernels.noteOurs();
    TaskContext task = TaskContext.get();
    SliceWorker worker =
        new SliceWorker(
            network,
            weights.value().values(),
            network.newWorkspace(sparse),
            () -> SliceRdd.checkKilled(task));
    Evaluation sum = worker.evaluate(blocks);
    return List.of(new double[] {sum.lossSum(), sum.weightSum(), sum.correctSum()}).iterator();
  }
}
