package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import sparkprop.testing.Clouds;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;
import sparkprop.train.TrainingPlan;
import sparkprop.train.TrainingResult;

class NeuralNetworkClassifierTest {
  private static final Dataset<Row> ROWS = Clouds.of(120, 3);

  private static NeuralNetworkClassifier small() {
    return new NeuralNetworkClassifier()
        .setHiddenLayers(new int[] {8})
        .setBatchSize(40)
        .setMaxIter(8)
        .setStepSize(0.05)
        .setSeed(1);
  }

  private static double accuracy(Dataset<Row> scored) {
    return scored.filter("prediction = label").count() / (double) scored.count();
  }

  @Test
  void learnsToTellCloudsApart() {
    NeuralNetworkClassificationModel model = small().fit(ROWS);
    assertThat(accuracy(model.transform(ROWS))).isGreaterThan(0.9);
    assertThat(model.numFeatures()).isEqualTo(4);
    assertThat(model.numClasses()).isEqualTo(3);
    assertThat(model.classNames()).isEmpty();
    assertThat(model.parent().uid()).isEqualTo(model.uid());
  }

  @Test
  void theModelKeepsTheParamsItWasTrainedWith() {
    NeuralNetworkClassifier classifier = small().setNetwork("dense(5) tanh").setLabelCol("label");
    NeuralNetworkClassificationModel model = classifier.fit(ROWS);
    assertThat(model.getNetwork()).isEqualTo("dense(5) tanh");
    assertThat(model.getMaxIter()).isEqualTo(8);
    assertThat(model.isSet(model.seed())).isTrue();
    assertThat(model.isSet(model.tol())).isFalse();
    assertThat(model.network()).isEqualTo("dense(5) tanh");
  }

  private static Vector weightsOf(NeuralNetworkClassifier classifier, Dataset<Row> rows) {
    return classifier.fit(rows).weights();
  }

  @Test
  void equalSeedsGiveEqualBitsAndOthersDoNot() {
    Vector first = weightsOf(small().setNumPartitions(8), ROWS);
    assertThat(weightsOf(small().setNumPartitions(8), ROWS)).isEqualTo(first);
    assertThat(weightsOf(small().setNumPartitions(8).setSeed(2), ROWS)).isNotEqualTo(first);
  }

  @Test
  void labelsAndWeightsMayBeOfAnyNumericType() {
    Dataset<Row> whole =
        ROWS.withColumn("label", functions.col("label").cast("int"))
            .withColumn("weight", functions.col("weight").cast("long"));
    assertThat(weightsOf(small().setWeightCol("weight"), whole))
        .isEqualTo(weightsOf(small().setWeightCol("weight"), ROWS));
  }

  @Test
  void weightsCount() {
    assertThat(weightsOf(small().setWeightCol("weight"), ROWS))
        .isNotEqualTo(weightsOf(small(), ROWS));
    assertThat(weightsOf(small().setWeightCol(""), ROWS)).isEqualTo(weightsOf(small(), ROWS));
  }

  @Test
  void oneVsRestHandsItsWeightsOn() {
    OneVsRest oneVsRest = new OneVsRest().setClassifier(small().setMaxIter(1));
    OneVsRestModel weighted = oneVsRest.setWeightCol("weight").fit(ROWS);
    OneVsRestModel plain = new OneVsRest().setClassifier(small().setMaxIter(1)).fit(ROWS);
    for (int k = 0; k < 3; k++) {
      NeuralNetworkClassificationModel one =
          (NeuralNetworkClassificationModel) weighted.models()[k];
      NeuralNetworkClassificationModel other = (NeuralNetworkClassificationModel) plain.models()[k];
      assertThat(one.numClasses()).isEqualTo(2);
      assertThat(one.weights()).isNotEqualTo(other.weights());
    }
  }

  @Test
  void validationRowsByColumn() {
    NeuralNetworkClassificationModel model =
        small().setValidationIndicatorCol("validates").fit(ROWS);
    assertThat(model.summary().validationHistory()).hasSize(8);
    // Rows that validate do not train: without them the weights come out the same.
    Dataset<Row> training = ROWS.filter("not validates");
    assertThat(weightsOf(small().setPatience(0).setMaxIter(2).setBatchSize(16), training))
        .isEqualTo(
            weightsOf(
                small()
                    .setPatience(0)
                    .setMaxIter(2)
                    .setBatchSize(16)
                    .setValidationIndicatorCol("validates"),
                ROWS));
  }

  /** Those of label and weight may not: Spark's fit looks them up unquoted. */
  @Test
  void namesOfFeaturesAndIndicatorMayHaveDots() {
    Dataset<Row> dotted =
        ROWS.withColumnRenamed("features", "my.features")
            .withColumnRenamed("validates", "my.validates");
    NeuralNetworkClassificationModel model =
        small()
            .setFeaturesCol("my.features")
            .setValidationIndicatorCol("my.validates")
            .setMaxIter(1)
            .fit(dotted);
    assertThat(model.weights())
        .isEqualTo(weightsOf(small().setValidationIndicatorCol("validates").setMaxIter(1), ROWS));
    assertThat(model.summary().accuracy()).isBetween(0.0, 1.0);
  }

  @Test
  void validationRowsByLot() {
    NeuralNetworkClassificationModel model = small().setValidationFraction(0.3).fit(ROWS);
    assertThat(model.summary().validationHistory()).hasSize(8);
  }

  @Test
  void standardizationIsFoldedIntoTheModel() {
    Dataset<Row> uneven = ROWS.withColumn("features", stretched().apply(functions.col("features")));
    NeuralNetworkClassifier classifier =
        small().setNetwork("dropout(0.1) dense(8) tanh").setMaxIter(12).setStandardization(true);
    assertThat(accuracy(classifier.fit(uneven).transform(uneven))).isGreaterThan(0.9);
    assertThat(accuracy(classifier.setStandardization(false).fit(uneven).transform(uneven)))
        .isLessThan(0.9);
  }

  private static org.apache.spark.sql.expressions.UserDefinedFunction stretched() {
    return functions.udf(
        (org.apache.spark.sql.api.java.UDF1<Vector, Vector>)
            v -> Vectors.dense(v.apply(0) * 1e-4, v.apply(1) * 1e4, v.apply(2) - 5e3, v.apply(3)),
        org.apache.spark.ml.linalg.SQLDataTypes.VectorType());
  }

  /** What a listener was told. */
  private static final class Recorder implements TrainingListener {
    private final List<String> told = new ArrayList<>();

    @Override
    public void onStart(TrainingPlan plan) {
      told.add("start " + plan.rows());
    }

    @Override
    public void onPass(PassReport report) {
      told.add("pass " + report.pass() + " of " + report.of());
    }

    @Override
    public void onEnd(TrainingResult result) {
      told.add("end");
    }
  }

  @Test
  void listenersAreToldAndSurviveACopy() {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void onPass(PassReport report) {
            throw new IllegalStateException("not today");
          }
        };
    NeuralNetworkClassifier classifier =
        small().setMaxIter(2).addListener(first).addListener(failing).addListener(second);
    classifier.copy(new ParamMap()).fit(ROWS);
    assertThat(first.told).containsExactly("start 120", "pass 1 of 2", "pass 2 of 2", "end");
    assertThat(second.told).isEqualTo(first.told);
  }

  @Test
  void classNamesComeFromTheIndexerAndReachThePrediction() {
    Dataset<Row> named =
        ROWS.withColumn(
            "animal",
            functions
                .when(functions.col("label").equalTo(0), "cat")
                .when(functions.col("label").equalTo(1), "dog")
                .otherwise("eel"));
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StringIndexer()
                      .setInputCol("animal")
                      .setOutputCol("index")
                      .setStringOrderType("alphabetDesc"),
                  small().setLabelCol("index"),
                  new IndexToString().setInputCol("prediction").setOutputCol("guess")
                });
    PipelineModel model = pipeline.fit(named);
    NeuralNetworkClassificationModel network = (NeuralNetworkClassificationModel) model.stages()[1];
    assertThat(network.classNames()).containsExactly("eel", "dog", "cat");
    Dataset<Row> scored = model.transform(named);
    assertThat(scored.filter("guess = animal").count()).isGreaterThan(110);
  }

  /** Declared classes that no row has are classes all the same. */
  @Test
  void theNumberOfClassesMayComeFromMetadata() {
    var metadata =
        org.apache.spark.ml.attribute.NominalAttribute.defaultAttr()
            .withName("label")
            .withNumValues(5)
            .toMetadata();
    Dataset<Row> declared = ROWS.withColumn("label", functions.col("label").as("label", metadata));
    assertThat(small().fit(declared).numClasses()).isEqualTo(5);
  }

  @Test
  void noPassAtAllGivesTheInitialWeights() {
    NeuralNetworkClassificationModel model = small().setMaxIter(0).fit(ROWS);
    assertThat(model.summary().totalIterations()).isZero();
    assertThat(model.summary().objectiveHistory()).hasSize(1);
    assertThat(model.transform(ROWS).count()).isEqualTo(120);
  }

  @Test
  void oneRowForEachClassIsEnough() {
    Dataset<Row> two = Clouds.of(Clouds.rows(2, 2), 1);
    assertThat(small().setNumPartitions(5).fit(two).numClasses()).isEqualTo(2);
  }
}
