package sparkprop.company;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.MinMaxScaler;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.evaluation.MultiTargetRegressionEvaluator;
import sparkprop.feature.Autoencoder;
import sparkprop.feature.Whitening;
import sparkprop.regression.MultiTargetNeuralNetworkRegressor;
import sparkprop.regression.NeuralNetworkRegressor;
import sparkprop.testing.Clouds;
import sparkprop.testing.Curves;
import sparkprop.testing.SharedSpark;

/**
 * Whole pipelines with Spark's feature stages: each learns, and does the same when loaded again.
 */
class PipelinesTest {
  @TempDir private Path directory;

  private static Pipeline of(PipelineStage... stages) {
    return new Pipeline().setStages(stages);
  }

  /** Fits a pipeline that was saved and loaded, and what it gives after that again. */
  private Dataset<Row> throughFiles(Pipeline pipeline, Dataset<Row> rows) throws IOException {
    String unfitted = directory.resolve("pipeline").toString();
    pipeline.write().overwrite().save(unfitted);
    PipelineModel model = Pipeline.load(unfitted).fit(rows);
    String fitted = directory.resolve("model").toString();
    model.write().overwrite().save(fitted);
    Dataset<Row> scored = PipelineModel.load(fitted).transform(rows);
    assertThat(scored.collectAsList()).isEqualTo(model.transform(rows).collectAsList());
    assertThat(scored.schema()).isEqualTo(model.transform(rows).schema());
    assertThat(model.transformSchema(rows.schema()).fieldNames())
        .isEqualTo(scored.schema().fieldNames());
    return scored;
  }

  private static double share(Dataset<Row> rows, String condition) {
    return rows.filter(condition).count() / (double) rows.count();
  }

  /** Ages (some missing), incomes and cities; who is older than 40 or lives in Rome buys. */
  private static Dataset<Row> customers() {
    Random random = new Random(8);
    List<String> cities = List.of("Oslo", "Rome", "Lima");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double age = 20 + random.nextInt(50);
      String city = cities.get(random.nextInt(3));
      rows.add(
          RowFactory.create(
              i % 20 == 0 ? Double.NaN : age,
              1e5 * random.nextDouble(),
              city,
              age > 40 || city.equals("Rome") ? "buys" : "looks"));
    }
    return SharedSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add("age", DataTypes.DoubleType)
                .add("income", DataTypes.DoubleType)
                .add("city", DataTypes.StringType)
                .add("decision", DataTypes.StringType));
  }

  @Test
  void aTableOfNumbersAndWords() throws IOException {
    Pipeline pipeline =
        of(
            new Imputer()
                .setInputCols(new String[] {"age", "income"})
                .setOutputCols(new String[] {"fullAge", "fullIncome"}),
            new StringIndexer()
                .setInputCols(new String[] {"city", "decision"})
                .setOutputCols(new String[] {"cityIndex", "label"}),
            new OneHotEncoder().setInputCol("cityIndex").setOutputCol("cityVector"),
            new VectorAssembler()
                .setInputCols(new String[] {"fullAge", "fullIncome", "cityVector"})
                .setOutputCol("assembled"),
            new StandardScaler()
                .setInputCol("assembled")
                .setOutputCol("features")
                .setWithMean(true),
            new NeuralNetworkClassifier()
                .setHiddenLayers(new int[] {8})
                .setSolver("l-bfgs")
                .setMaxIter(25),
            new IndexToString().setInputCol("prediction").setOutputCol("guess"));
    Dataset<Row> scored = throughFiles(pipeline, customers());
    assertThat(share(scored, "guess = decision")).isGreaterThan(0.9);
    assertThat(scored.select("guess").distinct().count()).isEqualTo(2);
  }

  /** 4096 columns of which a handful occur in a row. */
  @Test
  void words() throws IOException {
    Dataset<Row> texts =
        SharedSpark.session()
            .range(120)
            .selectExpr(
                "concat(if(id % 2 = 0, 'the cat sleeps ', 'a dog barks '), 'word', id % 7) as text",
                "id % 2 as label");
    Pipeline pipeline =
        of(
            new Tokenizer().setInputCol("text").setOutputCol("words"),
            new HashingTF().setInputCol("words").setOutputCol("counts").setNumFeatures(4096),
            new IDF().setInputCol("counts").setOutputCol("features"),
            new NeuralNetworkClassifier()
                .setHiddenLayers(new int[] {8})
                .setSolver("adam(lazy=true)")
                .setStepSize(0.05)
                .setMaxIter(5));
    assertThat(share(throughFiles(pipeline, texts), "prediction = label")).isEqualTo(1);
  }

  @Test
  void scaledAndProjectedBeforeARegression() throws IOException {
    Pipeline pipeline =
        of(
            new MinMaxScaler().setInputCol("features").setOutputCol("scaled"),
            new PCA().setInputCol("scaled").setOutputCol("components").setK(2),
            new NeuralNetworkRegressor()
                .setFeaturesCol("components")
                .setHiddenLayers(new int[] {8})
                .setActivation("tanh")
                .setSolver("l-bfgs")
                .setMaxIter(40));
    Dataset<Row> scored = throughFiles(pipeline, Curves.of(200));
    assertThat(share(scored, "abs(prediction - label) < 60")).isGreaterThan(0.9);
  }

  /** Our own feature stages before our own and Spark's. */
  @Test
  void whitenedAndEncodedBeforeAClassifier() throws IOException {
    Pipeline pipeline =
        of(
            new Whitening().setOutputCol("white"),
            new Autoencoder()
                .setInputCol("white")
                .setOutputCol("code")
                .setNetwork("dense(3) tanh")
                .setSolver("l-bfgs")
                .setMaxIter(20),
            new MinMaxScaler().setInputCol("code").setOutputCol("scaledCode"),
            new NeuralNetworkClassifier()
                .setFeaturesCol("scaledCode")
                .setHiddenLayers(new int[] {8})
                .setSolver("l-bfgs")
                .setMaxIter(20));
    Dataset<Row> scored = throughFiles(pipeline, Clouds.of(150, 3));
    assertThat(share(scored, "prediction = label")).isGreaterThan(0.7);
  }

  /** A tuner's files hold the estimator, the grid of arrays and our evaluator. */
  @Test
  void aTunerIsSavedAsItIs() throws IOException {
    MultiTargetNeuralNetworkRegressor regressor =
        new MultiTargetNeuralNetworkRegressor().setLabelCol("labels").setMaxIter(2);
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(regressor)
            .setEvaluator(
                new MultiTargetRegressionEvaluator().setLabelCol("labels").setMetricName("mae"))
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(
                        regressor.hiddenLayers(),
                        CollectionConverters.asScala(List.of(new int[] {3}, new int[] {4, 2})))
                    .build())
            .setNumFolds(2)
            .setSeed(3);
    String path = directory.resolve("validator").toString();
    validator.write().save(path);
    CrossValidatorModel fitted = CrossValidator.load(path).fit(Curves.of(60));
    assertThat(fitted.avgMetrics()).hasSize(2).doesNotHaveDuplicates();
    fitted.write().save(path + "Model");
    CrossValidatorModel loaded = CrossValidatorModel.load(path + "Model");
    assertThat(loaded.avgMetrics()).isEqualTo(fitted.avgMetrics());
    assertThat(((MultiTargetRegressionEvaluator) loaded.getEvaluator()).getMetricName())
        .isEqualTo("mae");
    assertThat(loaded.transform(Curves.of(20)).collectAsList())
        .isEqualTo(fitted.transform(Curves.of(20)).collectAsList());
  }

  /** One unit an estimator, with raw outputs (-z, z), as OneVsRest compares them. */
  @Test
  void oneAgainstTheRestByLogisticUnits() throws IOException {
    Dataset<Row> rows = Clouds.of(150, 3);
    OneVsRest oneVsRest =
        new OneVsRest()
            .setClassifier(
                new NeuralNetworkClassifier()
                    .setHiddenLayers(new int[0])
                    .setOutputActivation("logistic")
                    .setSolver("l-bfgs")
                    .setRegParam(0.01)
                    .setMaxIter(10));
    // Weights that all but leave out the third class.
    Dataset<Row> weighted = rows.withColumn("only", functions.expr("if(label = 2, 0.001, 1.0)"));
    String path = directory.resolve("oneVsRest").toString();
    oneVsRest.fit(rows).write().save(path);
    OneVsRestModel model = OneVsRestModel.load(path);
    assertThat(share(model.transform(rows), "prediction = label")).isGreaterThan(0.9);
    assertThat(networks(model).map(NeuralNetworkClassificationModel::numParameters))
        .containsExactly(5, 5, 5);
    OneVsRestModel partial = oneVsRest.setWeightCol("only").fit(weighted);
    assertThat(share(partial.transform(rows), "prediction = 2"))
        .isLessThan(share(model.transform(rows), "prediction = 2") / 2);
  }

  private static Stream<NeuralNetworkClassificationModel> networks(OneVsRestModel model) {
    return Arrays.stream(model.models()).map(NeuralNetworkClassificationModel.class::cast);
  }
}
