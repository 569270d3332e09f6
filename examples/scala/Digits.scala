// The quickstart in spark-shell: handwritten digits, scaled, projected on principal components, told apart by a network.
//
//   ./mvnw package -DskipTests
//   spark-shell --jars target/sparkprop-spark4_2.13-0.1.0-SNAPSHOT-all.jar -i examples/scala/Digits.scala
//
// Run from the project's folder. `spark` is the session that spark-shell has made.

import org.apache.spark.ml.{Pipeline, PipelineModel}
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator
import org.apache.spark.ml.feature.{PCA, StandardScaler, VectorAssembler}
import sparkprop.classification.{NeuralNetworkClassificationModel, NeuralNetworkClassifier}

// 64 pixels, then the digit, in each line.
val table = spark.read.option("inferSchema", true).csv("examples/data/digits.csv.gz").withColumnRenamed("_c64", "label")
val digits = new VectorAssembler().setInputCols(table.columns.take(64)).setOutputCol("features").transform(table)
val Array(train, test) = digits.select("features", "label").randomSplit(Array(0.8, 0.2), 1797).map(_.coalesce(1).cache())

val scaler = new StandardScaler().setInputCol("features").setOutputCol("scaled").setWithMean(true)
val pca = new PCA().setInputCol("scaled").setOutputCol("components").setK(40)
val network = new NeuralNetworkClassifier()
  .setFeaturesCol("components")
  .setNetwork("dense(64) relu")
  .setBatchSize(64)
  .setStepSize(0.005)
  .setMaxIter(20)
  .setValidationFraction(0.1)
val model = new Pipeline().setStages(Array(scaler, pca, network)).fit(train)

val trained = model.stages.last.asInstanceOf[NeuralNetworkClassificationModel]
println(trained.describe())
println(s"${trained.summary.totalIterations} passes, stopped because ${trained.summary.stopReason}")
trained.summary.objectiveHistory.zipWithIndex.foreach { case (loss, pass) => println(f"pass $pass%2d: loss $loss%.4f") }

val evaluator = new MulticlassClassificationEvaluator().setMetricName("accuracy")
val accuracy = evaluator.evaluate(model.transform(test))

val saved = java.nio.file.Files.createTempDirectory("sparkprop-digits").resolve("model").toString
model.write.overwrite().save(saved)
val again = evaluator.evaluate(PipelineModel.load(saved).transform(test))
println(s"Loaded from $saved it predicts ${if (again == accuracy) "the same" else "otherwise"}.")

println(f"test accuracy: $accuracy%.3f")

// Without this line the shell stays open, with all of the above at hand.
sys.exit(0)
