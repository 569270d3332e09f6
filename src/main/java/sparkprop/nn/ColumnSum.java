package sparkprop.nn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import sparkprop.linalg.FloatArray;

/**
 * A {@link GradientSum} on its way: of the first layer's weights it carries only those of columns
 * that have occurred.
 */
public final class ColumnSum implements Serializable, Additive<ColumnSum> {
  private static final long serialVersionUID = 1;

  private final int width;
  private int[] columns;
  private FloatArray values;
  private final FloatArray rest;
  private final double[] statistics;

  private ColumnSum(int width, int[] columns, float[] values, float[] rest, double[] statistics) {
    this.width = width;
    this.columns = columns;
    this.values = new FloatArray(values);
    this.rest = new FloatArray(rest);
    this.statistics = statistics;
  }

  /** What a sum that knows its columns holds. */
  public static ColumnSum of(GradientSum sum) {
    Touched touched = Objects.requireNonNull(sum.touched());
    int width = touched.width();
    int[] columns = touched.columns();
    float[] values = new float[Math.multiplyExact(columns.length, width)];
    for (int c = 0; c < columns.length; c++) {
      System.arraycopy(sum.gradient(), columns[c] * width, values, c * width, width);
    }
    float[] rest = Arrays.copyOfRange(sum.gradient(), touched.rest(), sum.gradient().length);
    return new ColumnSum(width, columns, values, rest, sum.statistics().clone());
  }

  @Override
  public void add(ColumnSum other) {
    float[] ours = values.values();
    float[] added = other.values.values();
    int[] union = new int[columns.length + other.columns.length];
    float[] sums = new float[Math.multiplyExact(union.length, width)];
    int count = 0;
    for (int l = 0, r = 0; l < columns.length || r < other.columns.length; count++) {
      int left = l < columns.length ? columns[l] : Integer.MAX_VALUE;
      int right = r < other.columns.length ? other.columns[r] : Integer.MAX_VALUE;
      union[count] = Math.min(left, right);
      if (left <= right) {
        System.arraycopy(ours, l++ * width, sums, count * width, width);
      }
      if (right <= left) {
        for (int i = 0; i < width; i++) {
          sums[count * width + i] += added[r * width + i];
        }
        r++;
      }
    }
    columns = Arrays.copyOf(union, count);
    values = new FloatArray(Arrays.copyOf(sums, count * width));
    float[] sum = rest.values();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.rest.values()[i];
    }
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] += other.statistics[i];
    }
  }

  /**
   * Fills a sum that knows its columns.
   *
   * @param sum cleared
   */
  public void fill(GradientSum sum) {
    Touched touched = Objects.requireNonNull(sum.touched());
    for (int c = 0; c < columns.length; c++) {
      touched.add(columns[c]);
      System.arraycopy(values.values(), c * width, sum.gradient(), columns[c] * width, width);
    }
    System.arraycopy(rest.values(), 0, sum.gradient(), touched.rest(), rest.values().length);
    System.arraycopy(statistics, 0, sum.statistics(), 0, statistics.length);
  }

  /** How many numbers of a gradient it carries. */
  public int size() {
    return values.values().length + rest.values().length;
  }
}
