package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sparkprop.data.Block;
import sparkprop.linalg.DenseRows;
import sparkprop.nn.Batch;

class BlockSliceTest {
  @Property(tries = 300)
  void aWindowShowsEachRowOnceHoweverItIsBlocked(
      @ForAll long key,
      @ForAll @IntRange(min = 1, max = 70) int rows,
      @ForAll @IntRange(min = 1, max = 20) int blockRows) {
    List<Block> blocks = new ArrayList<>(Samples.blocks(1000, 1000 + rows, blockRows));
    blocks.add(0, emptyBlock());
    blocks.add(blocks.size() / 2, emptyBlock());
    BlockWindow window = BlockWindow.permuted(blocks, key);

    long[] order = rowNumbers(slice(stretch(window, 0, rows)));

    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(LongStream.range(1000, 1000 + rows).toArray());
    BlockWindow oneBlock = BlockWindow.permuted(Samples.blocks(1000, 1000 + rows, rows), key);
    assertThat(rowNumbers(slice(stretch(oneBlock, 0, rows)))).isEqualTo(order);
  }

  @Property(tries = 300)
  void aSliceIsItsStretchesOneAfterAnother(
      @ForAll @IntRange(min = 0, max = 20) int a,
      @ForAll @IntRange(min = 0, max = 20) int b,
      @ForAll @IntRange(min = 1, max = 9) int chunk) {
    BlockWindow first = BlockWindow.permuted(Samples.blocks(0, 20, 3), 1);
    BlockWindow second = BlockWindow.permuted(Samples.blocks(20, 40, 4), 1);
    BlockSlice whole = slice(stretch(first, 20 - a, 20), stretch(second, 0, b));
    assertThat(whole.rows()).isEqualTo(a + b);

    long[] expected =
        LongStream.concat(
                Arrays.stream(rowNumbers(slice(stretch(first, 20 - a, 20)))),
                Arrays.stream(rowNumbers(slice(stretch(second, 0, b)))))
            .toArray();

    assertThat(rowNumbers(whole)).isEqualTo(expected);
    for (int from = 0; from < a + b; from += chunk) {
      int count = Math.min(chunk, a + b - from);
      Batch batch = batch();
      whole.fill(batch, from, count);
      assertThat(Arrays.copyOf(batch.rowNumbers(), count))
          .isEqualTo(Arrays.copyOfRange(expected, from, from + count));
    }
  }

  @Test
  void aRowBringsItsFeaturesTargetAndWeight() {
    Block block = Samples.blocks(0, 50, 50).get(0);
    Batch batch = batch();
    slice(stretch(BlockWindow.permuted(Samples.blocks(0, 50, 7), 5), 0, 50)).fill(batch, 0, 50);
    float[] features = ((DenseRows) block.features()).values();
    for (int i = 0; i < 50; i++) {
      int row = (int) batch.rowNumbers()[i];
      int width = Samples.FEATURES;
      assertThat(Arrays.copyOfRange(batch.features().dense().values(), i * width, (i + 1) * width))
          .isEqualTo(Arrays.copyOfRange(features, row * width, (row + 1) * width));
      assertThat(batch.targets()[i]).isEqualTo(block.targets()[row]);
      assertThat(batch.weights()[i]).isEqualTo(block.weights()[row]);
    }
  }

  @Test
  void aPassIsOrderedByItsKeyAndFirstRow() {
    long[] order = order(0, 60, 1);
    assertThat(order(0, 60, 1)).isEqualTo(order);
    assertThat(order(0, 60, 2)).isNotEqualTo(order);
    long[] shifted = Arrays.stream(order(1000, 1060, 1)).map(n -> n - 1000).toArray();
    assertThat(shifted).isNotEqualTo(order);
  }

  @Test
  void oneWindowIsHeldAtATimeAndOpenedWhenItsRowsAreAskedFor() {
    List<String> opened = new ArrayList<>();
    BlockWindow window = BlockWindow.permuted(Samples.blocks(0, 10, 10), 1);
    BlockSlice slice =
        new BlockSlice(
            List.of(
                new BlockSlice.Stretch(() -> note(opened, "first", window), 0, 10),
                new BlockSlice.Stretch(() -> note(opened, "second", window), 0, 10)),
            BlockSliceTest::goOn);
    assertThat(opened).isEmpty();
    slice.fill(batch(), 0, 4);
    slice.fill(batch(), 4, 4);
    assertThat(opened).containsExactly("first");
    slice.fill(batch(), 8, 4);
    slice.fill(batch(), 12, 8);
    assertThat(opened).containsExactly("first", "second");
  }

  @Test
  void noRowIsGatheredOnceTheWorkIsUnwanted() {
    BlockWindow window = BlockWindow.permuted(Samples.blocks(0, 10, 10), 1);
    BlockSlice slice =
        new BlockSlice(
            List.of(stretch(window, 0, 10)),
            () -> {
              throw new IllegalStateException("unwanted");
            });
    Batch batch = batch();
    assertThatThrownBy(() -> slice.fill(batch, 0, 5)).hasMessage("unwanted");
    assertThat(batch.rows()).isZero();
  }

  @Test
  void rowsBeyondTheSliceAreRefused() {
    BlockWindow window = BlockWindow.permuted(Samples.blocks(0, 10, 10), 1);
    assertThatThrownBy(() -> slice(stretch(window, 2, 8)).fill(batch(), 3, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void goOn() {}

  private static BlockWindow note(List<String> opened, String name, BlockWindow window) {
    opened.add(name);
    return window;
  }

  private static long[] order(long from, long to, long key) {
    BlockWindow window = BlockWindow.permuted(Samples.blocks(from, to, 8), key);
    return rowNumbers(slice(stretch(window, 0, (int) (to - from))));
  }

  private static BlockSlice.Stretch stretch(BlockWindow window, int from, int to) {
    return new BlockSlice.Stretch(() -> window, from, to);
  }

  private static BlockSlice slice(BlockSlice.Stretch... stretches) {
    return new BlockSlice(List.of(stretches), BlockSliceTest::goOn);
  }

  private static Batch batch() {
    return new Batch(Samples.FEATURES, 1, 100, false);
  }

  private static Block emptyBlock() {
    return new Block(new DenseRows(0, Samples.FEATURES), new float[0], new float[0], new long[0]);
  }

  private static long[] rowNumbers(BlockSlice slice) {
    Batch batch = batch();
    slice.fill(batch, 0, slice.rows());
    return Arrays.copyOf(batch.rowNumbers(), batch.rows());
  }
}
