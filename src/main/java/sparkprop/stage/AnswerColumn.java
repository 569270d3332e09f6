package sparkprop.stage;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkprop.cluster.Packed;
import sparkprop.data.Columns;
import sparkprop.nn.Scorer;

/**
 * The one column that a regression or an encoder adds: what the network answers, a number or a
 * vector. It is one projection; the weights reach executors by one broadcast.
 *
 * @param features name of the vector column
 * @param answer of the column that is added; one named "" is not
 */
public record AnswerColumn(String features, StructField answer) {

  /**
   * Schema of the result.
   *
   * @throws IllegalArgumentException if there is a column of that name already
   */
  public StructType addTo(StructType schema) {
    return NewColumns.add(schema, answer);
  }

  /** Adds what a network of one output answers, a double. */
  public Dataset<Row> numbers(Dataset<?> rows, Broadcast<Packed<Scorer>> scorer) {
    return with(rows, row -> VectorScoring.answer(scorer.value().value(), row)[0]);
  }

  /** Adds what a network answers, a vector. */
  public Dataset<Row> vectors(Dataset<?> rows, Broadcast<Packed<Scorer>> scorer) {
    return with(rows, row -> Vectors.dense(VectorScoring.answer(scorer.value().value(), row)));
  }

  private Dataset<Row> with(Dataset<?> rows, UDF1<Vector, ?> function) {
    StructType schema = addTo(rows.schema());
    if (answer.name().isEmpty()) {
      return rows.toDF();
    }
    DataType type = answer.dataType();
    return NewColumns.with(
        rows,
        answer.name(),
        schema,
        functions.udf(function, type).apply(Columns.column(rows, features)));
  }
}
