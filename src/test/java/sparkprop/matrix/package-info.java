/** One jar on several releases of Spark: {@code ./mvnw verify -Pspark-matrix}. */
@NullMarked
package sparkprop.matrix;

import org.jspecify.annotations.NullMarked;
