package sparkprop.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a DataFrame that training reads.
 *
 * @param features a vector column
 * @param label a numeric column, or one of vectors
 * @param vectorLabel whether it is the latter
 * @param weight a numeric column, or null: every row weighs 1
 * @param validationIndicator a boolean column whose true rows validate, or null
 */
public record Columns(
    String features,
    String label,
    boolean vectorLabel,
    @Nullable String weight,
    @Nullable String validationIndicator)
    implements Serializable {

  /** Positions in the rows of {@link #select}. */
  static final int FEATURES = 0;

  static final int LABEL = 1;
  static final int WEIGHT = 2;
  static final int VALIDATES = 3;

  /**
   * Checks that the columns are there and of the right type.
   *
   * @throws IllegalArgumentException if one is missing or of another type
   */
  public void check(StructType schema) {
    requireVectors(schema, features, "featuresCol");
    if (vectorLabel) {
      requireVectors(schema, label, "labelCol");
    } else {
      require(
          schema,
          label,
          "labelCol",
          "numeric",
          NumericType.class::isInstance,
          "cast it, or let StringIndexer number strings");
    }
    if (weight != null) {
      weights(schema, weight);
    }
    if (validationIndicator != null) {
      require(
          schema,
          validationIndicator,
          "validationIndicatorCol",
          "boolean",
          BooleanType.class::isInstance,
          "cast it, or make it by a comparison");
    }
  }

  /**
   * The field of a column of vectors.
   *
   * @param param that names the column
   * @throws IllegalArgumentException if there is none, or it is of another type
   */
  public static StructField vectors(StructType schema, String name, String param) {
    requireVectors(schema, name, param);
    return field(schema, name, param);
  }

  /**
   * Checks a column of row weights.
   *
   * @throws IllegalArgumentException if there is none, or it is not numeric
   */
  public static void weights(StructType schema, String name) {
    require(
        schema, name, "weightCol", "numeric", NumericType.class::isInstance, "cast it to double");
  }

  /**
   * The column's field, with its metadata.
   *
   * @param name a column's name, or a path with dots into a struct column
   * @throws IllegalArgumentException if there is none
   */
  static StructField field(StructType schema, String name, String param) {
    for (StructField field : schema.fields()) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    int dot = name.indexOf('.');
    if (dot > 0 && Arrays.asList(schema.fieldNames()).contains(name.substring(0, dot))) {
      DataType outer = schema.apply(name.substring(0, dot)).dataType();
      if (outer instanceof StructType struct) {
        return field(struct, name.substring(dot + 1), param);
      }
    }
    throw new IllegalArgumentException(
        "There is no column '%s' (Param %s); the columns are %s."
            .formatted(name, param, String.join(", ", schema.fieldNames())));
  }

  /** The rows as (features, label, weight, validates), numbers as doubles. */
  Dataset<Row> select(Dataset<?> dataset) {
    check(dataset.schema());
    Column weights =
        weight == null ? functions.lit(1.0) : column(dataset, weight).cast(DataTypes.DoubleType);
    Column validates =
        validationIndicator == null ? functions.lit(false) : column(dataset, validationIndicator);
    Column labels = column(dataset, label);
    return dataset.select(
        column(dataset, features),
        vectorLabel ? labels : labels.cast(DataTypes.DoubleType),
        weights,
        validates);
  }

  /** A column whose own name has a dot in it must be quoted, a path into a struct must not. */
  public static Column column(Dataset<?> dataset, String name) {
    boolean own = Arrays.asList(dataset.columns()).contains(name);
    return dataset.col(own ? "`" + name.replace("`", "``") + "`" : name);
  }

  private static void requireVectors(StructType schema, String name, String param) {
    require(
        schema,
        name,
        param,
        "a vector",
        SQLDataTypes.VectorType()::equals,
        "VectorAssembler makes vectors of numbers");
  }

  private static void require(
      StructType schema,
      String name,
      String param,
      String expected,
      Predicate<DataType> fits,
      String remedy) {
    DataType type = field(schema, name, param).dataType();
    if (!fits.test(type)) {
      throw new IllegalArgumentException(
          "Column '%s' (Param %s) must be %s, but is of type %s; %s."
              .formatted(name, param, expected, type.typeName(), remedy));
    }
  }
}
