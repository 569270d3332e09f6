/**
 * Saving and loading of models. A saved model is a directory: Spark's own {@code metadata/} with
 * the class, uid and Params, written and read by Spark's own classes, and one {@code
 * weights.safetensors} with all that scoring needs ({@link sparkprop.nn.SavedNetwork}), written by
 * the driver through Hadoop's file system API. No Java or Kryo serialisation, no DataFrame. The
 * metadata is written last, so what was not saved whole is not loaded. {@link
 * sparkprop.persist.TrainingRecord} is what a model remembers of its training, and travels in the
 * file's notes.
 */
@NullMarked
package sparkprop.persist;

import org.jspecify.annotations.NullMarked;
