package sparkprop.nn;

/**
 * What slices yield and a tree of sums adds up. Floating-point addition is not associative: who
 * wants the same bits twice adds in the same order twice.
 *
 * @param <T> the type itself
 */
public interface Additive<T extends Additive<T>> {
  /**
   * Adds another one into this one.
   *
   * @throws IllegalArgumentException if it is of another network
   */
  void add(T other);
}
