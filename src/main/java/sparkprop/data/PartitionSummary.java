package sparkprop.data;

import java.io.Serializable;

/**
 * What one input partition held when it was scanned.
 *
 * @param droppedRows rows of weight 0
 * @param trainingRows rows that train
 * @param validationRows rows that validate
 * @param hash hash of the remaining rows in their order: features, label, weight and role, the same
 *     for a dense and a sparse vector of equal content
 */
public record PartitionSummary(long droppedRows, long trainingRows, long validationRows, long hash)
    implements Serializable {

  /** Rows that are not dropped. */
  public long remainingRows() {
    return trainingRows + validationRows;
  }
}
