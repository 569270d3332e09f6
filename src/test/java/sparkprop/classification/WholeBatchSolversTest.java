package sparkprop.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.stage.NetworkTraining;
import sparkprop.testing.Clouds;
import sparkprop.testing.LogLines;
import sparkprop.train.TrainingException;

/** Solvers that take all rows at once, by the stage. */
class WholeBatchSolversTest {
  private static final Dataset<Row> ROWS = Clouds.of(300, 3);

  private static NeuralNetworkClassifier classifier(String solver) {
    return new NeuralNetworkClassifier()
        .setSolver(solver)
        .setNetwork("dense(5) tanh")
        .setWeightCol("weight")
        .setRegParam(1e-3)
        .setMaxIter(15);
  }

  @ParameterizedTest
  @CsvSource({
    "l-bfgs, crossEntropy",
    "l-bfgs(memory=3), squaredError",
    "levenbergMarquardt, squaredError",
    "naturalGradient, crossEntropy",
    "naturalGradient, squaredError"
  })
  void learnTheSameBitsEachTimeAndNeverStepUpwards(String solver, String loss) {
    NeuralNetworkClassificationModel model = classifier(solver).setLoss(loss).fit(ROWS);
    double[] history = model.summary().objectiveHistory();
    for (int i = 1; i < history.length; i++) {
      assertThat(history[i]).isLessThanOrEqualTo(history[i - 1]);
    }
    assertThat(history[history.length - 1]).isLessThan(history[0] / 3);
    assertThat(model.summary().accuracy()).isGreaterThan(0.95);
    assertThat(model.summary().batchSize()).isEqualTo(300);
    assertThat(classifier(solver).setLoss(loss).fit(ROWS).weights()).isEqualTo(model.weights());
  }

  /** Entry 0 of the history is that of the initial weights, which do not hang on the solver. */
  @Test
  void allBeginAtTheObjectiveOfAllRows() {
    double first = classifier("rprop").fit(ROWS).summary().objectiveHistory()[0];
    for (String solver : List.of("l-bfgs", "naturalGradient")) {
      for (int maxIter : new int[] {0, 2}) {
        double[] history =
            classifier(solver).setMaxIter(maxIter).fit(ROWS).summary().objectiveHistory();
        assertThat(history).hasSize(maxIter + 1);
        assertThat(history[0]).isCloseTo(first, org.assertj.core.api.Assertions.within(1e-6));
      }
    }
  }

  @Test
  void anL1PenaltyMakesWeightsOfLbfgsExactlyZero() {
    NeuralNetworkClassificationModel model =
        classifier("l-bfgs").setRegParam(0.02).setElasticNetParam(1).setMaxIter(60).fit(ROWS);
    double[] weights = model.weights().toArray();
    long zeros = java.util.Arrays.stream(weights).filter(w -> w == 0).count();
    assertThat(zeros).isBetween(8L, (long) weights.length - 10);
    assertThat(model.summary().accuracy()).isGreaterThan(0.9);
    double[] history = model.summary().objectiveHistory();
    for (int i = 1; i < history.length; i++) {
      assertThat(history[i]).isLessThanOrEqualTo(history[i - 1]);
    }
  }

  /** Squared error of a network without hidden layers has a bottom, which float32 reaches. */
  @ParameterizedTest
  @CsvSource({"l-bfgs", "levenbergMarquardt"})
  void whereNoStepGoesDownTrainingEndsAndSaysSo(String solver) {
    NeuralNetworkClassificationModel model =
        classifier(solver)
            .setNetwork("")
            .setHiddenLayers(new int[0])
            .setLoss("squaredError(target=1)")
            .setOutputActivation("identity")
            .setPatience(0)
            .setMaxIter(500)
            .fit(ROWS);
    assertThat(model.summary().totalIterations()).isLessThan(100);
    assertThat(model.summary().stopReason())
        .isIn("the line search found no lower objective", "no damped step lowered the objective");
  }

  @Test
  void batchNormsStatisticsFollowLbfgs() {
    NeuralNetworkClassificationModel model =
        classifier("l-bfgs")
            .setNetwork("dense(5) batchNorm tanh")
            .setMaxIter(100)
            .setPatience(0)
            .fit(ROWS);
    assertThat(
            new org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(model.transform(ROWS)))
        .isGreaterThan(0.9); // 0.65 where they stay as they began
  }

  @Test
  void aStepSizeForASolverWithoutOneIsAWarning() {
    try (LogLines log = LogLines.of(NetworkTraining.class)) {
      classifier("l-bfgs").setMaxIter(1).fit(ROWS);
      assertThat(log.at("WARN")).isEmpty();
      NeuralNetworkClassifier told = classifier("l-bfgs").setMaxIter(1).setStepSize(0.1);
      told.fit(ROWS);
      assertThat(log.at("WARN"))
          .containsExactly(
              told.uid()
                  + ": stepSize 0.1 does nothing, since solver l-bfgs finds its steps itself: clear"
                  + " it, or use adam.");
    }
  }

  @Test
  void aBatchSizeForASolverThatTakesAllRowsIsAWarning() {
    try (LogLines log = LogLines.of(NetworkTraining.class)) {
      NeuralNetworkClassifier told = classifier("rprop").setMaxIter(1).setBatchSize(64);
      assertThat(told.fit(ROWS).summary().batchSize()).isEqualTo(300);
      assertThat(log.at("WARN"))
          .containsExactly(
              told.uid()
                  + ": batchSize 64 does nothing, since solver rprop takes all rows at once: clear"
                  + " it, or use adam.");
    }
  }

  @Test
  void batchNormsStatisticsUnderRpropAreThoseOfAllRows() {
    NeuralNetworkClassificationModel model =
        classifier("rprop")
            .setNetwork("dense(5) batchNorm tanh")
            .setMaxIter(15)
            .setPatience(0)
            .fit(ROWS);
    assertThat(
            new org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator()
                .setMetricName("logLoss")
                .evaluate(model.transform(ROWS)))
        .isLessThan(1.5 * model.summary().objectiveHistory()[15]);
  }

  @Test
  void aLossThatIsNoNumberEndsTraining() {
    assertThatThrownBy(
            () ->
                classifier("l-bfgs")
                    .setNetwork("dense(5) exponential dense(5) exponential")
                    .setWeightInit("uniform(1000)")
                    .fit(ROWS))
        .isInstanceOf(TrainingException.class)
        .hasMessageEndingWith(" in pass 1: scale the features.");
  }
}
