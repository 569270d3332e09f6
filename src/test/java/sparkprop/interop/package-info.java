/** Tests of what stands between Java and Spark's Scala classes. */
@NullMarked
package sparkprop.interop;

import org.jspecify.annotations.NullMarked;
