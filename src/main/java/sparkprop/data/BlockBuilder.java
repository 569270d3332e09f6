package sparkprop.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;

/** Cuts the rows of one partition into blocks. */
final class BlockBuilder implements Iterator<Block> {
  private final Iterator<NumberedRow> rows;
  private final BlockFormat format;
  private final FeatureBuffer features;
  private final DenseBuffer targets;
  private float[] weights = new float[64];
  private long[] numbers = new long[64];

  BlockBuilder(Iterator<NumberedRow> rows, BlockFormat format) {
    this.rows = rows;
    this.format = format;
    this.features = format.newBuffer();
    this.targets = format.newTargetBuffer();
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Block next() {
    if (!rows.hasNext()) {
      throw new NoSuchElementException();
    }
    int count = 0;
    while (rows.hasNext() && !format.full(count, features.bytes())) {
      if (count == numbers.length) {
        weights = Arrays.copyOf(weights, 2 * count);
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      NumberedRow row = rows.next();
      features.append(row.features());
      if (!format.targetsAreFeatures()) {
        targets.append(row.label());
      }
      weights[count] = row.weight();
      numbers[count] = row.number();
      count++;
    }
    Rows taken = features.take();
    DenseRows aims = format.targetsAreFeatures() ? taken.dense() : targets.take();
    return new Block(
        taken, aims.values(), Arrays.copyOf(weights, count), Arrays.copyOf(numbers, count));
  }
}
