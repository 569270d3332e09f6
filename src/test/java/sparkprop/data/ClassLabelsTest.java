package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sparkprop.testing.SharedSpark;

@ExtendWith(SharedSpark.class)
class ClassLabelsTest {
  private final SparkSession spark;

  ClassLabelsTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> labelled(double... labels) {
    return Frames.of(
        spark,
        List.of(
            DoubleStream.of(labels).mapToObj(label -> Frames.row(1, label)).toArray(Row[]::new)));
  }

  private static Dataset<Row> declaring(Dataset<Row> data, int classes) {
    return data.withColumn(
        "label",
        data.col("label")
            .as("label", NominalAttribute.defaultAttr().withNumValues(classes).toMetadata()));
  }

  private static ClassLabels classes(Dataset<Row> data) throws InterruptedException {
    DataSummary summary = Frames.planned(data, Frames.ALL, ValidationDraw.NONE).scan();
    return ClassLabels.of(data.schema(), "label", summary);
  }

  private Dataset<Row> withValidation(Dataset<Row> data, double validationLabel)
      throws InterruptedException {
    return data.union(
        Frames.of(spark, List.of(RowFactory.create(Vectors.dense(1), validationLabel, 1.0, true))));
  }

  private void refuses(Dataset<Row> data, String message) throws InterruptedException {
    assertThatThrownBy(() -> classes(withValidation(data, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void countsFromTheLabels() throws InterruptedException {
    assertThat(classes(withValidation(labelled(0, 3), 0))).isEqualTo(new ClassLabels(4, List.of()));
    assertThat(classes(withValidation(labelled(0, 3), 5)).numClasses()).isEqualTo(6);
  }

  @Test
  void countsAndNamesFromTheMetadata() throws InterruptedException {
    Dataset<Row> data = withValidation(labelled(0, 1), 0);
    assertThat(classes(declaring(data, 7))).isEqualTo(new ClassLabels(7, List.of()));

    Dataset<Row> indexed =
        new StringIndexer()
            .setInputCol("name")
            .setOutputCol("label")
            .fit(data.selectExpr("if(label = 0, 'ape', 'bee') as name"))
            .transform(
                data.selectExpr(
                    "features", "if(label = 0, 'ape', 'bee') as name", "weight", "validates"));
    assertThat(classes(indexed)).isEqualTo(new ClassLabels(2, List.of("ape", "bee")));
  }

  @Test
  void labelsThatAreNoClasses() throws InterruptedException {
    refuses(
        labelled(0, -1, 0.5),
        "Column 'label' holds 2 labels that are negative or fractional, such as -1.0 in row 1 of"
            + " partition 0; class labels are whole numbers from 0, as StringIndexer makes them.");
    refuses(
        declaring(labelled(0, 1, 5), 3),
        "Column 'label' holds the label 5.0, but its metadata names 3 classes, 0 to 2; number the"
            + " labels anew with a StringIndexer that is fitted to all rows.");
    refuses(
        labelled(0, 1e7),
        "Column 'label' holds the label 1.0E7, which would mean more than 65536 classes; number the"
            + " classes from 0 with StringIndexer.");
    refuses(
        labelled(2, 2),
        "All 2 training rows have the label 2.0 in column 'label'; a classifier needs rows of at least"
            + " two classes.");
  }
}
