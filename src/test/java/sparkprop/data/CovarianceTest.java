package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkprop.testing.SharedSpark;

@ExtendWith(SharedSpark.class)
class CovarianceTest {
  private final SparkSession spark;

  CovarianceTest(SparkSession spark) {
    this.spark = spark;
  }

  private static double[] of(Dataset<Row> rows) throws InterruptedException {
    PlannedInput input = Frames.planned(rows, Frames.PLAIN, ValidationDraw.NONE);
    return Covariance.of(input, input.scan());
  }

  @Test
  void isThatOfASampleWhateverTheEncodingAndWithEmptyPartitions() throws InterruptedException {
    Random random = new Random(1);
    List<Row> dense = new ArrayList<>();
    List<Row> sparse = new ArrayList<>();
    double[][] x = new double[40][3];
    for (double[] row : x) {
      row[0] = random.nextGaussian();
      row[1] = random.nextInt(2);
      row[2] = 7 + row[0] - row[1];
      Vector vector = Vectors.dense(row);
      dense.add(Frames.row(vector, 1.0, 1.0));
      sparse.add(Frames.row(vector.toSparse(), 1.0, 1.0));
    }
    double[] found =
        of(
            Frames.of(
                spark, List.of(List.of(), dense.subList(0, 30), List.of(), dense.subList(30, 40))));
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i <= j; i++) {
        assertThat(found[j * (j + 1) / 2 + i]).isCloseTo(byHand(x, i, j), within(1e-14));
      }
    }
    assertThat(
            of(
                Frames.of(
                    spark,
                    List.of(List.of(), sparse.subList(0, 30), List.of(), sparse.subList(30, 40)))))
        .isEqualTo(found);
  }

  private static double byHand(double[][] x, int i, int j) {
    double meanI = 0;
    double meanJ = 0;
    for (double[] row : x) {
      meanI += row[i] / x.length;
      meanJ += row[j] / x.length;
    }
    double sum = 0;
    for (double[] row : x) {
      sum += (row[i] - meanI) * (row[j] - meanJ);
    }
    return sum / (x.length - 1);
  }

  @Test
  void inputThatChangesAfterTheScanIsNoticed() throws InterruptedException {
    List<Row> rows = Frames.count(0, 20);
    PlannedInput scanned =
        Frames.planned(Frames.of(spark, List.of(rows)), Frames.PLAIN, ValidationDraw.NONE);
    PlannedInput changed =
        Frames.planned(
            Frames.of(spark, List.of(Frames.count(1, 20))), Frames.PLAIN, ValidationDraw.NONE);
    DataSummary summary = scanned.scan();
    assertThatThrownBy(() -> Covariance.of(changed, summary))
        .isInstanceOf(ChangedInputException.class)
        .hasMessageStartingWith("Partition 0 of the input held other rows");
  }
}
