package sparkprop.nn.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON object in front of the numbers.
 *
 * @param metadata free texts by name
 * @param entries one for each tensor, in the order of their numbers
 */
record Header(Map<String, String> metadata, List<Entry> entries) {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String METADATA = "__metadata__";
  private static final String FLOAT32 = "F32";

  /**
   * Where a tensor's numbers stand.
   *
   * @param begin first byte, counted from the end of the header
   * @param end last byte plus one
   */
  record Entry(String name, String type, List<Integer> shape, long begin, long end) {}

  static Header of(TensorFile file) {
    List<Entry> entries = new ArrayList<>();
    long at = 0;
    for (Tensor tensor : file.tensors()) {
      long end = at + (long) Float.BYTES * tensor.length();
      entries.add(new Entry(tensor.name(), FLOAT32, tensor.shape(), at, end));
      at = end;
    }
    return new Header(file.metadata(), entries);
  }

  /** Bytes of all numbers together. */
  long bytes() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
  }

  String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart(METADATA);
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      for (Entry entry : entries) {
        json.writeObjectFieldStart(entry.name());
        json.writeStringField("dtype", entry.type());
        json.writeFieldName("shape");
        json.writeArray(entry.shape().stream().mapToInt(i -> i).toArray(), 0, entry.shape().size());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  static Header parse(String text, String where) {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (name.equals(METADATA)) {
          readMetadata(json, metadata);
        } else {
          entries.add(readEntry(json, name));
        }
      }
      expect(json.currentToken(), JsonToken.END_OBJECT);
      entries.sort(Comparator.comparingLong(Entry::begin));
      check(entries, where);
    } catch (IOException | ArithmeticException e) {
      throw TensorFile.broken(where, "its header cannot be read", e);
    }
    return new Header(metadata, entries);
  }

  private static void readMetadata(JsonParser json, Map<String, String> metadata)
      throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      expect(json.nextToken(), JsonToken.VALUE_STRING);
      metadata.put(name, json.getText());
    }
    expect(json.currentToken(), JsonToken.END_OBJECT);
  }

  private static Entry readEntry(JsonParser json, String name) throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT);
    String type = "";
    List<Long> shape = List.of();
    List<Long> offsets = List.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> type = json.getText();
        case "shape" -> shape = readNumbers(json);
        case "data_offsets" -> offsets = readNumbers(json);
        default -> throw new IOException("Unknown field " + field);
      }
    }
    expect(json.currentToken(), JsonToken.END_OBJECT);
    if (offsets.size() != 2 || shape.stream().anyMatch(size -> size < 0)) {
      throw new IOException("Two offsets and sizes of at least 0 were expected.");
    }
    List<Integer> sizes = shape.stream().map(Math::toIntExact).toList();
    return new Entry(name, type, sizes, offsets.get(0), offsets.get(1));
  }

  private static List<Long> readNumbers(JsonParser json) throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      numbers.add(json.getLongValue());
    }
    expect(json.currentToken(), JsonToken.END_ARRAY);
    return numbers;
  }

  private static void expect(JsonToken found, JsonToken wanted) throws IOException {
    if (found != wanted) {
      throw new IOException("Expected " + wanted + ", found " + found);
    }
  }

  private static void check(List<Entry> entries, String where) {
    long at = 0;
    for (Entry entry : entries) {
      if (!entry.type().equals(FLOAT32)) {
        throw TensorFile.broken(
            where, "tensor %s is of type %s".formatted(entry.name(), entry.type()));
      }
      long numbers = 1;
      for (int size : entry.shape()) {
        numbers = Math.multiplyExact(numbers, (long) size);
      }
      if (entry.begin() != at || entry.end() - at != Float.BYTES * numbers) {
        throw TensorFile.broken(
            where,
            "tensor %s of shape %s does not stand where its numbers are"
                .formatted(entry.name(), entry.shape()));
      }
      at = entry.end();
    }
  }
}
