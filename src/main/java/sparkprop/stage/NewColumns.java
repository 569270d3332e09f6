package sparkprop.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns that a model adds to those there are. */
public final class NewColumns {
  private NewColumns() {}

  /**
   * A schema with these columns added.
   *
   * @param columns those named "" are left out
   * @throws IllegalArgumentException if there is a column of that name
   */
  public static StructType add(StructType schema, StructField... columns) {
    List<StructField> fields = new ArrayList<>(Arrays.asList(schema.fields()));
    for (StructField column : columns) {
      if (column.name().isEmpty()) {
        continue;
      }
      if (fields.stream().anyMatch(field -> field.name().equals(column.name()))) {
        throw new IllegalArgumentException(
            "There is a column '%s' already: drop it, or give the new one another name or none."
                .formatted(column.name()));
      }
      fields.add(column);
    }
    return new StructType(fields.toArray(new StructField[0]));
  }

  /**
   * Rows with a column more.
   *
   * @param schema says which metadata it has, if it is named there
   */
  public static Dataset<Row> with(Dataset<?> rows, String name, StructType schema, Column column) {
    boolean announced = Arrays.asList(schema.fieldNames()).contains(name);
    Metadata metadata = announced ? schema.apply(name).metadata() : Metadata.empty();
    return rows.withColumn(name, column.as(name, metadata));
  }
}
