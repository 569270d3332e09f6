package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkprop.testing.SharedSpark;

@ExtendWith(SharedSpark.class)
class ScanTest {
  private final SparkSession spark;

  ScanTest(SparkSession spark) {
    this.spark = spark;
  }

  private static DataSummary scan(Dataset<Row> data, Columns columns) throws InterruptedException {
    return Frames.planned(data, columns, ValidationDraw.NONE).scan();
  }

  private static Row validating(double feature, double label, double weight) {
    return RowFactory.create(Vectors.dense(feature), label, weight, true);
  }

  @Test
  void countsByPartitionAndDescribesTrainingRowsOnly() throws InterruptedException {
    Dataset<Row> data =
        Frames.of(
            spark,
            List.of(
                Frames.row(Vectors.dense(1), 2.0, 3.0),
                Frames.row(Vectors.dense(5), 0.0, 1.0),
                validating(1000, 7, 2)),
            List.of(),
            List.of(
                Frames.row(Vectors.dense(77), 1.0, 0.0),
                Frames.row(Vectors.sparse(1, new int[0], new double[0]), 1.0, 4.0)));
    DataSummary summary = scan(data, Frames.ALL);

    assertThat(summary.trainingRowsByPartition()).containsExactly(2, 0, 1);
    assertThat(summary.validationRowsByPartition()).containsExactly(1, 0, 0);
    assertThat(summary.partitions())
        .extracting(PartitionSummary::droppedRows)
        .containsExactly(0L, 0L, 1L);
    assertThat(summary.numFeatures()).isEqualTo(1);
    assertThat(summary.nonZeros()).isEqualTo(2);
    assertThat(summary.means()[0]).isCloseTo(1.0, within(1e-15)); // (3 * 1 + 1 * 5 + 4 * 0) / 8
    assertThat(summary.deviations()[0]).isCloseTo(Math.sqrt(2.5), within(1e-15));
    assertThat(summary.trainingLabels().min()).isEqualTo(0);
    assertThat(summary.trainingLabels().max()).isEqualTo(2);
    assertThat(summary.validationLabels().max()).isEqualTo(7);
  }

  @Test
  void rowsOfWeightZeroAreDroppedBeforeTheirValuesAreLookedAt() throws InterruptedException {
    Dataset<Row> data =
        Frames.of(
            spark,
            List.of(
                RowFactory.create(null, Double.NaN, 0.0, null),
                Frames.row(Vectors.dense(Double.NaN, 1), -3.5, -0.0),
                Frames.row(Vectors.dense(2), 1.0, 1.0),
                validating(3, 1, 1)));
    DataSummary summary = scan(data, Frames.ALL);
    assertThat(summary.trainingRows()).isEqualTo(1);
    assertThat(summary.numFeatures()).isEqualTo(1);
    assertThat(summary.trainingLabels().noClasses().count()).isZero();
  }

  @Test
  void encodingHasNoEffect() throws InterruptedException {
    double[][] rows = {{1, 0, 0}, {0, 0, 2}, {0, -0.0, 0}, {3, 4, 0}};
    List<Row> dense = new java.util.ArrayList<>();
    List<Row> mixed = new java.util.ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      dense.add(Frames.row(Vectors.dense(rows[i]), 0.0, 1.0));
      mixed.add(
          Frames.row(
              i % 2 == 0 ? Vectors.dense(rows[i]).toSparse() : Vectors.dense(rows[i]), 0.0, 1.0));
    }
    // An explicit zero in a sparse vector is no content either.
    mixed.set(2, Frames.row(Vectors.sparse(3, new int[] {1}, new double[] {0}), 0.0, 1.0));
    DataSummary one = scan(Frames.of(spark, dense), Frames.PLAIN);
    DataSummary other = scan(Frames.of(spark, mixed), Frames.PLAIN);
    assertThat(other.means()).containsExactly(one.means());
    assertThat(other.deviations()).containsExactly(one.deviations());
    assertThat(other.nonZeros()).isEqualTo(one.nonZeros()).isEqualTo(4);
    assertThat(other.partitions()).isEqualTo(one.partitions());
  }

  @Test
  void sparseBelowADensityOfOneThird() throws InterruptedException {
    Row third = Frames.row(Vectors.dense(1, 0, 0), 0.0, 1.0);
    Row less = Frames.row(Vectors.dense(0, 0, 0), 1.0, 1.0);
    assertThat(scan(Frames.of(spark, List.of(third, third)), Frames.PLAIN).sparse()).isFalse();
    assertThat(scan(Frames.of(spark, List.of(third, less)), Frames.PLAIN).sparse()).isTrue();
  }

  @Test
  void deviationRatioLeavesConstantColumnsOut() throws InterruptedException {
    Dataset<Row> data =
        Frames.of(
            spark,
            List.of(
                Frames.row(Vectors.dense(0, 5, 0), 0.0, 1.0),
                Frames.row(Vectors.dense(1, 5, 3000), 0.0, 1.0)));
    assertThat(scan(data, Frames.PLAIN).deviationRatio()).isCloseTo(3000, within(1e-9));
    assertThat(scan(Frames.counting(spark, 1), Frames.PLAIN).deviationRatio()).isEqualTo(1);
  }

  @Test
  void drawDependsOnTheRowsNumberAlone() throws InterruptedException {
    ValidationDraw draw = new ValidationDraw(0.3, 5);
    DataSummary one = Frames.planned(Frames.counting(spark, 1000), Frames.PLAIN, draw).scan();
    DataSummary split =
        Frames.planned(Frames.counting(spark, 100, 0, 900), Frames.PLAIN, draw).scan();
    assertThat(one.validationRows()).isBetween(250L, 350L).isEqualTo(split.validationRows());
    assertThat(split.means()[0]).isCloseTo(one.means()[0], within(1e-9));
    assertThat(one.trainingRows() + one.validationRows()).isEqualTo(1000);

    ValidationDraw other = new ValidationDraw(0.3, 6);
    DataSummary reseeded = Frames.planned(Frames.counting(spark, 1000), Frames.PLAIN, other).scan();
    assertThat(reseeded.means()[0]).isNotEqualTo(one.means()[0]);
  }

  @Test
  void twoScansGiveTheSameBits() throws InterruptedException {
    Dataset<Row> data =
        Frames.counting(spark, 3, 50, 0, 7, 19, 4, 1, 2, 11, 8, 5, 4, 3, 2, 1, 9, 10, 30)
            .selectExpr("features", "label", "rand(3) + 0.1 as weight", "validates");
    DataSummary one = scan(data, Frames.WEIGHTED);
    DataSummary other = scan(data, Frames.WEIGHTED);
    assertThat(other.means()).containsExactly(one.means());
    assertThat(other.deviations()).containsExactly(one.deviations());
    assertThat(other.partitions()).isEqualTo(one.partitions());
  }
}
