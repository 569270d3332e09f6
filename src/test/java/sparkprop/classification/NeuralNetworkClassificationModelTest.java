package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import sparkprop.testing.Clouds;

class NeuralNetworkClassificationModelTest {
  private static final Dataset<Row> ROWS = Clouds.of(120, 3);
  private static final NeuralNetworkClassificationModel MODEL =
      new NeuralNetworkClassifier()
          .setNetwork("dense(8) batchNorm relu")
          .setBatchSize(40)
          .setMaxIter(3)
          .fit(ROWS);

  private final NeuralNetworkClassificationModel model = MODEL.copy(new ParamMap());

  @Test
  void transformPredictsAsTheMethodsDo() {
    for (Row row : model.transform(ROWS).collectAsList()) {
      Vector features = row.getAs("features");
      assertThat(row.<Vector>getAs("rawPrediction")).isEqualTo(model.predictRaw(features));
      assertThat(row.<Vector>getAs("probability")).isEqualTo(model.predictProbability(features));
      assertThat(row.<Double>getAs("prediction")).isEqualTo(model.predict(features));
    }
  }

  /** Zeros anywhere, so that a value taken for its neighbour's would be seen. */
  @Test
  void sparseVectorsScoreLikeDenseOnes() {
    for (int zeros = 0; zeros < 16; zeros++) {
      double[] values = {3.5, -2.25, 1.5, -0.75};
      for (int i = 0; i < values.length; i++) {
        values[i] = (zeros >> i & 1) == 1 ? 0 : values[i];
      }
      Vector dense = Vectors.dense(values);
      Vector sparse = dense.toSparse();
      assertThat(sparse.numActives()).isEqualTo(4 - Integer.bitCount(zeros));
      assertThat(model.predictRaw(sparse).toArray())
          .containsExactly(
              model.predictRaw(dense).toArray(), org.assertj.core.data.Offset.offset(1e-5));
    }
  }

  /** Every choice of columns, and the prediction is the same in all of them. */
  @Test
  void columnsWithAnEmptyNameAreLeftOut() {
    List<Double> expected = predictions(model.transform(ROWS));
    for (int wanted = 0; wanted < 8; wanted++) {
      String raw = (wanted & 1) != 0 ? "r" : "";
      String probability = (wanted & 2) != 0 ? "q" : "";
      String prediction = (wanted & 4) != 0 ? "prediction" : "";
      Dataset<Row> scored =
          model
              .copy(new ParamMap())
              .setRawPredictionCol(raw)
              .setProbabilityCol(probability)
              .setPredictionCol(prediction)
              .transform(ROWS);
      List<String> added = List.of(scored.columns()).subList(4, scored.columns().length);
      assertThat(added)
          .containsExactly(
              List.of(raw, probability, prediction).stream()
                  .filter(name -> !name.isEmpty())
                  .toArray(String[]::new));
      if (!prediction.isEmpty()) {
        assertThat(predictions(scored)).isEqualTo(expected);
      }
    }
  }

  @Test
  void anInputColumnMayHaveAnEmptyName() {
    Dataset<Row> scored =
        model.setRawPredictionCol("").transform(ROWS.withColumn("", functions.lit(1)));
    assertThat(scored.columns()).endsWith("validates", "", "probability", "prediction");
    assertThat(predictions(scored)).isEqualTo(predictions(MODEL.transform(ROWS)));
  }

  private static List<Double> predictions(Dataset<Row> scored) {
    return scored.select("prediction").collectAsList().stream().map(r -> r.getDouble(0)).toList();
  }

  @Test
  void columnsSayWhatIsInThem() {
    var schema = model.transform(ROWS).schema();
    assertThat(AttributeGroup.fromStructField(schema.apply("rawPrediction")).size()).isEqualTo(3);
    assertThat(AttributeGroup.fromStructField(schema.apply("probability")).size()).isEqualTo(3);
    assertThat(schema.apply("prediction").metadata().json()).contains("\"num_vals\":3");
    assertThat(model.transformSchema(ROWS.schema()).fieldNames()).isEqualTo(schema.fieldNames());
  }

  /** The network is the expensive part: it must not run once for each column. */
  @Test
  void theNetworkRunsOnceARow() {
    String plan = model.transform(ROWS).queryExecution().optimizedPlan().toString();
    assertThat(plan.split("UDF\\(features", -1)).hasSize(2);
  }

  /** A closure with the weights in it would be sent with every task. */
  @Test
  void weightsTravelByBroadcastOnly() throws Exception {
    NeuralNetworkClassificationModel wide =
        new NeuralNetworkClassifier()
            .setHiddenLayers(new int[] {20_000})
            .setMaxIter(0)
            .fit(Clouds.of(10, 2));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(wide.transform(ROWS).queryExecution().executedPlan());
    }
    assertThat(wide.numParameters()).isEqualTo(140_002);
    assertThat(bytes.size()).isLessThan(200_000);
  }

  @Test
  void thresholdsFavourClassesAsInSpark() {
    Vector features = Vectors.dense(3, 0, 0, 0);
    Vector p = model.predictProbability(features);
    assertThat(model.predict(features)).isEqualTo(p.argmax());
    model.setThresholds(new double[] {1e6, 1, 1e-6});
    assertThat(model.predict(features)).isEqualTo(2);
    assertThat(model.probability2prediction(p)).isEqualTo(2);
    model.setThresholds(new double[] {1, 0, 1});
    assertThat(model.predict(features)).isEqualTo(1);
    // A class of probability 0 does not win by a threshold of 0.
    assertThat(model.probability2prediction(Vectors.dense(0.4, 0, 0.6))).isEqualTo(2);
    Dataset<Row> scored = model.transform(ROWS);
    assertThat(predictions(scored)).containsOnly(1.0);
  }

  @Test
  void refusesAsManyThresholdsAsThereAreNoClasses() {
    model.set(model.thresholds(), new double[] {0.5, 0.5});
    assertThatThrownBy(() -> model.transform(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "thresholds has 2 numbers, but %s has 3 classes: set a number for each class, or clear"
                + " thresholds.",
            model.uid());
  }

  /** Relu would map NaN to 0, and a row of which nothing is known would get a class. */
  @Test
  void nanFeaturesAreNoClass() {
    Dataset<Row> rows =
        Clouds.of(
            List.of(
                RowFactory.create(Vectors.dense(1, Double.NaN, 0, 0), 0.0, 1.0, false),
                RowFactory.create(
                    Vectors.sparse(4, new int[] {2}, new double[] {Double.NaN}), 0.0, 1.0, false),
                RowFactory.create(Vectors.dense(1, 1, 0, 0), 0.0, 1.0, false)),
            1);
    List<Row> scored = model.transform(rows).collectAsList();
    for (Row row : scored.subList(0, 2)) {
      assertThat(row.<Vector>getAs("rawPrediction").toArray()).containsOnly(Double.NaN);
      assertThat(row.<Vector>getAs("probability").toArray()).containsOnly(Double.NaN);
      assertThat(row.<Double>getAs("prediction")).isNaN();
    }
    assertThat(scored.get(2).<Double>getAs("prediction")).isNotNaN();
    model.setThresholds(new double[] {0.2, 0.3, 0.5});
    assertThat(model.transform(rows).first().<Double>getAs("prediction")).isNaN();
  }

  /** In float32 1e300 is infinite. */
  @Test
  void outputsThatAreNotFiniteAreNoClass() {
    NeuralNetworkClassificationModel linear =
        new NeuralNetworkClassifier().setHiddenLayers(new int[0]).setMaxIter(1).fit(ROWS);
    for (double beyond : new double[] {1e300, -1e300, Double.POSITIVE_INFINITY}) {
      Row scored =
          linear
              .transform(
                  Clouds.of(
                      List.of(RowFactory.create(Vectors.dense(1, beyond, 0, 0), 0.0, 1.0, false)),
                      1))
              .first();
      assertThat(scored.<Vector>getAs("rawPrediction").toArray()).containsOnly(Double.NaN);
      assertThat(scored.<Vector>getAs("probability").toArray()).containsOnly(Double.NaN);
      assertThat(scored.<Double>getAs("prediction")).isNaN();
    }
    Vector infinite = Vectors.dense(1, Double.POSITIVE_INFINITY, 0);
    assertThat(linear.raw2prediction(infinite)).isNaN();
    assertThat(linear.raw2probabilityInPlace(infinite.copy()).toArray()).containsOnly(Double.NaN);
    linear.setThresholds(new double[] {1, 1, 0});
    assertThat(linear.raw2prediction(infinite)).isNaN();
    assertThat(linear.raw2prediction(Vectors.dense(1, 5, 0))).isEqualTo(2);
  }

  @Test
  void columnNamesMayHaveDots() {
    Dataset<Row> dotted = ROWS.withColumnRenamed("features", "my.features");
    model.setFeaturesCol("my.features").setRawPredictionCol("my.raw");
    assertThat(predictions(model.transform(dotted))).isEqualTo(predictions(MODEL.transform(ROWS)));
  }

  @Test
  void saysWhatItIs() {
    assertThat(model.network()).isEqualTo("dense(8) batchNorm relu");
    // 4 x 8 + 8, scale and bias of batchNorm, 8 x 3 + 3; running statistics do not count.
    assertThat(model.numParameters()).isEqualTo(83);
    assertThat(model.weights().size()).isEqualTo(83);
    assertThat(model.describe()).contains("dense(8)", "batchNorm", "output: dense(3)", "83");
    assertThat(model.toString())
        .isEqualTo(
            "NeuralNetworkClassificationModel: uid=%s, network=dense(8) batchNorm relu, numClasses=3, numFeatures=4, numParameters=83"
                .formatted(model.uid()));
    assertThat(model.estimatedSize()).isBetween(4L * 83, 20_000L);
  }

  @Test
  void aModelThatHasLearntNothingSaysSo() {
    NeuralNetworkClassificationModel empty = new NeuralNetworkClassificationModel("empty");
    assertThatThrownBy(() -> empty.predict(Vectors.dense(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("empty has learnt nothing: fit an estimator, or load a saved model.");
    assertThat(empty.toString()).isEqualTo("NeuralNetworkClassificationModel: uid=empty");
  }

  @Test
  void sparksHooksAgree() {
    Vector raw = Vectors.dense(1, 3, 2);
    DenseVector copy = raw.copy().toDense();
    assertThat(model.raw2probabilityInPlace(copy)).isSameAs(copy).isNotEqualTo(raw);
    assertThat(copy.argmax()).isEqualTo(1);
    assertThat(model.raw2prediction(raw)).isEqualTo(1);
    assertThat(raw).isEqualTo(Vectors.dense(1, 3, 2));
    Vector sparse = Vectors.sparse(3, new int[] {1}, new double[] {3});
    Vector probabilities = model.raw2probability(Vectors.dense(0, 3, 0));
    assertThat(model.raw2probability(sparse)).isEqualTo(probabilities);
    assertThat(model.raw2probabilityInPlace(sparse)).isEqualTo(probabilities);
  }

  /** A user's own UDF may hold a model. */
  @Test
  void aModelTravelsInAClosure() {
    NeuralNetworkClassificationModel held = model;
    Dataset<Row> scored =
        ROWS.withColumn(
            "own",
            functions
                .udf(
                    (org.apache.spark.sql.api.java.UDF1<Vector, Double>) held::predict,
                    org.apache.spark.sql.types.DataTypes.DoubleType)
                .apply(functions.col("features")));
    assertThat(held.transform(scored).filter("own <> prediction").count()).isZero();
  }
}
