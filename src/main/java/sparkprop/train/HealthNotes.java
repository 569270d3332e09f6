package sparkprop.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.safetensors.JsonList;

/**
 * The layers' health after each pass as texts of a file: the layers' names once, and each of the
 * three numbers pass by pass, layer by layer. Once released, a key keeps its meaning.
 */
public final class HealthNotes {
  private static final String LAYERS = "layerNames";
  private static final String GRADIENT_NORMS = "gradientNormHistory";
  private static final String WEIGHT_NORMS = "weightNormHistory";
  private static final String SILENT_SHARES = "silentShareHistory";

  private HealthNotes() {}

  /**
   * As texts by key.
   *
   * @param passes the layers' health after each pass, the same layers each time
   */
  public static Map<String, String> of(List<List<LayerHealth>> passes) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(
        LAYERS,
        JsonList.ofTexts(
            passes.stream().limit(1).flatMap(List::stream).map(LayerHealth::layer).toList()));
    notes.put(GRADIENT_NORMS, numbers(passes, LayerHealth::gradientNorm));
    notes.put(WEIGHT_NORMS, numbers(passes, LayerHealth::weightNorm));
    notes.put(SILENT_SHARES, numbers(passes, LayerHealth::silentShare));
    return notes;
  }

  private static String numbers(
      List<List<LayerHealth>> passes, ToDoubleFunction<LayerHealth> number) {
    return JsonList.ofNumbers(
        passes.stream().flatMap(List::stream).map(number::applyAsDouble).toList());
  }

  /**
   * Back from texts.
   *
   * @param notes by key; without names of layers there is no health, as in files that are older
   * @param passes how many passes there are
   * @throws IllegalArgumentException if a text is not what it should be, with its key and the text
   */
  public static List<List<LayerHealth>> read(Map<String, String> notes, int passes) {
    List<String> layers = read(notes, LAYERS, "a list of names", JsonList::texts);
    int count = layers.size() * passes;
    List<Double> gradientNorms = numbers(notes, GRADIENT_NORMS, count);
    List<Double> weightNorms = numbers(notes, WEIGHT_NORMS, count);
    List<Double> silentShares = numbers(notes, SILENT_SHARES, count);
    List<List<LayerHealth>> read = new ArrayList<>();
    for (int first = 0; first < count; first += layers.size()) {
      List<LayerHealth> pass = new ArrayList<>();
      for (int l = 0; l < layers.size(); l++) {
        int i = first + l;
        pass.add(
            new LayerHealth(
                layers.get(l), gradientNorms.get(i), weightNorms.get(i), silentShares.get(i)));
      }
      read.add(pass);
    }
    return read;
  }

  private static List<Double> numbers(Map<String, String> notes, String key, int count) {
    return read(
        notes,
        key,
        "a list of %d numbers".formatted(count),
        text -> {
          List<Double> numbers = JsonList.numbers(text);
          return numbers.size() == count ? numbers : null;
        });
  }

  private static <T> T read(
      Map<String, String> notes,
      String key,
      String expected,
      Function<String, @Nullable T> reader) {
    String text = notes.getOrDefault(key, "[]");
    try {
      T value = reader.apply(text);
      if (value != null) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw new IllegalArgumentException(
        "'%s' in its header is '%s', not %s".formatted(key, text, expected));
  }
}
