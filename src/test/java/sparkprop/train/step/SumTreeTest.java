package sparkprop.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SumTreeTest {
  @Test
  void nestingIsThatOfContiguousRanges() {
    assertThat(nesting(3, 1)).isEqualTo("((0+1)+2)");
    assertThat(nesting(1, 2)).isEqualTo("0");
    assertThat(nesting(5, 2)).isEqualTo("((((0+1)+2)+3)+4)");
    // Fan-in 2 of 8 leaves at depth 3: 4 nodes, the root's children.
    assertThat(nesting(8, 3)).isEqualTo("((((0+1)+(2+3))+(4+5))+(6+7))");
    // Fan-in 3 of 9 leaves.
    assertThat(nesting(9, 2)).isEqualTo("((((0+1)+2)+((3+4)+5))+((6+7)+8))");
    // Where they do not divide, the later ranges are the longer ones.
    assertThat(nesting(11, 2)).isEqualTo("(((((0+1)+2)+3)+4)+(((((5+6)+7)+8)+9)+10))");
  }

  @Property(tries = 300)
  void everyLeafIsSummedOnceInIndexOrder(
      @ForAll @IntRange(min = 1, max = 3000) int partitions,
      @ForAll @IntRange(min = 1, max = 6) int depth) {
    List<List<Integer>> leaves =
        IntStream.range(0, partitions)
            .mapToObj(i -> (List<Integer>) new ArrayList<>(List.of(i)))
            .toList();
    List<Integer> sum =
        SumTree.of(partitions, depth)
            .sum(
                leaves,
                (left, right) -> {
                  left.addAll(right);
                  return left;
                });
    assertThat(sum).isEqualTo(IntStream.range(0, partitions).boxed().toList());
  }

  /** What the shuffle of an executor-side sum relies on. */
  @Property(tries = 300)
  void parentsAreContiguousRangesWithoutGaps(
      @ForAll @IntRange(min = 1, max = 3000) int partitions,
      @ForAll @IntRange(min = 1, max = 6) int depth) {
    SumTree tree = SumTree.of(partitions, depth);
    assertThat(tree.width(0)).isEqualTo(partitions);
    for (int level = 0; level < tree.innerLevels(); level++) {
      int previous = 0;
      for (int i = 0; i < tree.width(level); i++) {
        int parent = tree.parent(level, i);
        assertThat(parent).isBetween(previous, previous + (i == 0 ? 0 : 1));
        previous = parent;
      }
      assertThat(previous).isEqualTo(tree.width(level + 1) - 1);
    }
  }

  @Property(tries = 200)
  void noNodeHasManyMoreChildrenThanTheFanIn(
      @ForAll @IntRange(min = 1, max = 3000) int partitions,
      @ForAll @IntRange(min = 2, max = 6) int depth) {
    SumTree tree = SumTree.of(partitions, depth);
    int fanIn = Math.max(2, (int) Math.ceil(Math.pow(partitions, 1.0 / depth) - 1e-9));
    for (int level = 0; level < tree.innerLevels(); level++) {
      int[] children = new int[tree.width(level + 1)];
      for (int i = 0; i < tree.width(level); i++) {
        children[tree.parent(level, i)]++;
      }
      assertThat(Arrays.stream(children).max().orElse(0)).isLessThanOrEqualTo(2 * fanIn);
    }
    assertThat(tree.width(tree.innerLevels())).isLessThanOrEqualTo(2 * fanIn + 1);
  }

  @Test
  void emptySlicesAddNothing() {
    SumTree tree = SumTree.of(9, 2);
    List<@Nullable String> leaves = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      leaves.add(i == 0 || (i > 2 && i < 7) ? null : Integer.toString(i));
    }
    assertThat(tree.<String>sum(leaves, SumTreeTest::plus)).isEqualTo("((1+2)+(7+8))");
    List<String> nothing = Collections.nCopies(9, null);
    assertThatThrownBy(() -> tree.sum(nothing, SumTreeTest::plus))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTreeRefusesAnotherNumberOfLeaves() {
    assertThatThrownBy(() -> SumTree.of(3, 2).sum(List.of("a", "b"), SumTreeTest::plus))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SumTree.of(0, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SumTree.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String nesting(int partitions, int depth) {
    List<String> leaves = IntStream.range(0, partitions).mapToObj(Integer::toString).toList();
    return SumTree.of(partitions, depth).sum(leaves, SumTreeTest::plus);
  }

  private static String plus(String left, String right) {
    return "(" + left + "+" + right + ")";
  }
}
