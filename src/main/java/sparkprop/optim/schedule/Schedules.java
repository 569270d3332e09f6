package sparkprop.optim.schedule;

import sparkprop.text.Vocabulary;

/** The table of schedules: by what text each is called. */
public final class Schedules {
  private static final Vocabulary<StepSizeSchedule> TABLE =
      Vocabulary.<StepSizeSchedule>of("schedule")
          .with(Constant.SIGNATURE, a -> new Constant())
          .with(Exponential.SIGNATURE, a -> new Exponential(a.number("decay")))
          .with(StepDecay.SIGNATURE, a -> new StepDecay(a.whole("every"), a.number("factor")))
          .with(Cosine.SIGNATURE, a -> new Cosine(a.number("warmup")))
          .with(OneCycle.SIGNATURE, a -> new OneCycle())
          .with(Plateau.SIGNATURE, a -> new Plateau(a.number("factor"), a.whole("patience")));

  private Schedules() {}

  /** All schedules, by name. */
  public static Vocabulary<StepSizeSchedule> vocabulary() {
    return TABLE;
  }

  /**
   * Reads a schedule: {@code constant}, {@code exponential(0.95)}, {@code cosine(warmup=2)}.
   *
   * @throws sparkprop.text.TextException if the text is not one of a schedule
   */
  public static StepSizeSchedule read(String text) {
    return TABLE.readOne("stepSizeSchedule", text);
  }
}
