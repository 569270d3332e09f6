/**
 * From rows of a DataFrame to blocks of float32 numbers: the only room below the stages that knows
 * Spark's {@code Row} and {@code Vector}. A {@link sparkprop.data.PlannedInput} plans the
 * DataFrame's RDD once, so that every later reading sees the same partitions; its scan, one job,
 * gives a {@link sparkprop.data.DataSummary}: counts, column means and deviations, labels, or the
 * one sentence that says what is wrong with the input. A {@link sparkprop.data.Partitioning}
 * decides where each training row goes, from those counts alone, and {@link
 * sparkprop.data.TrainingData} persists the resulting {@link sparkprop.data.Block}s and gives them
 * back when closed. Everything here is a pure function of the rows, their order and partitions, and
 * the settings: nothing depends on which task ends first, and a reading whose rows differ from
 * those scanned fails.
 */
@NullMarked
package sparkprop.data;

import org.jspecify.annotations.NullMarked;
