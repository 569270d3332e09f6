package sparkprop.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.testing.Ellipsoid;
import sparkprop.testing.SharedSpark;

class WhiteningTest {
  private static final Dataset<Row> ROWS = Ellipsoid.of(400);

  @TempDir private Path directory;

  private static Whitening whitening(String method) {
    return new Whitening().setOutputCol("white").setMethod(method);
  }

  @ParameterizedTest
  @CsvSource({"pca, 0, 5", "pca, 2, 2", "zca, 0, 5"})
  void vectorsBecomeWhite(String method, int k, int size) {
    WhiteningModel model = whitening(method).setK(k).fit(ROWS);
    Dataset<Row> white = model.transform(ROWS);
    double[][] x = Ellipsoid.column(white, "white");
    double[][] covariance = Ellipsoid.covariance(x);
    assertThat(covariance).hasDimensions(size, size);
    for (int i = 0; i < size; i++) {
      int at = i;
      assertThat(Arrays.stream(x).mapToDouble(row -> row[at]).average().orElseThrow())
          .isCloseTo(0, within(1e-5));
      for (int j = 0; j < size; j++) {
        assertThat(covariance[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-4));
      }
    }
    assertThat(AttributeGroup.fromStructField(white.schema().apply("white")).size())
        .isEqualTo(size);
    Vector first = ROWS.head().getAs(0);
    assertThat(model.whiten(first).toArray()).isEqualTo(x[0]);
  }

  /** ZCA's matrix is symmetric, which of all whitenings keeps vectors nearest to themselves. */
  @Test
  void zcaTurnsNothing() {
    DenseMatrix w = whitening("zca").fit(ROWS).matrix();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        assertThat(w.apply(i, j)).isCloseTo(w.apply(j, i), within(1e-5));
      }
    }
  }

  @Test
  void directionsAreSparksOwn() {
    WhiteningModel model = whitening("pca").setK(2).fit(ROWS);
    PCAModel pca = new PCA().setInputCol("features").setK(2).fit(ROWS);
    for (int k = 0; k < 2; k++) {
      double deviation = Math.sqrt(model.variances().apply(k));
      for (int j = 0; j < 5; j++) {
        assertThat(model.matrix().apply(j, k) * deviation)
            .isCloseTo(pca.pc().apply(j, k), within(1e-5));
      }
    }
    assertThat(model.mean().toArray())
        .containsExactly(new double[] {10, -20, 30, 0, 5}, within(0.5));
  }

  /** Two equal columns and one that never changes span one direction less, and none. */
  @Test
  void whatNeverChangesBecomes0() {
    Dataset<Row> flat =
        new VectorAssembler()
            .setInputCols(new String[] {"id", "id", "three"})
            .setOutputCol("features")
            .transform(SharedSpark.session().range(50).selectExpr("id", "3.0 as three"));
    double[][] white = Ellipsoid.column(whitening("pca").fit(flat).transform(flat), "white");
    assertThat(Ellipsoid.covariance(white)[0][0]).isCloseTo(1, within(1e-4));
    for (double[] row : white) {
      assertThat(row[1]).isZero();
      assertThat(row[2]).isZero();
    }
  }

  @Test
  void isSavedAsEstimatorAndModel() throws IOException {
    WhiteningModel model = whitening("zca").fit(ROWS);
    model.write().save(directory.resolve("model").toString());
    WhiteningModel loaded = WhiteningModel.load(directory.resolve("model").toString());
    assertThat(loaded.transform(ROWS).collectAsList())
        .isEqualTo(model.transform(ROWS).collectAsList());
    assertThat(loaded.mean()).isEqualTo(model.mean());
    assertThat(loaded.explainParams()).isEqualTo(model.explainParams());
    whitening("zca").write().save(directory.resolve("stage").toString());
    assertThat(Whitening.load(directory.resolve("stage").toString()).getMethod()).isEqualTo("zca");
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> new Whitening().setMethod("ica"))
        .hasMessageContaining("method must be pca or zca, but is 'ica'.");
    assertThatThrownBy(() -> whitening("zca").setK(2).fit(ROWS))
        .hasMessage(
            "k is 2, but method zca keeps all components: set method to pca, or leave k out.");
    assertThatThrownBy(() -> whitening("pca").setK(6).fit(ROWS))
        .hasMessage("k is 6, but column 'features' holds vectors of 5 numbers: lower k.");
    assertThatThrownBy(() -> whitening("pca").fit(ROWS.limit(1)))
        .hasMessage(
            "Column 'features' has one row only, but whitening needs two at least: fit it to more rows.");
    assertThatThrownBy(() -> whitening("pca").fit(ROWS).whiten(Vectors.dense(1, 2)))
        .hasMessage("The network expects vectors of 5 features, but found one of 2.");
  }

  @Test
  void vectorsThatNeverChangeBecome0() {
    Dataset<Row> same =
        new VectorAssembler()
            .setInputCols(new String[] {"three", "three"})
            .setOutputCol("features")
            .transform(SharedSpark.session().range(9).selectExpr("3.0 as three"));
    for (double[] row : Ellipsoid.column(whitening("pca").fit(same).transform(same), "white")) {
      assertThat(row).containsOnly(0);
    }
  }
}
