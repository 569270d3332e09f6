package sparkprop.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.ParameterSpec;

/**
 * The table that {@code describe()} prints: a line a layer with its output shape and parameters.
 */
public final class Description {
  private Description() {}

  /** The table, lines ending with a line feed. */
  public static String of(Network network) {
    List<String[]> lines = new ArrayList<>();
    lines.add(new String[] {"layer", "output", "parameters"});
    lines.add(new String[] {"features", network.input().toString(), ""});
    for (int l = 0; l < network.layers().size(); l++) {
      Layer layer = network.layers().get(l);
      boolean last = l == network.layers().size() - 1;
      String text = last ? "output: " + layer.text() : layer.text();
      lines.add(new String[] {text, layer.output().toString(), count(trainable(layer))});
    }
    Head head = new Head(network.head().outputActivation(), network.head().loss());
    lines.add(new String[] {head.toString(), "" + network.head().outputs(), ""});
    lines.add(new String[] {"total", "", count(network.layout().trainableSize())});
    return table(lines);
  }

  private record Head(String activation, String loss) {
    @Override
    public String toString() {
      return activation + " (" + loss + ")";
    }
  }

  private static long trainable(Layer layer) {
    return layer.parameters().stream()
        .filter(p -> p.kind().trainable())
        .map(ParameterSpec::shape)
        .mapToLong(s -> s.size())
        .sum();
  }

  private static String count(long n) {
    return n == 0 ? "" : String.format(Locale.ROOT, "%,d", n);
  }

  private static String table(List<String[]> lines) {
    int[] widths = new int[3];
    for (String[] line : lines) {
      for (int c = 0; c < 3; c++) {
        widths[c] = Math.max(widths[c], line[c].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String[] line = lines.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "%-" + widths[0] + "s  %" + widths[1] + "s  %" + widths[2] + "s%n",
              (Object[]) line));
      if (i == 0 || i == lines.size() - 2) {
        text.append("-".repeat(widths[0] + widths[1] + widths[2] + 4)).append('\n');
      }
    }
    return text.toString().replace("\r\n", "\n");
  }
}
