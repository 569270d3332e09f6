package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.nn.loss.Task;
import sparkprop.reference.NetworkCase;
import sparkprop.reference.NetworkCases;
import sparkprop.reference.ReferenceNetwork;
import sparkprop.reference.ReferenceText;
import sparkprop.reference.Sample;

/**
 * The Gauss-Newton matrix beside its definition, {@code sum w J^T B J}: J by central differences of
 * the reference network, B by the textbook's formula for each loss.
 */
class CurvatureTest {
  private static final double H = 1e-5;

  /** Others are refused by the solvers that need one. */
  private static boolean hasCurvature(NetworkCase c) {
    Task task = c.task() == NetworkCase.Task.CLASSIFICATION ? Task.CLASSIFICATION : Task.REGRESSION;
    return Heads.of(task, c.loss(), c.outputActivation(), c.width()).curvatureRank() > 0;
  }

  static Stream<NetworkCase> cases() {
    return NetworkCases.all()
        .filter(CurvatureTest::hasCurvature)
        .filter(c -> !c.network().contains("batchNorm") && !c.network().contains("dropout"))
        .filter(c -> Stream.of("relu", "Relu", "elu", "hard").noneMatch(c.toString()::contains))
        .filter(c -> !c.outputActivation().equals("step") && !c.network().contains("step"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheProductOfJacobiansAndTheLosssSecondDerivative(NetworkCase row) {
    Random random = new Random(11);
    String text = row.text(random);
    Engine engine = Engine.of(text, Shape.of(row.shape(3)), Engine.head(row), row.weightInit(), 5);
    Sample sample =
        NetworkCases.scattered(NetworkCases.sample(row, 4, row.features(3), random), random);
    CurvatureSum sum = curvature(engine, SampleSlice.dense(sample));
    double[][] expected = expected(row, text, engine, sample);
    int n = engine.network().layout().trainableSize();
    double largest = 1e-12;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, expected[i][i]);
    }
    for (int j = 0; j < n; j++) {
      for (int i = 0; i <= j; i++) {
        assertThat(sum.matrix()[j * (j + 1) / 2 + i])
            .as("element %d, %d", i, j)
            .isCloseTo(expected[i][j], within(2e-5 * largest + 1e-7));
      }
    }
    GradientSum first = engine.accumulate(SampleSlice.dense(sample));
    for (int i = 0; i < n; i++) {
      assertThat(sum.gradient()[i])
          .isCloseTo(
              first.gradient()[i], within(1e-5 * Math.max(1, Math.abs(first.gradient()[i]))));
    }
    assertThat(sum.lossSum()).isCloseTo(first.lossSum(), within(1e-6 * first.lossSum() + 1e-9));
    assertThat(sum.weightSum()).isCloseTo(first.weightSum(), within(1e-9));
  }

  @Test
  void sparseRowsGiveTheSameMatrix() {
    NetworkCase row = NetworkCases.all().toList().get(2);
    Sample sample = NetworkCases.sample(row, 5, 4, new Random(3));
    Engine engine = Engine.of("dense(3) tanh", 4, Engine.head(row), "auto", 1);
    double[] dense = curvature(engine, SampleSlice.dense(sample)).matrix();
    double[] sparse = curvature(engine, SampleSlice.sparse(sample)).matrix();
    assertThat(sparse).usingComparatorWithPrecision(1e-6).containsExactly(dense);
  }

  private static CurvatureSum curvature(Engine engine, SampleSlice slice) {
    Network network = engine.network();
    return network.curvature(engine.weights(), slice, network.newWorkspace(slice.isSparse()));
  }

  private static double[][] expected(NetworkCase row, String text, Engine engine, Sample sample) {
    int n = engine.network().layout().trainableSize();
    double[][] matrix = new double[n][n];
    for (int r = 0; r < sample.rows(); r++) {
      Sample one = sample.rows(r, r + 1);
      double[][] jacobian = jacobian(row, text, engine, one);
      double[][] b = secondDerivative(row, z(row, text, engine, one));
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          for (int k = 0; k < b.length; k++) {
            for (int l = 0; l < b.length; l++) {
              matrix[i][j] += one.weights()[0] * jacobian[k][i] * b[k][l] * jacobian[l][j];
            }
          }
        }
      }
    }
    return matrix;
  }

  private static ReferenceNetwork reference(NetworkCase row, String text, Engine engine) {
    ReferenceNetwork reference =
        ReferenceText.network(text, row.shape(3), row.referenceHead(), Engine.masks(Engine.MOMENT));
    engine.copyTo(reference);
    return reference;
  }

  private static double[] z(NetworkCase row, String text, Engine engine, Sample one) {
    return reference(row, text, engine).score(one)[0];
  }

  /** Units x weights. */
  private static double[][] jacobian(NetworkCase row, String text, Engine engine, Sample one) {
    ReferenceNetwork reference = reference(row, text, engine);
    List<double[]> columns = new ArrayList<>();
    Map<String, double[]> parameters = reference.parameters();
    for (Parameter p : engine.network().layout().parameters()) {
      double[] values = parameters.get(p.name());
      for (int i = 0; i < values.length; i++) {
        double value = values[i];
        values[i] = value + H;
        double[] up = reference.score(one)[0];
        values[i] = value - H;
        double[] down = reference.score(one)[0];
        values[i] = value;
        double[] slope = new double[up.length];
        for (int k = 0; k < slope.length; k++) {
          slope[k] = (up[k] - down[k]) / (2 * H);
        }
        columns.add(slope);
      }
    }
    double[][] jacobian = new double[columns.get(0).length][columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      for (int k = 0; k < jacobian.length; k++) {
        jacobian[k][i] = columns.get(i)[k];
      }
    }
    return jacobian;
  }

  /** Of the loss by z; for squared error without the second derivative of the output activation. */
  private static double[][] secondDerivative(NetworkCase row, double[] z) {
    int units = z.length;
    double[][] b = new double[units][units];
    if (row.loss().startsWith("squaredError")) {
      double[][] slopes = new double[units][];
      for (int k = 0; k < units; k++) {
        double[] up = z.clone();
        double[] down = z.clone();
        up[k] += H;
        down[k] -= H;
        double[] fUp = row.referenceHead().activation().value(up);
        double[] fDown = row.referenceHead().activation().value(down);
        slopes[k] = new double[units];
        for (int o = 0; o < units; o++) {
          slopes[k][o] = (fUp[o] - fDown[o]) / (2 * H);
        }
      }
      for (int k = 0; k < units; k++) {
        for (int l = 0; l < units; l++) {
          for (int o = 0; o < units; o++) {
            b[k][l] += slopes[k][o] * slopes[l][o];
          }
        }
      }
      return b;
    }
    double[] p = row.referenceHead().activation().value(z);
    for (int k = 0; k < units; k++) {
      for (int l = 0; l < units; l++) {
        boolean softmax = row.outputActivation().equals("softmax");
        b[k][l] = (k == l ? p[k] : 0) - (k == l || softmax ? p[k] * p[l] : 0);
      }
    }
    return b;
  }
}
