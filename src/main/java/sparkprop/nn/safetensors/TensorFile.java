package sparkprop.nn.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a safetensors file.
 *
 * @param metadata free texts by name, in the order in which they stand in the file
 * @param tensors the tensors, in the order in which their numbers stand in the file
 */
public record TensorFile(Map<String, String> metadata, List<Tensor> tensors) {
  private static final int LENGTH_BYTES = 8;

  /** The longest header that other readers of the format accept. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int CHUNK_FLOATS = 1 << 14;

  /** Copies both. */
  public TensorFile {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = List.copyOf(tensors);
  }

  /** Writes the file; the stream stays open. */
  public void write(OutputStream out) throws IOException {
    byte[] header = Header.of(this).toJson().getBytes(StandardCharsets.UTF_8);
    // Spaces behind the header let the numbers begin at a multiple of eight.
    int length = (header.length + LENGTH_BYTES - 1) / LENGTH_BYTES * LENGTH_BYTES;
    byte[] padded = Arrays.copyOf(header, length);
    Arrays.fill(padded, header.length, length, (byte) ' ');
    byte[] first = new byte[LENGTH_BYTES];
    littleEndian(first).putLong(length);
    out.write(first);
    out.write(padded);
    byte[] bytes = new byte[CHUNK_FLOATS * Float.BYTES];
    FloatBuffer chunk = littleEndian(bytes).asFloatBuffer();
    for (Tensor tensor : tensors) {
      int end = tensor.offset() + tensor.length();
      for (int from = tensor.offset(); from < end; from += CHUNK_FLOATS) {
        int count = Math.min(CHUNK_FLOATS, end - from);
        chunk.clear().put(tensor.array(), from, count);
        out.write(bytes, 0, count * Float.BYTES);
      }
    }
  }

  /**
   * Reads a whole file; the stream stays open.
   *
   * @param size bytes the file has
   * @param where the file's name, for errors
   * @throws IllegalArgumentException if the bytes are not such a file, or not all of it
   */
  public static TensorFile read(InputStream in, long size, String where) throws IOException {
    byte[] json = readHeader(in, where);
    Header header = Header.parse(new String(json, StandardCharsets.UTF_8), where);
    long announced = LENGTH_BYTES + json.length + header.bytes();
    if (announced != size) {
      throw broken(
          where, "its header announces %d bytes, but it has %d".formatted(announced, size));
    }
    if (header.bytes() / Float.BYTES > Integer.MAX_VALUE - 8) {
      throw broken(where, "it has more numbers than one array holds");
    }
    float[] numbers = new float[(int) (header.bytes() / Float.BYTES)];
    readFloats(in, numbers, where);
    List<Tensor> tensors = new ArrayList<>();
    for (Header.Entry entry : header.entries()) {
      int offset = (int) (entry.begin() / Float.BYTES);
      tensors.add(new Tensor(entry.name(), entry.shape(), numbers, offset));
    }
    return new TensorFile(header.metadata(), tensors);
  }

  /**
   * Reads the texts alone, which stand before the numbers; the stream stays open.
   *
   * @param where the file's name, for errors
   * @throws IllegalArgumentException if the bytes do not begin such a file
   */
  public static Map<String, String> readMetadata(InputStream in, String where) throws IOException {
    return Header.parse(new String(readHeader(in, where), StandardCharsets.UTF_8), where)
        .metadata();
  }

  private static byte[] readHeader(InputStream in, String where) throws IOException {
    byte[] first = in.readNBytes(LENGTH_BYTES);
    long headerLength = first.length < LENGTH_BYTES ? -1 : littleEndian(first).getLong();
    if (headerLength < 2 || headerLength > LONGEST_HEADER) {
      throw broken(where, "it does not begin with the length of a header");
    }
    byte[] json = in.readNBytes((int) headerLength);
    if (json.length < headerLength) {
      throw broken(
          where, "it ends after %d of its header's %d bytes".formatted(json.length, headerLength));
    }
    return json;
  }

  private static void readFloats(InputStream in, float[] numbers, String where) throws IOException {
    byte[] bytes = new byte[CHUNK_FLOATS * Float.BYTES];
    FloatBuffer chunk = littleEndian(bytes).asFloatBuffer();
    for (int from = 0; from < numbers.length; from += CHUNK_FLOATS) {
      int count = Math.min(CHUNK_FLOATS, numbers.length - from);
      if (in.readNBytes(bytes, 0, count * Float.BYTES) < count * Float.BYTES) {
        throw broken(where, "it ends before its last number");
      }
      chunk.clear().get(numbers, from, count);
    }
  }

  static IllegalArgumentException broken(String where, String what) {
    return broken(where, what, null);
  }

  static IllegalArgumentException broken(String where, String what, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "%s is not a whole safetensors file of float32 numbers: %s; save the model again."
            .formatted(where, what),
        cause);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
