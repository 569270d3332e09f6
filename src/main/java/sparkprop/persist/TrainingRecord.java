package sparkprop.persist;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.safetensors.JsonList;
import sparkprop.train.HealthNotes;
import sparkprop.train.TrainingHistory;
import sparkprop.train.TrainingPlan;

/**
 * What a model remembers of its training.
 *
 * @param objectives the first mini-batch's objective at the initial weights, then one a pass: the
 *     weighted mean of the mini-batches' objectives, penalty included, as they were met
 * @param validationLosses one a pass: mean loss of the validation rows, without penalty; empty if
 *     none validated
 * @param validationAccuracies one a pass: weighted share of the validation rows classified right;
 *     empty if none validated
 * @param health how the layers fared after each pass, seen on a few rows; empty in files of
 *     releases that did not look
 * @param bestIteration the pass with the lowest watched loss, from 1; 0 if no pass was made
 * @param stopReason why training ended, as a clause
 * @param samplesPerSecond training rows a second, validation not counted
 * @param batchSize rows of one update
 * @param numPartitions partitions that trained
 * @param windows windows that each partition's rows were cut into
 * @param windowRows most rows of one partition's window; within it rows were permuted
 * @param seed the seed
 * @param provenance what made the model
 */
public record TrainingRecord(
    List<Double> objectives,
    List<Double> validationLosses,
    List<Double> validationAccuracies,
    List<List<LayerHealth>> health,
    int bestIteration,
    String stopReason,
    double samplesPerSecond,
    int batchSize,
    int numPartitions,
    int windows,
    long windowRows,
    long seed,
    Provenance provenance)
    implements Serializable {
  private static final String OBJECTIVES = "objectiveHistory";
  private static final String VALIDATION_LOSSES = "validationHistory";
  private static final String VALIDATION_ACCURACIES = "validationAccuracyHistory";
  private static final String BEST_ITERATION = "bestIteration";
  private static final String STOP_REASON = "stopReason";
  private static final String SAMPLES_PER_SECOND = "samplesPerSecond";
  private static final String BATCH_SIZE = "batchSize";
  private static final String NUM_PARTITIONS = "numPartitions";
  private static final String WINDOWS = "windows";
  private static final String WINDOW_ROWS = "windowRows";
  private static final String SEED = "seed";

  /** Copies the lists. */
  public TrainingRecord {
    objectives = List.copyOf(objectives);
    validationLosses = List.copyOf(validationLosses);
    validationAccuracies = List.copyOf(validationAccuracies);
    health = health.stream().map(List::copyOf).toList();
  }

  /** The record of a training that has just ended. */
  public static TrainingRecord of(
      TrainingHistory history, TrainingPlan plan, long windowRows, long seed, String sparkVersion) {
    return new TrainingRecord(
        history.objectives(),
        history.validationLosses(),
        history.validationAccuracies(),
        history.health(),
        history.bestIteration(),
        history.stopReason().text(),
        history.samplesPerSecond(),
        plan.batchSize(),
        plan.partitions(),
        plan.windows(),
        windowRows,
        seed,
        Provenance.here(sparkVersion));
  }

  /** As texts by name. */
  public Map<String, String> toNotes() {
    Map<String, String> notes = new LinkedHashMap<>(provenance.toNotes());
    notes.put(OBJECTIVES, JsonList.ofNumbers(objectives));
    notes.put(VALIDATION_LOSSES, JsonList.ofNumbers(validationLosses));
    notes.put(VALIDATION_ACCURACIES, JsonList.ofNumbers(validationAccuracies));
    notes.putAll(HealthNotes.of(health));
    notes.put(BEST_ITERATION, String.valueOf(bestIteration));
    notes.put(STOP_REASON, stopReason);
    notes.put(SAMPLES_PER_SECOND, String.valueOf(samplesPerSecond));
    notes.put(BATCH_SIZE, String.valueOf(batchSize));
    notes.put(NUM_PARTITIONS, String.valueOf(numPartitions));
    notes.put(WINDOWS, String.valueOf(windows));
    notes.put(WINDOW_ROWS, String.valueOf(windowRows));
    notes.put(SEED, String.valueOf(seed));
    return notes;
  }

  /**
   * The record of a loaded model, or nothing if its file has none.
   *
   * @param where the file's name, for errors
   * @throws IllegalArgumentException if a number cannot be read, naming its key
   */
  public static Optional<TrainingRecord> fromNotes(Map<String, String> notes, String where) {
    if (!notes.containsKey(OBJECTIVES)) {
      return Optional.empty();
    }
    Notes read = new Notes(notes, where);
    List<Double> objectives = read.numbers(OBJECTIVES);
    return Optional.of(
        new TrainingRecord(
            objectives,
            read.numbers(VALIDATION_LOSSES),
            read.numbers(VALIDATION_ACCURACIES),
            read.health(Math.max(0, objectives.size() - 1)),
            read.whole(BEST_ITERATION, "0"),
            notes.getOrDefault(STOP_REASON, "it is not known"),
            read.text(SAMPLES_PER_SECOND, "NaN", "a number", Double::valueOf),
            read.whole(BATCH_SIZE, "0"),
            read.whole(NUM_PARTITIONS, "0"),
            read.whole(WINDOWS, "1"),
            read.text(WINDOW_ROWS, "0", "a whole number", Long::valueOf),
            read.text(SEED, "0", "a whole number", Long::valueOf),
            Provenance.fromNotes(notes)));
  }

  /**
   * Texts that are to be numbers.
   *
   * @param texts by name
   * @param where the file they stand in
   */
  private record Notes(Map<String, String> texts, String where) {
    int whole(String key, String absent) {
      return text(key, absent, "a whole number", Integer::valueOf);
    }

    List<Double> numbers(String key) {
      return text(key, "[]", "a list of numbers", JsonList::numbers);
    }

    List<List<LayerHealth>> health(int passes) {
      try {
        return HealthNotes.read(texts, passes);
      } catch (IllegalArgumentException e) {
        throw unreadable(e.getMessage(), e);
      }
    }

    <T> T text(String key, String absent, String expected, Function<String, T> reader) {
      String value = texts.getOrDefault(key, absent);
      try {
        return reader.apply(value);
      } catch (IllegalArgumentException e) {
        throw unreadable("'%s' in its header is '%s', not %s".formatted(key, value, expected), e);
      }
    }

    private IllegalArgumentException unreadable(
        @Nullable String what, IllegalArgumentException cause) {
      return new IllegalArgumentException(
          "%s has no record of its training that can be read: %s; save the model again."
              .formatted(where, what),
          cause);
    }
  }
}
