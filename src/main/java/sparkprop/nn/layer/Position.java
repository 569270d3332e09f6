package sparkprop.nn.layer;

import java.io.Serializable;
import sparkprop.linalg.Randomness;

/**
 * Where a layer stands in its network: what keeps its random numbers apart from those of the other
 * layers, however deep each of them is nested.
 *
 * @param key differs from layer to layer
 */
public record Position(long key) implements Serializable {
  /** Of a layer of the network itself, by its number from 0. */
  public static Position of(int number) {
    return new Position(number);
  }

  /** Of a layer inside the one that stands here, by its number there from 0. */
  public Position inside(int number) {
    return new Position(Randomness.hash(key, number));
  }
}
