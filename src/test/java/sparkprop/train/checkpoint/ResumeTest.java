package sparkprop.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.nn.Initialisation;
import sparkprop.nn.Network;
import sparkprop.nn.NetworkSpec;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;
import sparkprop.nn.safetensors.TensorFile;
import sparkprop.optim.Penalty;
import sparkprop.optim.Segment;
import sparkprop.optim.Solver;
import sparkprop.optim.Solvers;
import sparkprop.optim.schedule.Schedules;
import sparkprop.train.Checkpoints;
import sparkprop.train.Course;
import sparkprop.train.Trainer;
import sparkprop.train.TrainerSettings;
import sparkprop.train.TrainingHistory;
import sparkprop.train.TrainingListener;
import sparkprop.train.TrainingResult;
import sparkprop.train.method.Methods;
import sparkprop.train.step.LocalData;
import sparkprop.train.step.LocalPlacement;
import sparkprop.train.step.Samples;

/** Training that goes on from the bytes of any of its checkpoints ends as if nothing had been. */
class ResumeTest {
  private static final int PASSES = 9;

  /** Keeps the bytes of all checkpoints, and gives one of them. */
  private static final class Kept implements Checkpoints {
    private final List<byte[]> files = new ArrayList<>();
    private final Optional<Course> latest;

    Kept(Optional<Course> latest) {
      this.latest = latest;
    }

    @Override
    public Optional<Course> latest() {
      return latest;
    }

    @Override
    public void reached(Course course) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        CourseFile.of(course, Fingerprint.of(Map.of("a", "b")), new Conditions(1, "a kernel"))
            .write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      files.add(bytes.toByteArray());
    }

    @Override
    public void ended() {}

    Course course(int i) throws IOException {
      byte[] file = files.get(i);
      return CourseFile.read(
          TensorFile.read(new ByteArrayInputStream(file), file.length, "a checkpoint"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "adam                 | crossEntropy | dense(5) batchNorm tanh dropout(0.2) | constant | 5",
        "nesterov             | crossEntropy | dense(5) tanh | exponential(0.9)                 | 0",
        "adagrad              | crossEntropy | dense(5) tanh | oneCycle                         | 0",
        "rmsprop              | crossEntropy | dense(5) tanh | step(2, 0.5)                     | 0",
        "momentum             | crossEntropy | dense(5) tanh | plateau(0.5, patience=1)         | 0",
        "adamW                | crossEntropy | dense(5) tanh | cosine(warmup=2)                 | 2",
        "rprop                | crossEntropy | dense(5) batchNorm tanh | constant               | 0",
        "l-bfgs(3)            | crossEntropy | dense(5) batchNorm tanh | constant               | 0",
        "l-bfgs with L1       | crossEntropy | dense(5) tanh | constant                         | 0",
        "adam averaged        | crossEntropy | dense(5) batchNorm tanh dropout(0.2) | oneCycle | 0",
        "levenbergMarquardt   | squaredError | dense(5) tanh | constant                         | 0",
        "naturalGradient      | crossEntropy | dense(5) tanh | constant                         | 3"
      })
  void fromAnyCheckpointOn(
      String solver, String loss, String network, String schedule, int patience) throws Exception {
    for (boolean validates : new boolean[] {true, false}) {
      Kept kept = new Kept(Optional.empty());
      TrainingResult whole = train(solver, loss, network, schedule, patience, validates, kept);
      assertThat(kept.files).hasSize(whole.history().totalIterations() - 1);
      assertThat(whole.history().health()).hasSize(whole.history().totalIterations());
      for (int i = 0; i < kept.files.size(); i++) {
        Kept again = new Kept(Optional.of(kept.course(i)));
        TrainingResult resumed = train(solver, loss, network, schedule, patience, validates, again);
        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(timeless(resumed.history())).isEqualTo(timeless(whole.history()));
        assertThat(again.files).hasSize(kept.files.size() - i - 1);
      }
    }
  }

  private static TrainingHistory timeless(TrainingHistory history) {
    return new TrainingHistory(
        history.objectives(),
        history.validationLosses(),
        history.validationAccuracies(),
        history.health(),
        history.bestIteration(),
        history.stopReason(),
        0);
  }

  private static TrainingResult train(
      String text,
      String loss,
      String layers,
      String schedule,
      int patience,
      boolean validates,
      Checkpoints checkpoints)
      throws InterruptedException {
    Network network =
        Network.of(
            NetworkSpec.parse(layers),
            Shape.of(Samples.FEATURES),
            Heads.classification(loss, "auto", Samples.CLASSES));
    Solver solver = Solvers.read(text.replaceFirst(" .*", ""));
    LocalData data =
        new LocalData(
            Samples.partitions(20, 40, 33), 1, validates ? Samples.partitions(20, 30) : List.of());
    TrainerSettings settings =
        new TrainerSettings(
            PASSES, solver.stepSize().orElse(0), Schedules.read(schedule), 0.01, patience, 7);
    Penalty penalty = new Penalty(1e-3, text.endsWith("L1") ? 0.5 : 0, List.of(new Segment(0, 10)));
    int syncInterval = text.endsWith("averaged") ? 2 : 1;
    try (LocalPlacement placement =
        new LocalPlacement(network, data, solver.wholeBatch() ? 73 : 25, 2, 2)) {
      return new Trainer(
              Methods.of(solver, network, penalty, 0, syncInterval, placement, settings),
              placement,
              settings,
              checkpoints,
              new TrainingListener() {})
          .train(Initialisation.draw(network, "auto", 3));
    }
  }
}
