/**
 * Backpropagation as a stage of Apache Spark ML. This root package holds no code of its own: each
 * floor of the house below it (engine, training, Spark stages) has a package and a paragraph, and
 * imports point downwards only.
 */
@NullMarked
package sparkprop;

import org.jspecify.annotations.NullMarked;
