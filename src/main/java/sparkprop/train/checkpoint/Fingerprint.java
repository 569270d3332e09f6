package sparkprop.train.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a training run's course hangs on, by name. Two runs with the same fingerprint take the same
 * course, to the last bit.
 *
 * @param parts texts by name
 */
public record Fingerprint(SortedMap<String, String> parts) {
  /** 128 bits tell runs apart. */
  private static final int BYTES = 16;

  /** Copies the parts. */
  public Fingerprint {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /** A fingerprint of these parts. */
  public static Fingerprint of(Map<String, String> parts) {
    return new Fingerprint(new TreeMap<>(parts));
  }

  /** 32 hexadecimal digits. */
  public String digest() {
    String text =
        parts.entrySet().stream()
            .map(part -> part.getKey() + "=" + part.getValue())
            .collect(Collectors.joining("\n"));
    return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What differs from another one, as in "stepSize is 0.1, not 0.2"; empty if nothing does. */
  String difference(Map<String, String> other) {
    TreeSet<String> names = new TreeSet<>(parts.keySet());
    names.addAll(other.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(parts.get(name), other.get(name)))
        .map(
            name ->
                "%s is %s, not %s"
                    .formatted(
                        name,
                        other.getOrDefault(name, "unknown"),
                        parts.getOrDefault(name, "unknown")))
        .collect(Collectors.joining("; "));
  }

  /** A digest of numbers, of which each bit counts. */
  public static String digest(float[] numbers) {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
    for (int from = 0; from < numbers.length; from += buffer.capacity() / Float.BYTES) {
      int count = Math.min(numbers.length - from, buffer.capacity() / Float.BYTES);
      buffer.clear();
      buffer.asFloatBuffer().put(numbers, from, count);
      digest.update(buffer.array(), 0, count * Float.BYTES);
    }
    return hex(digest.digest());
  }

  /** A digest of whole numbers. */
  public static String digest(long[] numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Long.BYTES);
    buffer.asLongBuffer().put(numbers);
    return hex(sha256().digest(buffer.array()));
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256.", e);
    }
  }
}
