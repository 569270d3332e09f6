package sparkprop.reference;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Batch normalisation of maps: each place of each map is shown to a vector's as a row. */
final class ReferenceMapNorm implements ReferenceLayer {
  private final int channels;
  private final int places;
  private final ReferenceBatchNorm ofPlaces;

  ReferenceMapNorm(int channels, int places) {
    this.channels = channels;
    this.places = places;
    this.ofPlaces = new ReferenceBatchNorm(channels);
  }

  /** From rows of channels x places to rows of channels, a place each. */
  private double[][] split(double[][] rows) {
    double[][] split = new double[rows.length * places][channels];
    for (int n = 0; n < split.length; n++) {
      for (int c = 0; c < channels; c++) {
        split[n][c] = rows[n / places][c * places + n % places];
      }
    }
    return split;
  }

  private double[][] join(double[][] split) {
    double[][] rows = new double[split.length / places][channels * places];
    for (int n = 0; n < split.length; n++) {
      for (int c = 0; c < channels; c++) {
        rows[n / places][c * places + n % places] = split[n][c];
      }
    }
    return rows;
  }

  @Override
  public double[][] train(double[][] x, Sample sample) {
    double[] weights = new double[x.length * places];
    Arrays.setAll(weights, n -> sample.weights()[n / places]);
    double[][] split = split(x);
    Sample shown = Sample.of(split, new double[split.length][1]).withWeights(weights);
    return join(ofPlaces.train(split, shown));
  }

  @Override
  public double[][] score(double[][] x) {
    return join(ofPlaces.score(split(x)));
  }

  @Override
  public double[][] backward(double[][] delta) {
    return join(ofPlaces.backward(split(delta)));
  }

  @Override
  public void roundBy(DoubleUnaryOperator newRounding) {
    ofPlaces.roundBy(newRounding);
  }

  @Override
  public void absorb() {
    ofPlaces.absorb();
  }

  @Override
  public Map<String, double[]> parameters() {
    return ofPlaces.parameters();
  }

  @Override
  public Map<String, double[]> gradients() {
    return ofPlaces.gradients();
  }

  @Override
  public Map<String, double[]> statistics() {
    return ofPlaces.statistics();
  }
}
