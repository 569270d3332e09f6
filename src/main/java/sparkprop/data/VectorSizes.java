package sparkprop.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The size that all vectors of a column must share: that of the first row, and the first row, if
 * any, that has another.
 *
 * @param size size of the first vector, -1 before there is one
 * @param place where the first vector stands
 * @param otherSize size of the first vector that differs, -1 without one
 * @param otherPlace where that one stands
 */
record VectorSizes(int size, @Nullable String place, int otherSize, @Nullable String otherPlace)
    implements Serializable {

  static final VectorSizes NONE = new VectorSizes(-1, null, -1, null);

  /** These and one more row's. */
  VectorSizes plus(int rowSize, InputRow row) {
    if (rowSize == size || otherSize >= 0) {
      return this;
    }
    return plus(new VectorSizes(rowSize, row.place(), -1, null));
  }

  /** These and those of the partitions that follow. */
  VectorSizes plus(VectorSizes next) {
    if (size < 0) {
      return next;
    }
    if (otherSize >= 0 || next.size < 0) {
      return this;
    }
    return next.size != size
        ? new VectorSizes(size, place, next.size, next.place)
        : new VectorSizes(size, place, next.otherSize, next.otherPlace);
  }

  boolean agree() {
    return otherSize < 0;
  }

  /**
   * Refuses an input whose vectors cannot feed one network.
   *
   * @throws IllegalArgumentException if two vectors differ in size, or have no entry at all
   */
  void check(String column) {
    if (!agree()) {
      throw new IllegalArgumentException(
          ("Column '%s' holds vectors of unequal size, %d in %s but %d in %s; every row needs a"
                  + " vector of the same size.")
              .formatted(column, size, place, otherSize, otherPlace));
    }
    if (size == 0) {
      throw new IllegalArgumentException(
          "Column '%s' holds vectors without entries; a network needs at least one number."
              .formatted(column));
    }
  }
}
