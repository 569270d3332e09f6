package sparkprop.linalg;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * An array of floats on its way between JVMs. Java's serialization takes a bare array float by
 * float, and that is most of what a small update costs; here it goes in blocks of bytes.
 */
public final class FloatArray implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK = 8192;

  private float[] values;

  /** Holds this array, not a copy. */
  public FloatArray(float[] values) {
    this.values = values;
  }

  /** The array, not a copy. */
  public float[] values() {
    return values;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.writeInt(values.length);
    byte[] block = block();
    FloatBuffer floats = floats(block);
    for (int from = 0; from < values.length; from += BLOCK) {
      int count = Math.min(BLOCK, values.length - from);
      floats.clear().put(values, from, count);
      out.write(block, 0, count * Float.BYTES);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException {
    values = new float[in.readInt()];
    byte[] block = block();
    FloatBuffer floats = floats(block);
    for (int from = 0; from < values.length; from += BLOCK) {
      int count = Math.min(BLOCK, values.length - from);
      in.readFully(block, 0, count * Float.BYTES);
      floats.clear().get(values, from, count);
    }
  }

  private byte[] block() {
    return new byte[Math.min(BLOCK, values.length) * Float.BYTES];
  }

  private static FloatBuffer floats(byte[] block) {
    return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
