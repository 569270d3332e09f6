package sparkprop.feature;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.mllib.linalg.Matrix;
import sparkprop.interop.PrincipalAxes;
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
    double[][] w = matrix(axes, zca, tol);
    int size = mean.length;
    int outputs = w[0].length;
    Network network =
        Network.of(
            new NetworkSpec(List.of()),
            Shape.of(size),
            Heads.regression("squaredError", "identity", outputs));
    float[] weights = new float[network.layout().size()];
    for (int k = 0; k < outputs; k++) {
      double shift = 0;
      for (int j = 0; j < size; j++) {
        float rounded = (float) w[j][k];
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

  private static double[][] matrix(PrincipalAxes axes, boolean zca, double tol) {
    Matrix u = axes.directions();
    double[] v = axes.variances();
    double[][] scaled = new double[u.numRows()][v.length];
    for (int j = 0; j < u.numRows(); j++) {
      for (int k = 0; k < v.length; k++) {
        scaled[j][k] = !(v[k] > tol * v[0]) ? 0 : u.apply(j, k) / Math.sqrt(v[k]);
      }
    }
    if (!zca) {
      return scaled;
    }
    double[][] back = new double[u.numRows()][u.numRows()];
    for (int j = 0; j < u.numRows(); j++) {
      for (int i = 0; i < u.numRows(); i++) {
        for (int k = 0; k < v.length; k++) {
          back[j][i] += scaled[j][k] * u.apply(i, k);
        }
      }
    }
    return back;
  }
}
