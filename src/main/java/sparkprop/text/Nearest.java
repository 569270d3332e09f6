package sparkprop.text;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the name that a misspelt one was meant to be. */
final class Nearest {
  private Nearest() {}

  /**
   * The nearest name if one is near, else the known ones: the end of an error's sentence.
   *
   * @param known the official names
   * @param all these, and others by which they may be called
   */
  static String hint(String written, List<String> known, List<String> all) {
    String lower = written.toLowerCase(Locale.ROOT);
    // A third of the letters may be wrong: enough for slips, too little for another word.
    int near = Math.max(1, written.length() / 3);
    return all.stream()
        .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))))
        .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= near)
        .map(name -> "the nearest known name is '" + name + "'")
        .orElseGet(() -> "known are " + String.join(", ", known));
  }

  /**
   * The fewest letters to insert, delete, replace or swap with their neighbour (optimal string
   * alignment) that turn one word into the other.
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
