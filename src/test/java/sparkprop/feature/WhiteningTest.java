package sparkprop.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkprop.testing.Ellipsoid;
import sparkprop.testing.LogLines;
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

  private static double[] column(WhiteningModel model, int k) {
    return IntStream.range(0, model.numFeatures())
        .mapToDouble(j -> model.matrix().apply(j, k))
        .toArray();
  }

  @Test
  void directionsAreSparksOwnButForTheirSigns() {
    WhiteningModel model = whitening("pca").setK(2).fit(ROWS);
    PCAModel pca = new PCA().setInputCol("features").setK(2).fit(ROWS);
    for (int k = 0; k < 2; k++) {
      double deviation = Math.sqrt(model.variances().apply(k));
      double sign = Math.signum(model.matrix().apply(0, k) * pca.pc().apply(0, k));
      for (int j = 0; j < 5; j++) {
        assertThat(model.matrix().apply(j, k) * deviation)
            .isCloseTo(sign * pca.pc().apply(j, k), within(1e-5));
      }
      assertThat(Arrays.stream(column(model, k)).max().orElseThrow())
          .isEqualTo(Arrays.stream(column(model, k)).map(Math::abs).max().orElseThrow());
    }
    assertThat(model.mean().toArray())
        .containsExactly(new double[] {10, -20, 30, 0, 5}, within(0.5));
  }

  /** Rows in five partitions, of which the first ends first or last. */
  private static Dataset<Row> slow(boolean first) {
    return SharedSpark.session()
        .createDataFrame(
            JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext())
                .parallelize(ROWS.collectAsList(), 5)
                .mapPartitionsWithIndex(
                    (partition, rows) -> {
                      Thread.sleep(partition == 0 == first ? 300 : 0);
                      return rows;
                    },
                    true),
            ROWS.schema());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pca", "zca"})
  void theSameBitsWhicheverTaskEndsFirst(String method) {
    WhiteningModel model = whitening(method).fit(slow(true));
    WhiteningModel again = whitening(method).fit(slow(false));
    assertThat(again.mean()).isEqualTo(model.mean());
    assertThat(again.variances()).isEqualTo(model.variances());
    assertThat(again.matrix()).isEqualTo(model.matrix());
  }

  /** Sums of squares would have no digit left for a variance beside a mean of 1e9. */
  @Test
  void largeMeansCostNoDigits() {
    Dataset<Row> far =
        new VectorAssembler()
            .setInputCols(new String[] {"a", "b"})
            .setOutputCol("features")
            .transform(
                SharedSpark.session()
                    .range(0, 1000, 1, 4)
                    .selectExpr("1e9 + id % 2 as a", "-1e9 + 3 * (floor(id / 2) % 2) as b"));
    // Of columns that are 0 or 1, 0 or 3, half the time each and apart from each other.
    assertThat(whitening("pca").fit(far).variances().toArray())
        .containsExactly(new double[] {9 * 250 / 999.0, 250 / 999.0}, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"1e-9, true", "1e-13, false", "0, false"})
  void aWarningCountsNarrowDirectionsThatAreDropped(double tol, boolean dropped) {
    Dataset<Row> narrow =
        new VectorAssembler()
            .setInputCols(new String[] {"id", "small", "three", "id"})
            .setOutputCol("features")
            .transform(
                SharedSpark.session()
                    .range(50)
                    .selectExpr("id", "1e-4 * (id % 2) as small", "3.0 as three"));
    try (LogLines lines = LogLines.of(Whitening.class)) {
      Whitening stage = whitening("pca").setTol(tol);
      double[][] white = Ellipsoid.column(stage.fit(narrow).transform(narrow), "white");
      assertThat(white[0][1] == 0).isEqualTo(dropped);
      assertThat(white[0][2]).isZero();
      assertThat(white[0][3]).isZero();
      String warning =
          "%s: along 1 of 4 directions the variance is at most 1.0E-9 (tol) of the largest, so they count as constant and become 0; lower tol to keep them, or put a StandardScaler before %s if columns differ in scale."
              .formatted(stage.uid(), stage.uid());
      assertThat(lines.at("WARN")).isEqualTo(dropped ? List.of(warning) : List.of());
    }
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
  void vectorsTooLongForTheirCovariancesAreRefused() {
    Dataset<Row> wide =
        SharedSpark.session()
            .createDataFrame(
                List.of(
                    RowFactory.create(Vectors.sparse(100_000, new int[] {1}, new double[] {1})),
                    RowFactory.create(Vectors.sparse(100_000, new int[] {2}, new double[] {1}))),
                ROWS.schema());
    assertThatThrownBy(() -> whitening("pca").setK(3).fit(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Column 'features' holds vectors of 100,000 numbers, but the covariances of ");
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
