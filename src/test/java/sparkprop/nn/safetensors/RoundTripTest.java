package sparkprop.nn.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is written is read back. */
class RoundTripTest {

  /** Beyond one chunk of the writer, and every bit pattern, NaN's included. */
  @Property(tries = 50)
  void anyNumbersComeBackBitForBit(
      @ForAll @IntRange(min = 0, max = 40_000) int length, @ForAll int seed) throws IOException {
    Random random = new Random(seed);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = Float.intBitsToFloat(random.nextInt());
    }
    TensorFile file =
        new TensorFile(Map.of(), List.of(new Tensor("t", List.of(length), numbers, 0)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out);
    Tensor back =
        TensorFile.read(new ByteArrayInputStream(out.toByteArray()), out.size(), "file")
            .tensors()
            .get(0);
    assertThat(bits(Arrays.copyOf(back.array(), back.length()))).containsExactly(bits(numbers));
  }

  private static int[] bits(float[] numbers) {
    int[] bits = new int[numbers.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(numbers[i]);
    }
    return bits;
  }

  @Property
  void listsComeBackAsTheyWere(@ForAll @Size(max = 5) List<String> texts) {
    assertThat(JsonList.texts(JsonList.ofTexts(texts))).isEqualTo(texts);
  }

  @Property
  void numbersComeBackBitForBit(@ForAll @Size(max = 5) List<Double> numbers) {
    assertThat(JsonList.numbers(JsonList.ofNumbers(numbers))).isEqualTo(numbers);
  }
}
