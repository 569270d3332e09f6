package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.testing.SharedSpark;

/** Blocks of rows that are what comes in and what should come out. */
@ExtendWith(SharedSpark.class)
class ReproducedRowsTest {
  private static final int ROWS = 50;

  private static final Columns BOTH = new Columns("features", "features", true, null, null);

  private final SparkSession spark;

  ReproducedRowsTest(SparkSession spark) {
    this.spark = spark;
  }

  private static Vector vector(int i, boolean sparse) {
    return sparse
        ? Vectors.sparse(10, new int[] {i % 10}, new double[] {i})
        : Vectors.dense(i, 1, 2 * i, -i, 3);
  }

  private BlockFormat format(boolean sparse, boolean standardize, boolean standardizeTargets)
      throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(Frames.row(vector(i, sparse), 1.0, 1.0));
    }
    DataSummary summary =
        Frames.planned(Frames.of(spark, List.of(rows)), BOTH, ValidationDraw.NONE).scan();
    return BlockFormat.of(summary, standardize, standardizeTargets, 0);
  }

  private static Block block(BlockFormat format, boolean sparse) {
    List<NumberedRow> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(new NumberedRow(i, vector(i, sparse), vector(i, sparse), 1));
    }
    Iterator<Block> blocks = format.blocks(rows.iterator());
    Block block = blocks.next();
    assertThat(blocks.hasNext()).isFalse();
    return block;
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, true"})
  void denseOnesAreHeldOnce(boolean standardize, boolean standardizeTargets)
      throws InterruptedException {
    BlockFormat format = format(false, standardize, standardizeTargets);
    Block block = block(format, false);
    assertThat(block.targetWidth()).isEqualTo(5);
    assertThat(block.targets()).isSameAs(block.features().dense().values());
    assertThat(format.bytes(ROWS, 0)).isEqualTo(ROWS * (5 * 4 + 12));
  }

  @Test
  void inTwoUnitsTheyAreTwo() throws InterruptedException {
    BlockFormat format = format(false, true, false);
    Block block = block(format, false);
    assertThat(block.targets()).startsWith(0, 1, 0, 0, 3, 1, 1, 2, -1, 3);
    assertThat(block.features().dense().values()).isNotEqualTo(block.targets());
    assertThat(format.bytes(ROWS, 0)).isEqualTo(ROWS * (2 * 5 * 4 + 12));
  }

  @Test
  void sparseOnesAreDenseAsTargetsAndCountedAsSuch() throws InterruptedException {
    BlockFormat format = format(true, false, false);
    Block block = block(format, true);
    assertThat(format.sparse()).isTrue();
    assertThat(block.targetWidth()).isEqualTo(10);
    assertThat(block.targets()).isEqualTo(block.features().dense().values());
    assertThat(format.bytes(ROWS, ROWS)).isEqualTo(ROWS * (8 + 4 + 10 * 4 + 12));
  }
}
