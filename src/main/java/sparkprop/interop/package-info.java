/**
 * Every oddity of implementing Spark's Scala classes in Java, in one room. The base classes {@link
 * sparkprop.interop.VectorClassifier} and {@link sparkprop.interop.VectorClassificationModel} hand
 * the uid to Spark's constructors before a field can hold it, mix in the Scala traits that Spark
 * tests for, and repeat inherited methods where Java sees two of them; {@link
 * sparkprop.interop.TrainingSummaryBase} stands on a summary of Spark's and does without a data set
 * after loading; {@link sparkprop.interop.ParamTest} is the Scala function that tests a Param's
 * value, and {@link sparkprop.interop.Undeclared} throws what a Scala method does not declare.
 *
 * <p>No other package names a Scala type, save {@code cluster}, {@code data} and {@code
 * train.step}, where RDDs and their partitions are made.
 */
@NullMarked
package sparkprop.interop;

import org.jspecify.annotations.NullMarked;
