package sparkprop.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.testing.Ellipsoid;

class AutoencoderTest {
  private static final Dataset<Row> ROWS = Ellipsoid.of(400);

  @TempDir private Path directory;

  private static Autoencoder autoencoder(String network) {
    return new Autoencoder()
        .setOutputCol("code")
        .setNetwork(network)
        .setSolver("l-bfgs")
        .setMaxIter(200)
        .setPatience(0)
        .setSeed(3);
  }

  /**
   * The cosine of the largest angle between the space that a linear encoder reads and that of two
   * orthogonal directions, one a column.
   */
  private static double cosine(double[][] encoder, Matrix directions) {
    int n = encoder.length;
    // Gram-Schmidt on the encoder's two columns.
    double[][] q = new double[2][n];
    for (int k = 0; k < 2; k++) {
      for (int j = 0; j < n; j++) {
        q[k][j] = encoder[j][k];
      }
      for (int l = 0; l < k; l++) {
        double along = dot(q[k], q[l]);
        for (int j = 0; j < n; j++) {
          q[k][j] -= along * q[l][j];
        }
      }
      double norm = Math.sqrt(dot(q[k], q[k]));
      for (int j = 0; j < n; j++) {
        q[k][j] /= norm;
      }
    }
    double[][] m = new double[2][2];
    for (int k = 0; k < 2; k++) {
      for (int l = 0; l < 2; l++) {
        for (int j = 0; j < n; j++) {
          m[k][l] += q[k][j] * directions.apply(j, l);
        }
      }
    }
    // The smaller singular value of m.
    double squares = dot(m[0], m[0]) + dot(m[1], m[1]);
    double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    return Math.sqrt((squares - Math.sqrt(squares * squares - 4 * determinant * determinant)) / 2);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  /** Its code is linear, so that differences of codes give the encoder's matrix. */
  private static double[][] encoder(AutoencoderModel model) {
    int n = model.numFeatures();
    double[][] w = new double[n][model.codeSize()];
    double[] zero = model.encode(Vectors.zeros(n)).toArray();
    for (int j = 0; j < n; j++) {
      double[] unit = new double[n];
      unit[j] = 1;
      double[] code = model.encode(Vectors.dense(unit)).toArray();
      for (int k = 0; k < code.length; k++) {
        w[j][k] = code[k] - zero[k];
      }
    }
    return w;
  }

  /** Baldi and Hornik 1989: with the best linear code, rows are projected on that space. */
  @Test
  void aLinearOneReproducesTheProjectionOnThePrincipalSubspace() {
    Dataset<Row> centred =
        new StandardScaler()
            .setInputCol("features")
            .setOutputCol("centred")
            .setWithMean(true)
            .setWithStd(false)
            .fit(ROWS)
            .transform(ROWS);
    AutoencoderModel model = autoencoder("dense(2)").setInputCol("centred").fit(centred);
    Matrix pc = new PCA().setInputCol("centred").setK(2).fit(centred).pc();
    // What comes out moves in the space of the decoder only: that is the principal one.
    double[] zero = model.reconstruct(Vectors.zeros(5)).toArray();
    double[][] decoder = new double[5][2];
    for (int k = 0; k < 2; k++) {
      double[] direction = new double[5];
      for (int j = 0; j < 5; j++) {
        direction[j] = pc.apply(j, k);
      }
      double[] moved = model.reconstruct(Vectors.dense(direction)).toArray();
      for (int j = 0; j < 5; j++) {
        decoder[j][k] = moved[j] - zero[j];
      }
    }
    assertThat(cosine(decoder, pc)).isGreaterThan(Math.cos(Math.toRadians(1)));
    double[][] x = Ellipsoid.column(centred, "centred");
    double[][] y = Ellipsoid.column(model.reconstruct(centred, "again"), "again");
    double error = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < 5; j++) {
        error += (x[i][j] - y[i][j]) * (x[i][j] - y[i][j]) / x.length;
      }
    }
    double[] variances = new Whitening().setOutputCol("w").fit(ROWS).variances().toArray();
    double left = variances[2] + variances[3] + variances[4];
    assertThat(error).isBetween(0.99 * left, 1.02 * left);
  }

  /** White in all but that two directions are stretched, which code and PCA must find. */
  @Test
  void onWhitenedInputTheCodeSpansPcasSubspace() {
    Dataset<Row> white =
        new Whitening()
            .setMethod("pca")
            .setOutputCol("white")
            .fit(ROWS)
            .transform(ROWS)
            .select("white");
    Dataset<Row> stretched =
        new org.apache.spark.ml.feature.ElementwiseProduct()
            .setInputCol("white")
            .setOutputCol("features")
            .setScalingVec(Vectors.dense(1, 2, 1, 2, 1))
            .transform(white)
            .select("features");
    AutoencoderModel model = autoencoder("dense(2)").fit(stretched);
    Matrix pc = new PCA().setInputCol("features").setK(2).fit(stretched).pc();
    assertThat(cosine(encoder(model), pc)).isGreaterThan(Math.cos(Math.toRadians(2)));
  }

  @Test
  void theCodeIsTheActivationOfTheNarrowestLayer() {
    AutoencoderModel model =
        autoencoder("dense(4) relu dense(2) dropout(0.1) tanh dense(4) batchNorm relu")
            .setSolver("adam")
            .setMaxIter(2)
            .setStandardization(true)
            .fit(ROWS);
    Dataset<Row> coded = model.transform(ROWS);
    assertThat(model.codeSize()).isEqualTo(2);
    assertThat(AttributeGroup.fromStructField(coded.schema().apply("code")).size()).isEqualTo(2);
    // By hand: what the lower layers' weights make of a row.
    double[] w = model.weights().toArray();
    Vector row = ROWS.head().getAs(0);
    double[] hidden = new double[4];
    for (int k = 0; k < 4; k++) {
      double z = w[5 * 4 + k];
      for (int j = 0; j < 5; j++) {
        z += row.apply(j) * w[j * 4 + k];
      }
      hidden[k] = Math.max(0, z);
    }
    int from = 5 * 4 + 4;
    for (int k = 0; k < 2; k++) {
      double z = w[from + 4 * 2 + k];
      for (int j = 0; j < 4; j++) {
        z += hidden[j] * w[from + j * 2 + k];
      }
      assertThat(model.encode(row).apply(k)).isCloseTo(Math.tanh(z), within(1e-5));
    }
  }

  @Test
  void isSavedAndWorksInAPipeline() throws IOException {
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new Whitening().setOutputCol("white"),
                  autoencoder("dense(3) tanh").setInputCol("white").setMaxIter(5)
                });
    var fitted = pipeline.fit(ROWS);
    fitted.write().save(directory.resolve("pipeline").toString());
    var loaded = org.apache.spark.ml.PipelineModel.load(directory.resolve("pipeline").toString());
    assertThat(loaded.transform(ROWS).collectAsList())
        .isEqualTo(fitted.transform(ROWS).collectAsList());
    AutoencoderModel model = (AutoencoderModel) loaded.stages()[1];
    assertThat(model.summary().objectiveHistory()).hasSize(6);
    assertThat(model.encode(Vectors.dense(1, 2, Double.NaN, 0, 0)).toArray())
        .containsOnly(Double.NaN);
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> autoencoder("tanh").fit(ROWS))
        .hasMessage(
            "The network 'tanh' has no dense hidden layer whose units could be a code: add one,"
                + " such as dense(8) tanh.");
    assertThatThrownBy(() -> autoencoder("dense(2)").setInputCol("image").fit(ROWS))
        .hasMessageStartingWith("There is no column 'image' (Param inputCol);");
    assertThatThrownBy(() -> autoencoder("dense(2)").setOutputCol("features").fit(ROWS))
        .hasMessageContaining("There is a column 'features' already");
  }
}
