package sparkprop.nn.loss;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a network is for. */
public enum Task {
  /** Which of some classes a row is of. */
  CLASSIFICATION,
  /** Which numbers go with a row. */
  REGRESSION;

  /** The task of that name, if this release knows it. */
  public static Optional<Task> of(String text) {
    return Arrays.stream(values()).filter(task -> task.text().equals(text)).findFirst();
  }

  /** As saved files name it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
