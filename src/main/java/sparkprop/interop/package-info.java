/**
 * Every oddity of implementing Spark's Scala classes in Java, in one room. The base classes {@link
 * sparkprop.interop.VectorClassifier} and {@link sparkprop.interop.VectorClassificationModel} hand
 * the uid to Spark's constructors before a field can hold it, mix in the Scala traits that Spark
 * tests for, and repeat inherited methods where Java sees two of them; {@link
 * sparkprop.interop.TrainingSummaryBase} stands on a summary of Spark's and does without a data set
 * after loading; the rest turns Scala's functions and options into Java's. What else names a Scala
 * type is below the stages, where RDDs and their partitions are made.
 */
@NullMarked
package sparkprop.interop;

import org.jspecify.annotations.NullMarked;
