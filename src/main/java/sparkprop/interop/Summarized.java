package sparkprop.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.ml.util.HasTrainingSummary;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * A model whose training summary follows from its own record: Spark's trait, without the variable
 * that Spark's models keep it in.
 *
 * @param <S> the summary
 */
public interface Summarized<S> extends HasTrainingSummary<S> {
  /** The summary, made when first asked for, or null if nothing is known of the training. */
  @Nullable S summaryOrNull();

  /**
   * The summary. Spark's own method does the same, but Py4J, and so Python, finds no method of an
   * interface that far up.
   *
   * @throws RuntimeException (Spark's) if nothing is known of the training
   */
  @Override
  default S summary() {
    return HasTrainingSummary.super.summary();
  }

  /** The summary as Spark's trait keeps it. */
  @Override
  default Option<S> trainingSummary() {
    return Option.apply(summaryOrNull());
  }

  /** Refuses: the summary follows from the model's own record of its training. */
  @Override
  default void trainingSummary_$eq(Option<S> summary) {
    throw new UnsupportedOperationException(
        "The training summary of " + this + " is its own record and cannot be replaced.");
  }

  /**
   * Spark Connect's, which from 4.1 on saves the summary beside the model after each {@code fit}.
   * All of ours but the rows is in the model itself, so the file only says so; without one the fit
   * would fail.
   */
  @Override
  default void saveSummary(String path) {
    try {
      Path file = Path.of(path);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, "The course of training is saved with the model.\n");
    } catch (IOException e) {
      throw Undeclared.rethrow(e);
    }
  }
}
