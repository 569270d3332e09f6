package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkprop.testing.SharedSpark;

/** Every way an input can be wrong, and the sentence that says so. */
@ExtendWith(SharedSpark.class)
class BadInputTest {
  private static final Row GOOD = Frames.row(Vectors.dense(1, 2), 1.0, 1.0);

  private final SparkSession spark;

  BadInputTest(SparkSession spark) {
    this.spark = spark;
  }

  private static void refuses(Dataset<?> data, Columns columns, ValidationDraw draw, String message)
      throws InterruptedException {
    assertThatThrownBy(() -> Frames.planned(data, columns, draw).scan())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private void refuses(String message, Columns columns, Row... rows) throws InterruptedException {
    refuses(Frames.of(spark, List.of(GOOD), List.of(rows)), columns, ValidationDraw.NONE, message);
  }

  private static String one(String example) {
    return "The input has 1 row with a null, NaN or infinite value or a negative weight, the first in"
        + " row 0 of partition 1, where column "
        + example
        + "; drop or mend such rows before fit.";
  }

  @Test
  void badValues() throws InterruptedException {
    Columns plain = Frames.PLAIN;
    Columns weighted = Frames.WEIGHTED;
    refuses(one("'features' holds null"), plain, Frames.row(null, 1.0, 1.0));
    refuses(
        one("'features' holds NaN at index 1"),
        plain,
        Frames.row(Vectors.dense(1, Double.NaN), 1.0, 1.0));
    refuses(
        one("'features' holds -Infinity at index 0"),
        plain,
        Frames.row(
            Vectors.sparse(2, new int[] {0}, new double[] {Double.NEGATIVE_INFINITY}), 1.0, 1.0));
    refuses(
        one("'features' holds 1.0E300 at index 0"),
        plain,
        Frames.row(Vectors.dense(1e300, 0), 1.0, 1.0));
    refuses(one("'label' holds null"), plain, Frames.row(Vectors.dense(1, 2), null, 1.0));
    refuses(one("'label' holds NaN"), plain, Frames.row(Vectors.dense(1, 2), Double.NaN, 1.0));
    refuses(one("'weight' holds null"), weighted, Frames.row(Vectors.dense(1, 2), 1.0, null));
    refuses(one("'weight' holds NaN"), weighted, Frames.row(Vectors.dense(1, 2), 1.0, Double.NaN));
    refuses(
        one("'weight' holds Infinity"),
        weighted,
        Frames.row(Vectors.dense(1, 2), 1.0, Double.POSITIVE_INFINITY));
    refuses(one("'weight' holds -1.0E-60"), weighted, Frames.row(Vectors.dense(1, 2), 1.0, -1e-60));
    refuses(
        one("'validates' holds null"),
        Frames.ALL,
        RowFactory.create(Vectors.dense(1, 2), 1.0, 1.0, null));
  }

  @Test
  void countsAllBadRowsAndShowsTheFirst() throws InterruptedException {
    Row bad = Frames.row(Vectors.dense(Double.NaN, 0), 1.0, -1.0);
    Row worse = Frames.row(null, null, null);
    refuses(
        Frames.of(spark, List.of(GOOD, GOOD, bad), List.of(worse), List.of(GOOD, bad)),
        Frames.WEIGHTED,
        ValidationDraw.NONE,
        "The input has 3 rows with a null, NaN or infinite value or a negative weight, the first in"
            + " row 2 of partition 0, where column 'features' holds NaN at index 0; drop or mend such"
            + " rows before fit.");
  }

  @Test
  void vectorsOfUnequalSize() throws InterruptedException {
    Row other = Frames.row(Vectors.dense(1, 2, 3), 1.0, 1.0);
    String message =
        "Column 'features' holds vectors of unequal size, 2 in row 0 of partition 0 but 3 in row %d of"
            + " partition %d; every row needs a vector of the same size.";
    refuses(message.formatted(1, 1), Frames.PLAIN, GOOD, other, GOOD, other);
    refuses(
        Frames.of(spark, List.of(GOOD), List.of(), List.of(other, GOOD), List.of(GOOD)),
        Frames.PLAIN,
        ValidationDraw.NONE,
        message.formatted(0, 2));
    refuses(
        Frames.of(spark, List.of(Frames.row(Vectors.dense(new double[0]), 1.0, 1.0))),
        Frames.PLAIN,
        ValidationDraw.NONE,
        "Column 'features' holds vectors without entries; a network needs at least one number.");
  }

  @Test
  void nothingToTrainOrValidateOn() throws InterruptedException {
    Row weightless = Frames.row(Vectors.dense(1, 2), 1.0, 0.0);
    Row validating = RowFactory.create(Vectors.dense(1, 2), 1.0, 1.0, true);
    ValidationDraw none = ValidationDraw.NONE;
    refuses(
        Frames.of(spark, List.of(), List.of()),
        Frames.PLAIN,
        none,
        "The input has no rows; there is nothing to train on.");
    refuses(
        spark.emptyDataFrame().sparkSession().createDataFrame(List.of(), Frames.SCHEMA),
        Frames.PLAIN,
        none,
        "The input has no rows; there is nothing to train on.");
    refuses(
        Frames.of(spark, List.of(weightless), List.of(weightless)),
        Frames.WEIGHTED,
        none,
        "All 2 rows weigh 0 in column 'weight'; at least one training row needs a weight above 0.");
    refuses(
        Frames.of(spark, List.of(validating, weightless)),
        Frames.ALL,
        none,
        "There are no training rows: all 1 rows validate, as validationIndicatorCol = 'validates'"
            + " says; lower the fraction, or mark the rows that train with false.");
    refuses(
        Frames.of(spark, List.of(GOOD, GOOD)),
        Frames.ALL,
        none,
        "There are no validation rows: none of 2 rows validates, as validationIndicatorCol ="
            + " 'validates' says; raise the fraction, or mark the rows that validate with true.");
    refuses(
        Frames.of(spark, List.of(GOOD)),
        Frames.PLAIN,
        new ValidationDraw(1e-12, 1),
        "There are no validation rows: none of 1 rows validates, as validationFraction = 1.0E-12"
            + " says; raise the fraction, or mark the rows that validate with true.");
  }

  @Test
  void settingsThatContradict() throws InterruptedException {
    Dataset<Row> data = Frames.of(spark, List.of(GOOD));
    refuses(
        data,
        Frames.ALL,
        new ValidationDraw(0.5, 1),
        "validationIndicatorCol is 'validates' and validationFraction is 0.5: set one of them, since"
            + " either alone says which rows validate.");
    assertThatThrownBy(() -> new ValidationDraw(1, 1))
        .hasMessage("validationFraction is 1.0; it must be at least 0 and below 1.");
  }

  @Test
  void missingOrMistypedColumns() throws InterruptedException {
    Dataset<Row> data = Frames.of(spark, List.of(GOOD)).withColumnRenamed("label", "class.name");
    ValidationDraw none = ValidationDraw.NONE;
    refuses(
        data,
        Frames.PLAIN,
        none,
        "There is no column 'label' (Param labelCol); the columns are features, class.name, weight,"
            + " validates.");
    refuses(
        data,
        new Columns("weight", "class.name", false, null, null),
        none,
        "Column 'weight' (Param featuresCol) must be a vector, but is of type double;"
            + " VectorAssembler makes vectors of numbers.");
    refuses(
        data,
        new Columns("features", "features", false, null, null),
        none,
        "Column 'features' (Param labelCol) must be numeric, but is of type vector; cast it,"
            + " or let StringIndexer number strings.");
    refuses(
        data,
        new Columns("features", "class.name", false, "validates", null),
        none,
        "Column 'validates' (Param weightCol) must be numeric, but is of type boolean;"
            + " cast it to double.");
    refuses(
        data,
        new Columns("features", "class.name", false, null, "weight"),
        none,
        "Column 'weight' (Param validationIndicatorCol) must be boolean, but is of type double;"
            + " cast it, or make it by a comparison.");
    // A name with a dot in it, and a path into a struct, are found.
    Frames.planned(data, new Columns("features", "class.name", false, null, null), none).scan();
    Frames.planned(
            data.selectExpr("features", "named_struct('y', weight) as s"),
            new Columns("features", "s.y", false, null, null),
            none)
        .scan();
  }
}
