package sparkprop.stage;

import java.util.List;
import java.util.function.ToDoubleFunction;
import sparkprop.nn.LayerHealth;
import sparkprop.persist.TrainingRecord;

/** What every training summary tells of the course of training, which survives saving. */
public interface TrainingCourse {
  /** What the model remembers. */
  TrainingRecord record();

  /** Mean loss of the validation rows after each pass, without penalty; empty if none validated. */
  default double[] validationHistory() {
    return array(record().validationLosses());
  }

  /**
   * The pass with the lowest watched loss (validation, else objective), from 1; 0 if no pass was
   * made. With validation rows the model's weights are those after this pass.
   */
  default int bestIteration() {
    return record().bestIteration();
  }

  /** Why training ended, as a clause: "maxIter passes were made". */
  default String stopReason() {
    return record().stopReason();
  }

  /** Training rows a second over all passes, validation not counted. */
  default double samplesPerSecond() {
    return record().samplesPerSecond();
  }

  /** Rows of one update, over all partitions together: the number that was used. */
  default int batchSize() {
    return record().batchSize();
  }

  /** Partitions that trained: the number that was used. */
  default int numPartitions() {
    return record().numPartitions();
  }

  /** Windows that each partition's rows were cut into; 1 where the rows fitted storage memory. */
  default int windows() {
    return record().windows();
  }

  /** Most rows of one partition's window; rows were permuted within it. */
  default long windowRows() {
    return record().windowRows();
  }

  /**
   * Names of the layers that learn or activate, lowest first, as in the names of saved weights;
   * empty if no pass was made or an earlier release saved the model.
   */
  default String[] layerNames() {
    return record().health().stream()
        .limit(1)
        .flatMap(List::stream)
        .map(LayerHealth::layer)
        .toArray(String[]::new);
  }

  /**
   * After each pass, for each of {@link #layerNames}: the 2-norm of the mean loss's gradient by
   * what the layer learns, without penalty; NaN if it learns nothing. These numbers are of a fixed
   * sample of up to 256 training rows. Norms that fall by orders of magnitude towards the lowest
   * layer are gradients that vanish.
   */
  default double[][] gradientNormHistory() {
    return table(LayerHealth::gradientNorm);
  }

  /** Likewise the 2-norm of what the layer learns; NaN if that is nothing. */
  default double[][] weightNormHistory() {
    return table(LayerHealth::weightNorm);
  }

  /**
   * Likewise for activations, the share of units, from 0 to 1, that are dead or saturated: {@code
   * |f'(z)|} is below 0.01 in every row of the sample. NaN for other layers and for softmax.
   */
  default double[][] silentShareHistory() {
    return table(LayerHealth::silentShare);
  }

  private double[][] table(ToDoubleFunction<LayerHealth> number) {
    return record().health().stream()
        .map(pass -> pass.stream().mapToDouble(number).toArray())
        .toArray(double[][]::new);
  }

  /** A list of the record as the array that Spark's summaries show. */
  static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
