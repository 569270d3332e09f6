/**
 * What a Spark Connect server may be told to use in place of MLlib's own: {@link
 * sparkprop.connect.SparkpropBackend} answers MLlib's class names with ours, and {@link
 * sparkprop.connect.SparkpropPerceptron} stands in for MLlib's perceptron. Clients go on using
 * PySpark's classes, so these have no Python classes of their own, and what is fitted or saved is
 * MLlib's. Nothing else of the house knows this room, and only the backend needs Spark Connect,
 * which loads it where the setting {@code spark.connect.ml.backend.classes} names it.
 */
@NullMarked
package sparkprop.connect;

import org.jspecify.annotations.NullMarked;
