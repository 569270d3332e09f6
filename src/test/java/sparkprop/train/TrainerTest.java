package sparkprop.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.nn.LayerHealth;
import sparkprop.nn.Network;
import sparkprop.nn.layer.ParameterKind;
import sparkprop.optim.FirstOrder;
import sparkprop.optim.Optimizer;
import sparkprop.optim.Penalty;
import sparkprop.optim.Segment;
import sparkprop.optim.Solvers;
import sparkprop.optim.schedule.Schedules;
import sparkprop.optim.schedule.StepSizeSchedule;
import sparkprop.testing.LogLines;
import sparkprop.train.ScriptedPlacement.Sums;
import sparkprop.train.method.GradientSteps;
import sparkprop.train.method.Methods;
import sparkprop.train.step.LocalPlacement;
import sparkprop.train.step.Samples;

class TrainerTest {
  private static final StepSizeSchedule CONSTANT = Schedules.read("constant");
  private static final Network NETWORK = Samples.network("dense(2) tanh");
  private static final int LENGTH = NETWORK.layout().trainableSize();
  private static final TrainingListener DEAF = new TrainingListener() {};

  @Test
  void historyHoldsTheFirstMiniBatchAndThenWeightedMeansAsTheyWereMet() throws Exception {
    ScriptedPlacement placement =
        new ScriptedPlacement(
            NETWORK,
            2,
            (moment, weights) ->
                new Sums(10 - 4 * moment.pass() - moment.update(), 1 + 2 * moment.update(), 1),
            List.of());
    TrainingHistory history = train(placement, settings(2, 0, 5)).history();
    assertThat(history.objectives())
        .containsExactly(10.0, (1 * 10 + 3 * 9) / 4.0, (1 * 6 + 3 * 5) / 4.0);
    assertThat(history.totalIterations()).isEqualTo(2);
    assertThat(history.bestIteration()).isEqualTo(2);
    assertThat(history.validationLosses()).isEmpty();
    assertThat(history.health())
        .containsExactly(
            List.of(new LayerHealth("output", 1, 1, Double.NaN)),
            List.of(new LayerHealth("output", 2, 1, Double.NaN)));
    assertThat(history.stopReason()).isEqualTo(StopReason.MAX_ITER);
    assertThat(history.samplesPerSecond()).isPositive();
  }

  @Test
  void theGradientIsDividedByTheMiniBatchsWeights() throws Exception {
    ScriptedPlacement placement =
        new ScriptedPlacement(NETWORK, 1, (moment, weights) -> new Sums(1, 8, 4), List.of());
    float[] initial = new float[LENGTH];
    Arrays.fill(initial, 1f);
    float[] weights =
        trainer(placement, settings(1, 0, 5), Penalty.none(), DEAF).train(initial).weights();
    // sgd with step size 0.5: 1 - 0.5 * 4 / 8.
    assertThat(weights).containsOnly(0.75f);
    assertThat(initial).containsOnly(1f);
  }

  @Test
  void thePenaltyIsInTheObjectiveAndInTheStep() throws Exception {
    Penalty penalty = new Penalty(0.5, 0, List.of(new Segment(0, 4)));
    ScriptedPlacement placement =
        new ScriptedPlacement(NETWORK, 1, (moment, weights) -> new Sums(1, 8, 0), List.of());
    float[] initial = new float[LENGTH];
    Arrays.fill(initial, 2f);
    TrainingResult result = trainer(placement, settings(1, 0, 5), penalty, DEAF).train(initial);
    // 0.5 / 2 * 4 weights * 2^2.
    assertThat(result.history().objectives()).containsExactly(1 + 4.0, 1 + 4.0);
    // 2 - 0.5 * (0.5 * 2), where penalised.
    assertThat(result.weights()).startsWith(1.5f, 1.5f, 1.5f, 1.5f, 2f);
  }

  @Test
  void aLongGradientIsShortenedBeforeThePenaltyJoins() throws Exception {
    Penalty penalty = new Penalty(0.5, 0, List.of(new Segment(0, 4)));
    float[] initial = new float[LENGTH];
    Arrays.fill(initial, 2f);
    double norm = Math.sqrt(LENGTH) * 4 / 8; // of a mean gradient that is 4 / 8 everywhere
    for (double most : new double[] {norm / 5, norm * 5}) {
      ScriptedPlacement placement =
          new ScriptedPlacement(NETWORK, 1, (moment, weights) -> new Sums(1, 8, 4), List.of());
      Step step =
          new Step(
              NETWORK,
              new Optimizer((FirstOrder) Solvers.read("sgd"), penalty, LENGTH),
              penalty,
              most,
              false);
      GradientSteps method = new GradientSteps(step, placement, settings(1, 0, 5));
      float[] weights =
          new Trainer(method, placement, settings(1, 0, 5), Checkpoints.NONE, DEAF)
              .train(initial)
              .weights();
      double share = 0.5 * Math.min(1, most / norm);
      assertThat(weights[0]).isCloseTo((float) (2 - 0.5 * (share + 0.5 * 2)), within(1e-6f));
      assertThat(weights[5]).isCloseTo((float) (2 - 0.5 * share), within(1e-6f));
    }
  }

  @Test
  void theScheduleIsEvaluatedAtTheFractionalPass() throws Exception {
    ScriptedPlacement placement =
        new ScriptedPlacement(NETWORK, 2, (moment, weights) -> new Sums(1, 1, 1), List.of());
    TrainerSettings halving =
        new TrainerSettings(2, 0.5, Schedules.read("exponential(0.25)"), 0, 0, 42);
    // Passes 0, 0.5, 1 and 1.5.
    assertThat(train(placement, halving).weights()[0])
        .isCloseTo((float) (-0.5 * (1 + 0.5 + 0.25 + 0.125)), within(1e-6f));
  }

  @Test
  void eachPlateauLowersTheStepSizeOnce() throws Exception {
    ScriptedPlacement placement = ScriptedPlacement.ofLosses(NETWORK, 5, 4, 4, 4, 4, 4, 3, 3);
    TrainerSettings falling =
        new TrainerSettings(8, 0.5, Schedules.read("plateau(0.5, patience=2)"), 0, 0, 42);
    // The loss stands still in passes 3 to 5, one more than is borne; 6 and 8 come alone.
    assertThat(train(placement, falling).weights()[0])
        .isCloseTo((float) (-0.5 * (5 + 3 * 0.5)), within(1e-6f));
  }

  @Test
  void maxIterZeroMeetsOneMiniBatchAndMovesNothing() throws Exception {
    ScriptedPlacement placement = ScriptedPlacement.ofValidation(NETWORK, 0.5);
    float[] initial = new float[LENGTH];
    TrainingResult result =
        trainer(placement, settings(0, 0, 5), Penalty.none(), DEAF).train(initial);
    assertThat(result.weights()).isEqualTo(initial);
    assertThat(result.history().objectives()).containsExactly(1.0);
    assertThat(result.history().totalIterations()).isZero();
    assertThat(result.history().bestIteration()).isZero();
    assertThat(result.history().samplesPerSecond()).isZero();
    assertThat(placement.log).containsExactly("initial objective", "update 0.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // patience | tol | losses | passes made | best
        "2 | 0    | 5 4 4 4 3       | 4 | 2",
        "2 | 0    | 5 4 4 3 3 3 3   | 6 | 4",
        "3 | 0    | 5 6 7 8 9       | 4 | 1",
        "1 | 0.1  | 10 8.9 8.1 7    | 3 | 3",
        "1 | 0.1  | 10 9.1 8.1 7    | 2 | 2",
        // Falls too small to count still move the best, from which the next is measured.
        "2 | 0.1  | 10 9.5 9.0 8.5  | 3 | 3",
        "2 | 0.1  | 10 9.5 8.5 8.4 8.3 | 5 | 5",
        "0 | 0.1  | 5 5 5 5 5       | 5 | 1",
        // Of a negative best too, by its size.
        "1 | 0.1  | -10 -10.9 -12   | 2 | 2",
        "1 | 0.1  | -10 -11.1 -12.3 -12.4 | 4 | 4",
        "1 | 0.5  | 0 -1e-13 -1e-12 | 2 | 2",
      })
  void stopsWhenTheObjectiveStandsStill(
      int patience, double tol, String losses, int passes, int best) throws Exception {
    double[] script = Arrays.stream(losses.split(" ")).mapToDouble(Double::parseDouble).toArray();
    TrainingHistory history =
        train(ScriptedPlacement.ofLosses(NETWORK, script), settings(script.length, tol, patience))
            .history();
    assertThat(history.totalIterations()).isEqualTo(passes);
    assertThat(history.bestIteration()).isEqualTo(best);
    if (passes < script.length) {
      assertThat(history.stopReason()).isEqualTo(StopReason.OBJECTIVE);
    }
  }

  @Test
  void validationIsWatchedWhereThereIsOneAndTheBestPassIsReturned() throws Exception {
    ScriptedPlacement placement = ScriptedPlacement.ofValidation(NETWORK, 3, 2, 2.5, 2, 9);
    TrainingResult result = train(placement, settings(5, 0, 2));
    assertThat(result.history().validationLosses()).containsExactly(3.0, 2.0, 2.5, 2.0);
    assertThat(result.history().validationAccuracies()).containsExactly(0.75, 0.75, 0.75, 0.75);
    assertThat(result.history().stopReason()).isEqualTo(StopReason.VALIDATION_LOSS);
    assertThat(result.history().stopReason().text()).contains("validation loss");
    assertThat(result.history().bestIteration()).isEqualTo(2);
    // Two steps of 0.5 from 0.
    assertThat(result.weights()).containsOnly(-1f);
  }

  @Test
  void theBestPassIsReturnedAlsoWhenMaxIterEndsTraining() throws Exception {
    TrainingResult result =
        train(ScriptedPlacement.ofValidation(NETWORK, 3, 1, 2), settings(3, 0, 0));
    assertThat(result.history().stopReason()).isEqualTo(StopReason.MAX_ITER);
    assertThat(result.weights()).containsOnly(-1f);
  }

  @Test
  void withoutValidationTheLastPassIsReturned() throws Exception {
    TrainingResult result = train(ScriptedPlacement.ofLosses(NETWORK, 3, 1, 2), settings(3, 0, 0));
    assertThat(result.history().bestIteration()).isEqualTo(2);
    assertThat(result.weights()).containsOnly(-1.5f);
  }

  @Test
  void aLossThatIsNotANumberIsAnErrorWithARemedy() {
    assertThatThrownBy(
            () -> train(ScriptedPlacement.ofLosses(NETWORK, 3, 2, Double.NaN), settings(5, 0, 5)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("NaN in pass 3")
        .hasMessageContaining("step size 0.5")
        .hasMessageContaining("lower stepSize");
    assertThatThrownBy(
            () ->
                train(
                    ScriptedPlacement.ofLosses(NETWORK, Double.POSITIVE_INFINITY),
                    settings(5, 0, 5)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("The loss became infinite in pass 1");
    assertThatThrownBy(
            () -> train(ScriptedPlacement.ofValidation(NETWORK, 1, Double.NaN), settings(5, 0, 5)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("The validation loss became NaN in pass 2");
  }

  @Test
  void weightsThatLeaveTheirRangeInTheLastUpdateAreAnError() {
    ScriptedPlacement placement =
        new ScriptedPlacement(
            NETWORK, 1, (moment, weights) -> new Sums(1, 1, Float.POSITIVE_INFINITY), List.of());
    assertThatThrownBy(() -> train(placement, settings(1, 0, 5)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("weight")
        .hasMessageContaining("pass 1");
  }

  @Test
  void aListenerHearsOfStartPassesAndEnd() throws Exception {
    List<Object> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStart(TrainingPlan plan) {
            heard.add(plan);
          }

          @Override
          public void onPass(PassReport report) {
            heard.add(report);
          }

          @Override
          public void onEnd(TrainingResult result) {
            heard.add(result);
          }
        };
    ScriptedPlacement placement = ScriptedPlacement.ofValidation(NETWORK, 3, 2);
    TrainingResult result =
        trainer(placement, settings(2, 0, 5), Penalty.none(), listener).train(new float[LENGTH]);
    assertThat(heard).hasSize(4).startsWith(placement.plan()).endsWith(result);
    PassReport last = (PassReport) heard.get(2);
    assertThat(last.pass()).isEqualTo(2);
    assertThat(last.of()).isEqualTo(2);
    assertThat(last.objective()).isEqualTo(1);
    assertThat(last.validationLoss()).isEqualTo(2);
    assertThat(last.validationAccuracy()).isEqualTo(0.75);
    assertThat(last.samplesPerSecond()).isPositive();
    assertThat(last.health()).containsExactly(new LayerHealth("output", 2, 1, Double.NaN));
    assertThat(placement.log)
        .containsExactly(
            "pass 1 of 2",
            "update 0.0",
            "validation",
            "health",
            "pass 2 of 2",
            "update 1.0",
            "validation",
            "health");
  }

  @Test
  void withoutValidationAListenerHearsNaN() throws Exception {
    List<PassReport> heard = new ArrayList<>();
    trainer(
            ScriptedPlacement.ofLosses(NETWORK, 1),
            settings(1, 0, 5),
            Penalty.none(),
            new TrainingListener() {
              @Override
              public void onPass(PassReport report) {
                heard.add(report);
              }
            })
        .train(new float[LENGTH]);
    assertThat(heard.get(0).validationLoss()).isNaN();
    assertThat(heard.get(0).validationAccuracy()).isNaN();
  }

  @Test
  void aLayersTroubleIsSaidOnceAndThatOfAnotherStill() throws Exception {
    ScriptedPlacement placement = ScriptedPlacement.ofLosses(NETWORK, 4, 3, 2, 1);
    placement.healths =
        pass ->
            List.of(
                new LayerHealth("dense1", pass == 1 ? 1 : 1e-7, 2, Double.NaN),
                new LayerHealth("output", pass == 4 ? 9999 : 0.125, 3, Double.NaN));
    try (LogLines lines = LogLines.of(Trainer.class)) {
      train(placement, settings(4, 0, 0));
      assertThat(lines.at("WARN"))
          .containsExactly(
              "Gradients vanish: after pass 2 their norm is 1.00e-07 in dense1, but 0.125 in output,"
                  + " so that the former hardly learn; use relu or batchNorm, scale the features, or"
                  + " take fewer layers.",
              "Gradients explode: after pass 4 their norm is 1.00e+04 in output, whose weights have"
                  + " norm 3.00; scale the features, set a lower stepSize, a maxGradientNorm or a"
                  + " weightInit of smaller weights, or put batchNorm between the layers.");
    }
  }

  @Test
  void aListenerThatThrowsIsLoggedOnceAndDropped() throws Exception {
    List<String> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onPass(PassReport report) {
            heard.add("pass");
            throw new IllegalArgumentException("no room on the screen");
          }

          @Override
          public void onEnd(TrainingResult result) {
            heard.add("end");
          }
        };
    TrainingListener sound =
        new TrainingListener() {
          @Override
          public void onPass(PassReport report) {
            heard.add("sound");
          }
        };
    try (LogLines lines = LogLines.of(GuardedListener.class)) {
      trainer(
              ScriptedPlacement.ofLosses(NETWORK, 3, 2, 1),
              settings(3, 0, 5),
              Penalty.none(),
              TrainingListener.all(List.of(listener, sound)))
          .train(new float[LENGTH]);
      assertThat(lines.at("WARN")).hasSize(1).first().asString().contains("listener");
    }
    assertThat(heard).containsExactly("pass", "sound", "sound", "sound");
  }

  @Test
  void oneLineSaysWhatIsComingBeforeTheFirstUpdate() throws Exception {
    ScriptedPlacement placement = ScriptedPlacement.ofLosses(NETWORK, 3);
    try (LogLines lines = LogLines.of(Trainer.class)) {
      train(placement, settings(1, 0, 5));
      assertThat(lines.at("INFO").get(0))
          .isEqualTo(
              "Training on 1,000 rows in 4 partitions, batch size 1,000, updates a pass 1, bytes an"
                  + " update 12,345.");
    }
  }

  @Test
  void anInterruptEndsTrainingBeforeTheNextUpdate() {
    ScriptedPlacement placement = ScriptedPlacement.ofLosses(NETWORK, 3, 2, 1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> train(placement, settings(3, 0, 5)))
        .isInstanceOf(InterruptedException.class);
    assertThat(placement.log).containsExactly("pass 1 of 3");
  }

  @Test
  void aRealNetworkLearns() throws Exception {
    Network network = Samples.network("dense(16) batchNorm relu");
    float[] initial = sparkprop.nn.Initialisation.draw(network, "auto", 1);
    try (LocalPlacement placement =
        new LocalPlacement(
            network,
            new sparkprop.train.step.LocalData(
                Samples.partitions(20, 200, 0, 100), 1, Samples.partitions(20, 50)),
            30,
            2,
            2)) {
      TrainerSettings settings = new TrainerSettings(20, 0.01, CONSTANT, 1e-4, 0, 7);
      Trainer trainer =
          new Trainer(
              Methods.of(Solvers.read("adam"), network, Penalty.none(), 0, 1, placement, settings),
              placement,
              settings,
              Checkpoints.NONE,
              DEAF);
      TrainingResult result = trainer.train(initial);
      List<Double> objectives = result.history().objectives();
      assertThat(objectives).hasSize(21);
      assertThat(objectives.get(20)).isLessThan(objectives.get(0) / 2);
      assertThat(result.history().validationAccuracies().get(19)).isGreaterThan(0.8);
      // Running statistics moved with the mini-batches.
      assertThat(
              network.layout().ofKind(ParameterKind.STATISTIC).stream()
                  .map(p -> result.weights()[p.offset()] - initial[p.offset()]))
          .isNotEmpty()
          .noneMatch(moved -> moved == 0);
      assertThat(placement.validate(result.weights()).loss())
          .isCloseTo(
              result.history().validationLosses().get(result.history().bestIteration() - 1),
              Offset.offset(0.0));
    }
  }

  private static TrainingResult train(Placement placement, TrainerSettings settings)
      throws InterruptedException {
    return trainer(placement, settings, Penalty.none(), DEAF).train(new float[LENGTH]);
  }

  private static TrainerSettings settings(int maxIter, double tol, int patience) {
    return new TrainerSettings(maxIter, 0.5, CONSTANT, tol, patience, 42);
  }

  private static Trainer trainer(
      Placement placement, TrainerSettings settings, Penalty penalty, TrainingListener listener) {
    return new Trainer(
        Methods.of(Solvers.read("sgd"), NETWORK, penalty, 0, 1, placement, settings),
        placement,
        settings,
        Checkpoints.NONE,
        listener);
  }
}
