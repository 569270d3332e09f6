/**
 * What several rooms' tests share, and nothing that only one of them needs: above all the one local
 * Spark session of the test JVM, and JVMs beside it.
 */
@NullMarked
package sparkprop.testing;

import org.jspecify.annotations.NullMarked;
