package sparkprop.nn.loss;

import java.util.Locale;

/** What a network is for. */
public enum Task {
  /** Which of some classes a row is of. */
  CLASSIFICATION,
  /** Which numbers go with a row. */
  REGRESSION;

  /** As saved files name it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
