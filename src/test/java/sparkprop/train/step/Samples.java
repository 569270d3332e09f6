package sparkprop.train.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sparkprop.data.Block;
import sparkprop.data.Windows;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Randomness;
import sparkprop.linalg.SparseRows;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;

/** Made-up rows: row number i is the same in whichever partition, window and block it stands. */
public final class Samples {
  public static final int FEATURES = 6;
  public static final int CLASSES = 3;

  private Samples() {}

  /** A network over these features and classes. */
  public static Network network(String text) {
    return Network.of(
        NetworkSpec.parse(text),
        Shape.of(FEATURES),
        Heads.classification("crossEntropy", "auto", CLASSES));
  }

  /** Rows {@code from} to {@code to} in blocks of at most {@code blockRows}. */
  public static List<Block> blocks(long from, long to, int blockRows) {
    List<Block> blocks = new ArrayList<>();
    for (long start = from; start < to; start += blockRows) {
      int rows = (int) Math.min(blockRows, to - start);
      float[] features = new float[rows * FEATURES];
      float[] targets = new float[rows];
      float[] weights = new float[rows];
      long[] numbers = new long[rows];
      for (int r = 0; r < rows; r++) {
        long number = start + r;
        int target = (int) Long.remainderUnsigned(Randomness.hash(number, 7), CLASSES);
        for (int j = 0; j < FEATURES; j++) {
          float noise = Randomness.uniform(Randomness.hash(number, 100 + j)) - 0.5f;
          features[r * FEATURES + j] = noise + (j == target ? 1 : 0);
        }
        targets[r] = target;
        weights[r] = 0.5f + Randomness.uniform(Randomness.hash(number, 8));
        numbers[r] = number;
      }
      blocks.add(new Block(DenseRows.of(rows, FEATURES, features), targets, weights, numbers));
    }
    return blocks;
  }

  /** The same rows, sparse. */
  public static Block sparse(Block block) {
    float[] values = ((DenseRows) block.features()).values();
    int[] columns = new int[values.length];
    Arrays.setAll(columns, k -> k % FEATURES);
    int[] starts = new int[block.rows() + 1];
    Arrays.setAll(starts, r -> r * FEATURES);
    return new Block(
        SparseRows.of(FEATURES, starts, columns, values, null),
        block.targets(),
        block.weights(),
        block.rowNumbers());
  }

  /** Rows 0 to the sum of {@code rows}, one list of blocks for each window of each partition. */
  public static List<List<Block>> windows(int windows, int blockRows, long... rows) {
    List<List<Block>> lists = new ArrayList<>();
    long first = 0;
    for (long n : rows) {
      for (int k = 0; k < windows; k++) {
        lists.add(
            blocks(
                first + new Windows(windows).start(k, n),
                first + new Windows(windows).start(k + 1, n),
                blockRows));
      }
      first += n;
    }
    return lists;
  }

  /** Partitions of these sizes, one window each. */
  public static List<List<Block>> partitions(int blockRows, long... rows) {
    return windows(1, blockRows, rows);
  }

  public static LocalData local(long... rows) {
    return LocalData.of(partitions(16, rows));
  }

  /** The same rows, sparse, of which each has one column alone, of the first so many columns. */
  public static LocalData someColumns(LocalData data, int columns) {
    return LocalData.of(
        data.blocks().stream()
            .map(blocks -> blocks.stream().map(block -> oneColumn(block, columns)).toList())
            .toList());
  }

  private static Block oneColumn(Block block, int columns) {
    float[] values = new float[block.rows()];
    int[] occurring = new int[block.rows()];
    int[] starts = new int[block.rows() + 1];
    for (int r = 0; r < block.rows(); r++) {
      occurring[r] = (int) (block.rowNumbers()[r] % columns);
      values[r] = ((DenseRows) block.features()).values()[r * FEATURES] + 1;
      starts[r + 1] = r + 1;
    }
    return new Block(
        SparseRows.of(FEATURES, starts, occurring, values, null),
        block.targets(),
        block.weights(),
        block.rowNumbers());
  }
}
