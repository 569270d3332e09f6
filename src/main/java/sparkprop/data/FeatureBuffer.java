package sparkprop.data;

import org.apache.spark.ml.linalg.Vector;
import sparkprop.linalg.Rows;

/** Where the features of the block that is being built are gathered as float32. */
sealed interface FeatureBuffer permits DenseBuffer, SparseBuffer {

  /** Takes one row, dense or sparse. */
  void append(Vector features);

  /** Bytes of the rows gathered so far. */
  long bytes();

  /** A copy of the rows gathered so far, of exactly their size; the buffer is empty again. */
  Rows take();
}
