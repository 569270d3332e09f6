package sparkprop.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatArrayTest {
  /** Within a block, a whole one, several and a rest. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 30_000})
  void arrivesBitByBit(int length) throws Exception {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = Float.intBitsToFloat(0x7f900001 * (i + 1)); // signalling NaNs among them
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(new FloatArray(values), bytes);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      float[] read = ((FloatArray) in.readObject()).values();
      assertThat(bits(read)).containsExactly(bits(values));
      assertThat(in.readObject()).isEqualTo("what follows");
    }
  }

  private static void write(FloatArray array, ByteArrayOutputStream bytes) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(array);
      out.writeObject("what follows");
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
