package sparkprop.classification;

import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;
import sparkprop.nn.Scorer;

/** Scores Spark's vectors: doubles become float32, sparse vectors stay sparse. */
final class VectorScoring {
  private VectorScoring() {}

  /**
   * The raw outputs of a row.
   *
   * @throws IllegalArgumentException if there is no vector, or one of another size
   */
  static Vector raw(Scorer scorer, @Nullable Vector features) {
    if (features == null) {
      throw new IllegalArgumentException(
          "The features of a row are null: drop such rows, or fill them in, before transform.");
    }
    return Vectors.dense(
        features instanceof SparseVector sparse
            ? scorer.raw(sparse.size(), sparse.indices(), floats(sparse.values()))
            : scorer.raw(floats(features.toArray())));
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
