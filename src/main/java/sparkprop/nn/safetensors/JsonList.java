package sparkprop.nn.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lists as one text, a JSON array, since a file's metadata holds texts only. */
public final class JsonList {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonList() {}

  /** The array of these strings. */
  public static String ofTexts(List<String> texts) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartArray();
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }

  /**
   * The array of these numbers, each with as many digits as it takes to read it back; NaN and
   * infinity, which JSON does not know, are strings.
   */
  public static String ofNumbers(List<Double> numbers) {
    return numbers.stream()
        .map(n -> Double.isFinite(n) ? n.toString() : '"' + n.toString() + '"')
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * The strings of an array.
   *
   * @throws IllegalArgumentException if the text is no array
   */
  public static List<String> texts(String array) {
    List<String> texts = new ArrayList<>();
    try (JsonParser json = JSON.createParser(array)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException("A JSON array was expected, but found: " + array);
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        texts.add(json.getText());
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("A JSON array was expected, but found: " + array, e);
    }
    return List.copyOf(texts);
  }

  /**
   * The numbers of an array.
   *
   * @throws IllegalArgumentException if the text is no array of numbers
   */
  public static List<Double> numbers(String array) {
    return texts(array).stream().map(Double::valueOf).toList();
  }
}
