package sparkprop.train.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The fixed order in which the partial results of partitions are added: floating-point addition is
 * not associative, so the order must never depend on which task ends first. Partition results are
 * the leaves of a tree, each node above them sums a contiguous range of nodes below, left to right,
 * and the root sums the nodes of the topmost level. The fan-in is that of Spark's {@code
 * treeAggregate}: max(ceil(P^(1/depth)), 2) for P leaves. The tree is a pure function of P and the
 * depth; where a node runs (driver or executor) does not change the order of additions.
 */
final class SumTree {
  /** In place of a leaf's number where there is none. */
  private static final int EMPTY = -1;

  /** Nodes of each level: {@code widths[0]} leaves, the last entry the children of the root. */
  private final int[] widths;

  private SumTree(int[] widths) {
    this.widths = widths;
  }

  /**
   * The tree of so many leaves.
   *
   * @param partitions number of leaves, at least 1
   * @param depth Spark's {@code aggregationDepth}, at least 1: at 1 the root sums the leaves
   */
  static SumTree of(int partitions, int depth) {
    if (partitions < 1 || depth < 1) {
      throw new IllegalArgumentException(
          "A sum needs at least one partition and depth 1, found " + partitions + " and " + depth);
    }
    int fanIn = fanIn(partitions, depth);
    List<Integer> widths = new ArrayList<>(List.of(partitions));
    int width = partitions;
    // As treeAggregate does: no further level where it would not make the root's work smaller.
    while (width > fanIn + Math.ceil((double) width / fanIn)) {
      width /= fanIn;
      widths.add(width);
    }
    return new SumTree(widths.stream().mapToInt(Integer::intValue).toArray());
  }

  /** max(ceil(P^(1/depth)), 2) in whole numbers, so that no rounding of a power can change it. */
  private static int fanIn(int partitions, int depth) {
    int fanIn = 2;
    while (!reaches(fanIn, depth, partitions)) {
      fanIn++;
    }
    return fanIn;
  }

  private static boolean reaches(int base, int exponent, int goal) {
    long power = 1;
    for (int i = 0; i < exponent && power < goal; i++) {
      power *= base;
    }
    return power >= goal;
  }

  /** Levels between leaves and root: 0 where the root sums the leaves. */
  int innerLevels() {
    return widths.length - 1;
  }

  /** Nodes of a level; level 0 are the leaves, level {@link #innerLevels()} the root's children. */
  int width(int level) {
    return widths[level];
  }

  /** The node of level {@code level + 1} that sums node {@code index} of {@code level}. */
  int parent(int level, int index) {
    long below = widths[level];
    long above = widths[level + 1];
    // Node j sums the range floor(j below / above) to floor((j + 1) below / above).
    return (int) (((index + 1) * above - 1) / below);
  }

  /**
   * The additions of one sum, in their order: each adds one leaf, or what it has become, into
   * another. An empty leaf has no part in them.
   *
   * @param root the leaf that holds the sum at the end; -1 if all are empty
   * @param into what is added to
   * @param from what is added there
   */
  // A plan that is read, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Additions(int root, int[] into, int[] from) {
    int count() {
      return into.length;
    }
  }

  /**
   * Plans the additions of a sum.
   *
   * @param filled which leaves have a value
   */
  Additions additions(IntPredicate filled) {
    int[] level = new int[widths[0]];
    int leaves = 0;
    for (int i = 0; i < level.length; i++) {
      level[i] = filled.test(i) ? i : EMPTY;
      leaves += level[i] == EMPTY ? 0 : 1;
    }
    int[] into = new int[Math.max(0, leaves - 1)];
    int[] from = new int[into.length];
    int count = 0;
    for (int l = 0; l <= innerLevels(); l++) {
      int[] above = new int[l == innerLevels() ? 1 : widths[l + 1]];
      Arrays.fill(above, EMPTY);
      for (int i = 0; i < level.length; i++) {
        int node = l == innerLevels() ? 0 : parent(l, i);
        if (above[node] == EMPTY) {
          above[node] = level[i];
        } else if (level[i] != EMPTY) {
          into[count] = above[node];
          from[count++] = level[i];
        }
      }
      level = above;
    }
    return new Additions(level[0], into, from);
  }

  /**
   * Sums the leaves in the order of the tree.
   *
   * @param leaves one value a partition, null where an empty slice has none
   * @param plus sum of two values; may add into its left argument, and return that
   * @throws IllegalArgumentException if there are more or fewer leaves, or all are null
   */
  <T> T sum(List<? extends @Nullable T> leaves, BinaryOperator<T> plus) {
    if (leaves.size() != widths[0]) {
      throw new IllegalArgumentException(
          "A tree of " + widths[0] + " leaves cannot sum " + leaves.size() + " values");
    }
    List<@Nullable T> values = new ArrayList<>(leaves);
    Additions additions = additions(i -> leaves.get(i) != null);
    for (int i = 0; i < additions.count(); i++) {
      T left = Objects.requireNonNull(values.get(additions.into()[i]));
      T right = Objects.requireNonNull(values.get(additions.from()[i]));
      values.set(additions.into()[i], plus.apply(left, right));
    }
    T sum = additions.root() == EMPTY ? null : values.get(additions.root());
    if (sum == null) {
      throw new IllegalArgumentException("There is nothing to sum: all leaves are empty");
    }
    return sum;
  }
}
