package sparkprop.feature;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sparkprop.linalg.blas.Blas;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.SavedNetwork;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.nn.safetensors.JsonList;
import sparkprop.persist.ModelReader;

/**
 * What whitening learns, as a network of one linear layer, {@code (x - mean) W}: it is saved and
 * scores like any other. With directions U and variances v, W is {@code U diag(1 / sqrt v)} for pca
 * and {@code U diag(1 / sqrt v) U^T} for zca.
 */
final class WhiteningTransform {
  static final String MEAN = "mean";
  static final String VARIANCES = "variances";

  private WhiteningTransform() {}

  static SavedNetwork of(double[] mean, PrincipalAxes axes, boolean zca, double tol) {
    int size = mean.length;
    int outputs = zca ? size : axes.variances().length;
    double[] w = zca ? symmetric(axes, tol) : axes.scaled(-0.5, tol);
    Network network =
        Network.of(
            new NetworkSpec(List.of()),
            Shape.of(size),
            Heads.regression("squaredError", "identity", outputs));
    float[] weights = new float[network.layout().size()];
    for (int k = 0; k < outputs; k++) {
      double shift = 0;
      for (int j = 0; j < size; j++) {
        float rounded = (float) w[k * size + j];
        weights[j * outputs + k] = rounded;
        shift += mean[j] * (double) rounded; // so that the mean itself becomes 0
      }
      weights[size * outputs + k] = (float) -shift;
    }
    return new SavedNetwork(
        network,
        weights,
        List.of(),
        Map.of(
            ModelReader.STAGE,
            WhiteningModel.class.getName(),
            MEAN,
            texts(mean),
            VARIANCES,
            texts(axes.variances())));
  }

  private static String texts(double[] numbers) {
    return JsonList.ofNumbers(Arrays.stream(numbers).boxed().collect(Collectors.toList()));
  }

  /**
   * W of zca, column by column. It is the sum of u u^T / sqrt v, a product of the directions, each
   * over the fourth root of its variance, with themselves.
   */
  private static double[] symmetric(PrincipalAxes axes, double tol) {
    int size = axes.size();
    double[] w = new double[size * size];
    Blas.instance().addGram(size, axes.variances().length, axes.scaled(-0.25, tol), w);
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < j; i++) {
        w[i * size + j] = w[j * size + i];
      }
    }
    return w;
  }
}
