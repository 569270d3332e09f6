package sparkprop.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowsTest {
  @Test
  void denseRowsAreRefilledInPlace() {
    DenseRows source = DenseRows.of(2, 3, new float[] {1f, 2f, 3f, 4f, 5f, 6f});
    DenseRows rows = new DenseRows(2, 3);
    float[] values = rows.values();
    rows.appendRow(source, 1);
    rows.appendRow(source, 0);
    assertThat(values).containsExactly(4f, 5f, 6f, 1f, 2f, 3f);
    assertThatThrownBy(() -> rows.appendRow(source, 0))
        .hasMessage("A block for at most 2 rows cannot hold 3.");
    rows.clear();
    assertThat(rows.rows()).isZero();
    rows.appendRow(source, 0);
    assertThat(rows.rows()).isEqualTo(1);
    assertThat(rows.values()).isSameAs(values).startsWith(1f, 2f, 3f);
    assertThat(rows.dense()).isSameAs(rows);
  }

  @Test
  void denseRowsRefuseWhatDoesNotFit() {
    DenseRows rows = new DenseRows(2, 3);
    assertThatThrownBy(() -> rows.appendRow(DenseRows.of(1, 2, new float[2]), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A row of 2 columns cannot be appended to rows of 3.");
    assertThatThrownBy(() -> rows.appendRow(new SparseRows(3), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A sparse row cannot be appended to dense rows.");
    assertThatThrownBy(() -> rows.appendRow(new DenseRows(2, 3), 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rows.setRows(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DenseRows.of(2, 3, new float[5]))
        .hasMessage("2 rows of 3 columns need 6 numbers, but the array holds 5.");
    assertThatThrownBy(() -> new DenseRows(1 << 20, 1 << 12))
        .hasMessageContaining("more numbers than one array holds");
  }

  @Test
  void sparseRowsBecomeDense() {
    SparseRows rows = new SparseRows(4);
    rows.append(new int[] {9, 1, 3, 9}, new float[] {9f, 5f, 6f, 9f}, 1, 3);
    rows.append(new int[0], new float[0], 0, 0);
    rows.append(new int[] {0}, new float[] {7f}, 0, 1);
    assertThat(dense(rows)).containsExactly(0f, 5f, 0f, 6f, 0f, 0f, 0f, 0f, 7f, 0f, 0f, 0f);
    rows.setShift(new float[] {1f, 0f, 2f, 0f});
    assertThat(dense(rows)).containsExactly(-1f, 5f, -2f, 6f, -1f, 0f, -2f, 0f, 6f, 0f, -2f, 0f);
    assertThat(rows.size()).isEqualTo(3);
  }

  @Test
  void sparseRowsAreRefilledAndTakeTheShiftOfTheirFirstRow() {
    float[] shift = {1f, 2f, 3f};
    SparseRows source = Samples.sparse(1, 30, 3, shift);
    SparseRows rows = new SparseRows(3);
    for (int repeat = 0; repeat < 3; repeat++) {
      rows.clear();
      assertThat(rows.shift()).isNull();
      for (int i = 29; i >= 0; i--) {
        rows.appendRow(source, i);
      }
      assertThat(rows.rows()).isEqualTo(30);
      float[] got = dense(rows);
      float[] expected = dense(source);
      for (int i = 0; i < 30; i++) {
        assertThat(Arrays.copyOfRange(got, 3 * i, 3 * i + 3))
            .isEqualTo(Arrays.copyOfRange(expected, 3 * (29 - i), 3 * (30 - i)));
      }
    }
    assertThatThrownBy(() -> rows.appendRow(Samples.sparse(1, 1, 3, null), 0))
        .hasMessage("A row with another shift cannot be appended to sparse rows.");
    rows.appendRow(Samples.sparse(1, 1, 3, shift.clone()), 0);
  }

  @Test
  void sparseRowsRefuseWhatDoesNotFit() {
    SparseRows rows = new SparseRows(3);
    assertThatThrownBy(() -> rows.append(new int[] {0, 3}, new float[2], 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A row with columns 0 to 3 does not fit rows of 3.");
    assertThatThrownBy(() -> rows.append(new int[] {0, 2, 1}, new float[3], 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The columns of a sparse row must ascend, but 1 follows 2.");
    // First and last alone would pass.
    assertThatThrownBy(() -> rows.append(new int[] {0, 9, 2}, new float[3], 0, 3))
        .hasMessage("The columns of a sparse row must ascend, but 2 follows 9.");
    assertThatThrownBy(() -> rows.append(new int[] {1, 1}, new float[2], 0, 2))
        .hasMessage("The columns of a sparse row must ascend, but 1 follows 1.");
    assertThatThrownBy(() -> rows.append(new int[] {0, 1}, new float[1], 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rows.setShift(new float[2]))
        .hasMessage("A shift of 2 columns does not fit rows of 3.");
    assertThatThrownBy(() -> rows.appendRow(new DenseRows(1, 3), 0))
        .hasMessage("A dense row cannot be appended to sparse rows.");
    assertThatThrownBy(() -> SparseRows.of(3, new int[] {0, 2}, new int[1], new float[2], null))
        .hasMessage(
            "The starts of sparse rows run from 0 to at most the number of values, 2, but these are"
                + " [0, 2].");
    assertThat(rows.rows()).isZero();
  }

  @Test
  void bothSurviveJavaSerialisation() throws Exception {
    SparseRows sparse = Samples.sparse(2, 9, 5, new float[] {1f, 2f, 3f, 4f, 5f});
    assertThat(dense(copy(sparse))).isEqualTo(dense(sparse));
    assertThat(copy(sparse.dense()).values()).isEqualTo(sparse.dense().values());
  }

  @SuppressWarnings("unchecked")
  private static <T> T copy(T object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  private static float[] dense(Rows rows) {
    DenseRows dense = rows.dense();
    assertThat(dense.rows()).isEqualTo(rows.rows());
    assertThat(dense.cols()).isEqualTo(rows.cols());
    return Arrays.copyOf(dense.values(), rows.rows() * rows.cols());
  }
}
