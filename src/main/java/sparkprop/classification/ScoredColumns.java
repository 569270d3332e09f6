package sparkprop.classification;

import java.util.List;
import java.util.UUID;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.ProbabilisticClassifierParams;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkprop.cluster.Packed;
import sparkprop.data.Columns;
import sparkprop.nn.Scorer;
import sparkprop.stage.NewColumns;
import sparkprop.stage.VectorScoring;

/**
 * The columns a classifier adds. The network runs once a row, for the raw outputs; probabilities
 * and the class follow from those. Where no raw column is wanted, there is one for the time being.
 *
 * @param features name of the vector column
 * @param raw name of the column of raw outputs, "" for none
 * @param probability name of the column of probabilities, "" for none
 * @param prediction name of the column of classes, "" for none
 */
record ScoredColumns(String features, String raw, String probability, String prediction) {

  /** The columns that a stage's Params name. */
  static ScoredColumns of(ProbabilisticClassifierParams stage) {
    return new ScoredColumns(
        stage.getFeaturesCol(),
        stage.getRawPredictionCol(),
        stage.getProbabilityCol(),
        stage.getPredictionCol());
  }

  /** A schema and the columns to come, of which the classes are not known yet. */
  StructType addTo(StructType schema) {
    return addTo(schema, Metadata.empty(), Metadata.empty());
  }

  /**
   * A schema and the columns to come, with metadata that says how many classes there are, and what
   * they are called.
   */
  StructType addTo(StructType schema, int numClasses, List<String> classNames) {
    NominalAttribute classes = NominalAttribute.defaultAttr();
    return addTo(
        schema,
        new AttributeGroup("classes", numClasses).toMetadata(),
        (classNames.isEmpty()
                ? classes.withNumValues(numClasses)
                : classes.withValues(classNames.toArray(new String[0])))
            .toMetadata());
  }

  private StructType addTo(StructType schema, Metadata ofVectors, Metadata ofClasses) {
    return NewColumns.add(
        schema,
        new StructField(raw, SQLDataTypes.VectorType(), true, ofVectors),
        new StructField(probability, SQLDataTypes.VectorType(), true, ofVectors),
        new StructField(prediction, DataTypes.DoubleType, true, ofClasses));
  }

  /**
   * Adds the columns.
   *
   * @param schema of the result, with the new columns' metadata
   */
  Dataset<Row> addTo(
      Dataset<?> rows,
      StructType schema,
      Broadcast<Packed<Scorer>> scorer,
      ClassDecision decision) {
    if (raw.isEmpty() && probability.isEmpty() && prediction.isEmpty()) {
      return rows.toDF();
    }
    String rawName = raw.isEmpty() ? "raw_" + UUID.randomUUID() : raw;
    DataType vector = SQLDataTypes.VectorType();
    UDF1<Vector, Vector> toRaw = row -> VectorScoring.raw(scorer.value().value(), row);
    UDF1<Vector, Vector> toProbabilities = decision::probabilities;
    UDF1<Vector, Double> toClass = decision::classOfRaw;
    Dataset<Row> result =
        NewColumns.with(
            rows, rawName, schema, apply(toRaw, vector, Columns.column(rows, features)));
    Column rawColumn = Columns.column(result, rawName);
    if (!probability.isEmpty()) {
      result =
          NewColumns.with(result, probability, schema, apply(toProbabilities, vector, rawColumn));
    }
    if (!prediction.isEmpty()) {
      result =
          NewColumns.with(
              result, prediction, schema, apply(toClass, DataTypes.DoubleType, rawColumn));
    }
    return raw.isEmpty() ? result.drop(rawName) : result;
  }

  private static Column apply(UDF1<Vector, ?> function, DataType type, Column argument) {
    return functions.udf(function, type).apply(argument);
  }
}
