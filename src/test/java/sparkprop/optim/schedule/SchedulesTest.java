package sparkprop.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One table over all schedules: a new schedule is one more row. */
class SchedulesTest {
  private static final int MAX_ITER = 20;

  /** A schedule and its factors after 0, 1, 2.5, 6, 13 and 20 of 20 passes, two plateaus seen. */
  record Row(String text, double... factors) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static final double[] PASSES = {0, 1, 2.5, 6, 13, 20};

  static Stream<Row> rows() {
    return Stream.of(
        new Row("constant", 1, 1, 1, 1, 1, 1),
        new Row("exponential(0.5)", 1, 0.5, 0.1767767, 0.015625, 1.2207031e-4, 9.536743e-7),
        new Row("Step(6, 0.1)", 1, 1, 1, 0.1, 0.01, 0.001),
        new Row("cosine", 1, 0.9938442, 0.9619398, 0.7938926, 0.2730048, 0),
        new Row("cosine(warmup=2)", 0, 0.5, 0.9980973, 0.8830222, 0.3289899, 0),
        // Up to the top after 6 passes, then half way down at 13.
        new Row("oneCycle", 0.04, 0.1043078, 0.3957669, 1, 0.500002, 4e-6),
        new Row("plateau", 0.25, 0.25, 0.25, 0.25, 0.25, 0.25),
        new Row("plateau(0.1, patience=7)", 0.01, 0.01, 0.01, 0.01, 0.01, 0.01));
  }

  @Test
  void everyScheduleHasARow() {
    assertThat(rows().map(row -> Schedules.read(row.text()).getClass()).distinct().count())
        .isEqualTo(Schedules.vocabulary().names().size());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void givesItsFactors(Row row) {
    StepSizeSchedule schedule = Schedules.read(row.text());
    for (int i = 0; i < PASSES.length; i++) {
      assertThat(schedule.factor(PASSES[i], MAX_ITER, 2))
          .as("after %s passes", PASSES[i])
          .isCloseTo(row.factors()[i], within(1e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhetherItIsConstant(Row row) {
    assertThat(Schedules.read(row.text()).isConstant()).isEqualTo(row.text().equals("constant"));
  }

  @Test
  void onlyAPlateauIsWaitedFor() {
    assertThat(Schedules.read("plateau").patience()).isEqualTo(3);
    assertThat(Schedules.read("plateau(patience=7)").patience()).isEqualTo(7);
    assertThat(Schedules.read("cosine").patience()).isZero();
  }

  @Test
  void aWarmUpAsLongAsTrainingOnlyRises() {
    StepSizeSchedule schedule = Schedules.read("cosine(warmup=20)");
    assertThat(schedule.factor(19, 20, 0)).isCloseTo(0.95, within(1e-12));
    assertThat(schedule.factor(20, 20, 0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cosin          | 1  | no schedule is called 'cosin'; the nearest known name is 'cosine'
          exponential    | 1  | exponential needs a value for decay, as in exponential(decay)
          exponential(0) | 13 | decay of exponential must be a number above 0 and at most 1, but '0' was found
          step(0, 0.1)   | 6  | every of step must be a whole number of at least 1, but '0' was found
          plateau(1)     | 9  | factor of plateau must be a number above 0 and below 1, but '1' was found
          """)
  void saysWhatIsWrongWithAText(String text, int column, String sentence) {
    assertThatThrownBy(() -> Schedules.read(text))
        .hasMessage(
            "stepSizeSchedule, column %d: %s.\n  %s\n  %s^"
                .formatted(column, sentence, text, " ".repeat(column - 1)));
  }
}
