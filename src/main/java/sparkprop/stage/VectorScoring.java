package sparkprop.stage;

import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import sparkprop.data.Columns;
import sparkprop.nn.Scorer;

/** Scores Spark's vectors: doubles become float32, sparse vectors stay sparse. */
public final class VectorScoring {
  private VectorScoring() {}

  /**
   * The raw outputs of a row.
   *
   * @throws IllegalArgumentException if there is no vector, or one of another size
   */
  public static Vector raw(Scorer scorer, @Nullable Vector features) {
    if (features == null) {
      throw new IllegalArgumentException(
          "The features of a row are null: drop such rows, or fill them in, before transform.");
    }
    return Vectors.dense(
        features instanceof SparseVector sparse
            ? scorer.raw(sparse.size(), sparse.indices(), floats(sparse.values()))
            : scorer.raw(floats(features.toArray())));
  }

  /**
   * The final answer for a row: a regression's values.
   *
   * @return all NaN if a feature is NaN or a raw output or value would not be finite
   * @throws IllegalArgumentException if there is no vector, or one of another size
   */
  public static double[] answer(Scorer scorer, @Nullable Vector features) {
    return scorer.answer(raw(scorer, features).toArray());
  }

  /**
   * Checks a model's features, which must be vectors of the network's size, where the metadata says
   * of which.
   *
   * @param column the model's Param that names them
   * @throws IllegalArgumentException if there is no such column, or it holds other things
   */
  public static void check(StructType schema, Params model, Param<String> column, int numFeatures) {
    String name = model.getOrDefault(column);
    int size = AttributeGroup.fromStructField(Columns.vectors(schema, name, column.name())).size();
    if (size >= 0 && size != numFeatures) {
      throw new IllegalArgumentException(
          "Column '%s' holds vectors of %d features, but %s expects %d."
              .formatted(name, size, model.uid(), numFeatures));
    }
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
