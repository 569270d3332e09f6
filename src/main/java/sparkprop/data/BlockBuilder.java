package sparkprop.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Cuts the rows of one partition into blocks. */
final class BlockBuilder implements Iterator<Block> {
  private final Iterator<NumberedRow> rows;
  private final BlockFormat format;
  private final FeatureBuffer features;
  private float[] targets = new float[64];
  private float[] weights = new float[64];
  private long[] numbers = new long[64];

  BlockBuilder(Iterator<NumberedRow> rows, BlockFormat format) {
    this.rows = rows;
    this.format = format;
    this.features = format.newBuffer();
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
        targets = Arrays.copyOf(targets, 2 * count);
        weights = Arrays.copyOf(weights, 2 * count);
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      NumberedRow row = rows.next();
      features.append(row.features());
      targets[count] = row.target();
      weights[count] = row.weight();
      numbers[count] = row.number();
      count++;
    }
    return new Block(
        features.take(),
        Arrays.copyOf(targets, count),
        Arrays.copyOf(weights, count),
        Arrays.copyOf(numbers, count));
  }
}
