package sparkprop.train.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import sparkprop.nn.safetensors.JsonList;
import sparkprop.nn.safetensors.Tensor;
import sparkprop.nn.safetensors.TensorFile;
import sparkprop.optim.OptimizerState;
import sparkprop.train.Course;
import sparkprop.train.HealthNotes;
import sparkprop.train.TrainingState;
import sparkprop.train.Watch;

/** A course as a safetensors file: arrays are tensors, all else texts of its metadata. */
final class CourseFile {
  private static final String FORMAT = "sparkprop.checkpoint";
  static final String VERSION = "1";
  private static final String FIT = "fit.";
  private static final String WEIGHTS = "weights";
  private static final String BEST = "best";
  private static final String SLOT = "slot.";
  private static final String DIGEST = "digest.";
  private static final String NOTES_DIGEST = "digest";
  private static final String WINDOWS = "windows";
  private static final String KERNEL = "kernel";

  private CourseFile() {}

  static TensorFile of(Course course, Fingerprint fingerprint, Conditions conditions) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(FORMAT, VERSION);
    notes.put(WINDOWS, String.valueOf(conditions.windows()));
    notes.put(KERNEL, conditions.kernel());
    fingerprint.parts().forEach((name, value) -> notes.put(FIT + name, value));
    notes.put("steps", String.valueOf(course.state().optimizer().steps()));
    note(notes, "watch", course.watch());
    note(notes, "plateau", course.plateau());
    notes.put("plateaus", String.valueOf(course.plateaus()));
    notes.put("objectives", JsonList.ofNumbers(course.objectives()));
    notes.put("validationLosses", JsonList.ofNumbers(course.validationLosses()));
    notes.put("validationAccuracies", JsonList.ofNumbers(course.validationAccuracies()));
    notes.putAll(HealthNotes.of(course.health()));
    notes.put("nanos", String.valueOf(course.nanos()));
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(tensor(WEIGHTS, course.state().weights()));
    if (course.best() != course.state().weights()) {
      tensors.add(tensor(BEST, course.best()));
    }
    OptimizerState memory = course.state().optimizer();
    memory.names().forEach(name -> tensors.add(tensor(SLOT + name, memory.slot(name))));
    tensors.forEach(tensor -> notes.put(DIGEST + tensor.name(), digest(tensor)));
    notes.put(NOTES_DIGEST, digest(notes));
    return new TensorFile(notes, tensors);
  }

  private static void note(Map<String, String> notes, String name, Watch watch) {
    notes.put(name + ".best", String.valueOf(watch.best()));
    notes.put(name + ".bestPass", String.valueOf(watch.bestPass()));
    notes.put(name + ".passes", String.valueOf(watch.passes()));
    notes.put(name + ".standing", String.valueOf(watch.standing()));
  }

  private static Tensor tensor(String name, float[] values) {
    return new Tensor(name, List.of(values.length), values, 0);
  }

  private static String digest(Tensor tensor) {
    return Fingerprint.digest(copy(tensor));
  }

  private static String digest(Map<String, String> notes) {
    Map<String, String> others = new TreeMap<>(notes);
    others.remove(NOTES_DIGEST);
    return Fingerprint.of(others).digest();
  }

  /** The version of its format, "1" for instance. */
  static String version(Map<String, String> notes) {
    return notes.getOrDefault(FORMAT, "none");
  }

  /** Under which conditions the course was taken. */
  static Conditions conditions(TensorFile file) {
    Notes notes = new Notes(file.metadata());
    return new Conditions(Integer.parseInt(notes.get(WINDOWS)), notes.get(KERNEL));
  }

  /**
   * Checks that all numbers and texts are those that were written.
   *
   * @throws IllegalArgumentException if some are not
   */
  static void check(TensorFile file) {
    if (!digest(file.metadata()).equals(file.metadata().get(NOTES_DIGEST))) {
      throw new IllegalArgumentException("Its notes have changed.");
    }
    for (Tensor tensor : file.tensors()) {
      if (!digest(tensor).equals(file.metadata().get(DIGEST + tensor.name()))) {
        throw new IllegalArgumentException("Its " + tensor.name() + " have changed.");
      }
    }
  }

  /** Whose course it is. */
  static SortedMap<String, String> fingerprint(Map<String, String> notes) {
    SortedMap<String, String> parts = new TreeMap<>();
    notes.forEach(
        (name, value) -> {
          if (name.startsWith(FIT)) {
            parts.put(name.substring(FIT.length()), value);
          }
        });
    return parts;
  }

  /**
   * The course.
   *
   * @throws IllegalArgumentException if the file is none of a course
   */
  static Course read(TensorFile file) {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    file.tensors().forEach(tensor -> tensors.put(tensor.name(), copy(tensor)));
    Map<String, float[]> slots = new LinkedHashMap<>();
    tensors.forEach(
        (name, values) -> {
          if (name.startsWith(SLOT)) {
            slots.put(name.substring(SLOT.length()), values);
          }
        });
    Notes notes = new Notes(file.metadata());
    List<Double> objectives = JsonList.numbers(notes.get("objectives"));
    float[] weights = tensors.get(WEIGHTS);
    if (weights == null) {
      throw new IllegalArgumentException("It has no weights.");
    }
    return new Course(
        new TrainingState(weights, new OptimizerState(Long.parseLong(notes.get("steps")), slots)),
        tensors.getOrDefault(BEST, weights),
        notes.watch("watch"),
        notes.watch("plateau"),
        Integer.parseInt(notes.get("plateaus")),
        objectives,
        JsonList.numbers(notes.get("validationLosses")),
        JsonList.numbers(notes.get("validationAccuracies")),
        HealthNotes.read(file.metadata(), Math.max(0, objectives.size() - 1)),
        Long.parseLong(notes.get("nanos")));
  }

  private static float[] copy(Tensor tensor) {
    float[] values = new float[tensor.length()];
    System.arraycopy(tensor.array(), tensor.offset(), values, 0, values.length);
    return values;
  }

  /** Texts that must be there. */
  private record Notes(Map<String, String> texts) {
    String get(String name) {
      String text = texts.get(name);
      if (text == null) {
        throw new IllegalArgumentException("It has no '" + name + "'.");
      }
      return text;
    }

    Watch watch(String name) {
      return new Watch(
          Double.parseDouble(get(name + ".best")),
          Integer.parseInt(get(name + ".bestPass")),
          Integer.parseInt(get(name + ".passes")),
          Integer.parseInt(get(name + ".standing")));
    }
  }
}
