/**
 * Spark ML's own tests, as far as they are made for stages of others: its suites are called, or
 * extended, from the jars that Spark publishes them in. Where Spark only has a test of its own
 * stages, the same is done here in Java, and the javadoc names Spark's source.
 */
@NullMarked
package sparkprop.conformance;

import org.jspecify.annotations.NullMarked;
