import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import sparkprop.nn.SavedNetwork;

/**
 * Scores a saved network in plain Java, with no Spark on the class path: recognises the handwritten
 * digits of examples/data with a model that was trained on their 64 pixels.
 *
 * <p>Arguments: the directory of a saved model (or its weights.safetensors), then the file of
 * digits.
 */
public final class SavedNetworkExample {
  private SavedNetworkExample() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("Usage: SavedNetworkExample MODEL examples/data/digits.csv.gz");
      System.exit(2);
    }
    SavedNetwork network = SavedNetwork.load(args[0]);
    System.out.printf(
        Locale.ROOT,
        "%s: %d features, %d classes%n",
        network.network().text(),
        network.numFeatures(),
        network.numOutputs());
    int right = 0;
    int rows = 0;
    try (BufferedReader digits = lines(Path.of(args[1]))) {
      for (String line = digits.readLine(); line != null; line = digits.readLine()) {
        String[] cells = line.split(",", -1);
        float[] pixels = new float[network.numFeatures()];
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = Float.parseFloat(cells[i]);
        }
        double digit = Double.parseDouble(cells[pixels.length]);
        if (rows == 0) {
          float likely = network.probabilities(pixels)[(int) digit];
          System.out.printf(
              Locale.ROOT, "The first is a %.0f with probability %.3f%n", digit, likely);
        }
        right += network.predict(pixels) == digit ? 1 : 0;
        rows++;
      }
    }
    System.out.printf(Locale.ROOT, "%d of %d digits recognised%n", right, rows);
  }

  private static BufferedReader lines(Path file) throws IOException {
    InputStream unpacked = new GZIPInputStream(Files.newInputStream(file));
    return new BufferedReader(new InputStreamReader(unpacked, StandardCharsets.UTF_8));
  }
}
