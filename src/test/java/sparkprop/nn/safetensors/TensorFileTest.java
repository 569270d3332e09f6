package sparkprop.nn.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorFileTest {
  private static final float[] NUMBERS = {9f, 1f, -2.5f, 3f, 0.25f};

  private static TensorFile twoTensors() {
    return new TensorFile(
        Map.of("note", "naïve \"quotes\""),
        List.of(
            new Tensor("a.weight", List.of(1, 3), NUMBERS, 1),
            new Tensor("a.bias", List.of(1), NUMBERS, 4)));
  }

  private static byte[] bytes(TensorFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out);
    return out.toByteArray();
  }

  private static TensorFile read(byte[] bytes) throws IOException {
    return TensorFile.read(new ByteArrayInputStream(bytes), bytes.length, "m.safetensors");
  }

  /** A file with this header and these numbers behind it. */
  private static byte[] file(String header, float... numbers) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(8 + json.length + 4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(json.length).put(json);
    for (float number : numbers) {
      buffer.putFloat(number);
    }
    return buffer.array();
  }

  private static void refuses(byte[] bytes, String why) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "m.safetensors is not a whole safetensors file of float32 numbers: "
                + why
                + "; save the model again.");
  }

  @Test
  void writesTheBytesThatTheFormatPrescribes() throws IOException {
    String header =
        "{\"__metadata__\":{\"note\":\"naïve \\\"quotes\\\"\"},"
            + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[0,12]},"
            + "\"a.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}";
    int length = header.getBytes(StandardCharsets.UTF_8).length;
    String padded = header + " ".repeat((8 - length % 8) % 8);
    assertThat(bytes(twoTensors())).isEqualTo(file(padded, 1f, -2.5f, 3f, 0.25f));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    TensorFile read = read(bytes(twoTensors()));
    assertThat(read.metadata()).containsExactly(Map.entry("note", "naïve \"quotes\""));
    Tensor weight = read.tensors().get(0);
    Tensor bias = read.tensors().get(1);
    assertThat(weight.name()).isEqualTo("a.weight");
    assertThat(weight.shape()).containsExactly(1, 3);
    assertThat(values(weight)).containsExactly(1f, -2.5f, 3f);
    assertThat(bias.name()).isEqualTo("a.bias");
    assertThat(values(bias)).containsExactly(0.25f);
  }

  private static float[] values(Tensor tensor) {
    return Arrays.copyOfRange(tensor.array(), tensor.offset(), tensor.offset() + tensor.length());
  }

  @Test
  void readsTensorsInAnyOrderOfTheHeader() throws IOException {
    TensorFile read =
        read(
            file(
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                    + "\"a\":{\"data_offsets\":[0,4],\"shape\":[],\"dtype\":\"F32\"}}",
                7f,
                8f));
    assertThat(read.tensors()).extracting(Tensor::name).containsExactly("a", "b");
    assertThat(values(read.tensors().get(1))).containsExactly(8f);
  }

  @Test
  void refusesAFileCutOffAnywhere() throws IOException {
    byte[] whole = bytes(twoTensors());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut off after %d bytes", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("m.safetensors is not a whole safetensors file")
          .hasMessageEndingWith("; save the model again.");
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    refuses(
        longer,
        "its header announces %d bytes, but it has %d".formatted(whole.length, longer.length));
  }

  /** The size is known before the numbers are read, so no memory is taken for what is not there. */
  @Test
  void refusesAHeaderThatAnnouncesMoreThanThereIs() {
    byte[] bytes =
        file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}",
            1f);
    refuses(bytes, "its header announces 2000000079 bytes, but it has " + bytes.length);
  }

  @Test
  void refusesWhatIsNoSuchFile() {
    refuses(
        "PK\3\4zipped!".getBytes(StandardCharsets.UTF_8),
        "it does not begin with the length of a header");
    refuses(file("[1,2]  "), "its header cannot be read");
    refuses(file("{\"a\": "), "its header cannot be read");
    refuses(file("{\"__metadata__\":{\"a\":1}}"), "its header cannot be read");
    refuses(file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 1f), "its header cannot be read");
    refuses(file(entry("a", "[99999999999]", 0, 4), 1f), "its header cannot be read");
    refuses(file(entry("a", "[-1]", 0, 4), 1f), "its header cannot be read");
  }

  @Test
  void refusesTensorsThatAreNotWhereTheyShouldBe() {
    String why = "tensor %s of shape %s does not stand where its numbers are";
    refuses(file("{" + inner("a", "[2]", 0, 4) + "}", 1f), why.formatted("a", "[2]"));
    refuses(file("{" + inner("a", "[1]", 4, 8) + "}", 1f, 2f), why.formatted("a", "[1]"));
    refuses(
        file("{" + inner("a", "[2]", 0, 8) + "," + inner("b", "[1]", 4, 8) + "}", 1f, 2f),
        why.formatted("b", "[1]"));
  }

  @Test
  void refusesOtherTypesAndNamesGivenTwice() {
    refuses(
        file("{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 1f, 2f),
        "tensor a is of type F64");
    refuses(
        file("{" + inner("a", "[1]", 0, 4) + "," + inner("a", "[1]", 4, 8) + "}", 1f, 2f),
        "its header cannot be read");
  }

  @Test
  void aTensorLiesWithinItsArray() {
    assertThatThrownBy(() -> new Tensor("t", List.of(2, 3), new float[6], 1))
        .hasMessage("Tensor t of shape [2, 3] does not fit an array of 6 numbers from 1 on.");
  }

  private static String entry(String name, String shape, long begin, long end) {
    return "{" + inner(name, shape, begin, end) + "}";
  }

  private static String inner(String name, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, shape, begin, end);
  }

  @Test
  void refusesWhatIsNoList() {
    assertThatThrownBy(() -> JsonList.texts("{}"))
        .hasMessage("A JSON array was expected, but found: {}");
    assertThatThrownBy(() -> JsonList.texts("[\"a\""))
        .hasMessage("A JSON array was expected, but found: [\"a\"");
  }
}
