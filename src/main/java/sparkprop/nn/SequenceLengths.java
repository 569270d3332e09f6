package sparkprop.nn;

import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Rows;
import sparkprop.linalg.SparseRows;

/**
 * How long sequences are. All rows of a network are of one width, so shorter sequences are padded
 * with steps that are all zero; a row's length is the number of its steps up to the last that is
 * not, and at least 1.
 */
final class SequenceLengths {
  private SequenceLengths() {}

  /**
   * Measures each row.
   *
   * @param rows what goes into the network, step after step
   * @param steps how many steps a row has room for
   * @param lengths receives a number for each row
   */
  static void measure(Rows rows, int steps, int[] lengths) {
    int width = rows.cols() / steps;
    for (int i = 0; i < rows.rows(); i++) {
      lengths[i] = 1 + last(rows, i) / width;
    }
  }

  /** Index of a row's last number that is not 0; 0 if there is none. */
  private static int last(Rows rows, int row) {
    if (rows instanceof SparseRows sparse && sparse.shift() == null) {
      int k = sparse.starts()[row + 1] - 1;
      while (k >= sparse.starts()[row] && sparse.values()[k] == 0) {
        k--;
      }
      return k < sparse.starts()[row] ? 0 : sparse.columns()[k];
    }
    DenseRows dense = rows.dense();
    int from = row * dense.cols();
    int k = from + dense.cols() - 1;
    while (k > from && dense.values()[k] == 0) {
      k--;
    }
    return k - from;
  }
}
