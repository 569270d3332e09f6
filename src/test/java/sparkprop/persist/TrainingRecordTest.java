package sparkprop.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.nn.LayerHealth;

class TrainingRecordTest {
  private static final TrainingRecord RECORD =
      new TrainingRecord(
          List.of(0.5, 0.25),
          List.of(0.75),
          List.of(1.0),
          List.of(
              List.of(
                  new LayerHealth("dense1", 0.125, Double.POSITIVE_INFINITY, Double.NaN),
                  new LayerHealth("relu1", Double.NaN, Double.NaN, 1 / 3.0))),
          1,
          "maxIter passes were made",
          1e5,
          32,
          2,
          1,
          100,
          1L << 40,
          new Provenance("0.1.0", "4.1.0", "java", "none"));

  @Test
  void comesBackAsItWas() {
    assertThat(TrainingRecord.fromNotes(RECORD.toNotes(), "file")).contains(RECORD);
  }

  @Test
  void isAbsentWhereTheFileSaysNothing() {
    assertThat(TrainingRecord.fromNotes(Map.of("seed", "1"), "file")).isEmpty();
  }

  /** As in the files of the first releases. */
  @Test
  void withoutLayersThereIsNoHealth() {
    Map<String, String> notes = new HashMap<>(RECORD.toNotes());
    notes
        .keySet()
        .removeAll(
            List.of(
                "layerNames", "gradientNormHistory", "weightNormHistory", "silentShareHistory"));
    TrainingRecord older = TrainingRecord.fromNotes(notes, "file").orElseThrow();
    assertThat(older.health()).isEmpty();
    assertThat(older.objectives()).isEqualTo(RECORD.objectives());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "objectiveHistory | 0.5 | a list of numbers",
        "validationHistory | [0.5, \"x\"] | a list of numbers",
        "validationAccuracyHistory | [0.5 | a list of numbers",
        "layerNames | dense1 | a list of names",
        "gradientNormHistory | [0.125] | a list of 2 numbers",
        "weightNormHistory | [1, 2, 3, 4] | a list of 2 numbers",
        "silentShareHistory | [\"NaN\", \"few\"] | a list of 2 numbers",
        "bestIteration | 1.5 | a whole number",
        "samplesPerSecond | fast | a number",
        "batchSize | 4294967296 | a whole number",
        "numPartitions | two | a whole number",
        "windows | one | a whole number",
        "windowRows | all | a whole number",
        "seed | none | a whole number"
      })
  void saysWhichNoteCannotBeRead(String key, String value, String expected) {
    Map<String, String> notes = new HashMap<>(RECORD.toNotes());
    assertThat(notes.put(key, value)).isNotNull();
    assertThatThrownBy(() -> TrainingRecord.fromNotes(notes, "model/weights.safetensors"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "model/weights.safetensors has no record of its training that can be read: '%s' in its"
                + " header is '%s', not %s; save the model again.",
            key, value, expected);
  }
}
