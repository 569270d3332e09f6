package sparkprop.train;

import java.time.Duration;
import java.util.Locale;

/** The line that is logged after each pass. */
final class Progress {
  private Progress() {}

  /**
   * Pass, loss, validation, speed and the time that the passes still allowed would take at that
   * speed, validation not counted.
   *
   * @param rows training rows
   */
  static String of(PassReport report, long rows) {
    String validation =
        Double.isNaN(report.validationLoss())
            ? ""
            : String.format(
                Locale.ROOT,
                ", validation loss %.5g%s",
                report.validationLoss(),
                Double.isNaN(report.validationAccuracy())
                    ? ""
                    : String.format(Locale.ROOT, ", accuracy %.4f", report.validationAccuracy()));
    double seconds = (report.of() - report.pass()) * rows / report.samplesPerSecond();
    return String.format(
        Locale.ROOT,
        "Pass %d of %d: loss %.5g%s, %,.0f samples/s, about %s left.",
        report.pass(),
        report.of(),
        report.objective(),
        validation,
        report.samplesPerSecond(),
        inWords(Duration.ofSeconds(Math.round(seconds))));
  }

  private static String inWords(Duration left) {
    return left.toHours() > 0
        ? String.format(Locale.ROOT, "%d h %d min", left.toHours(), left.toMinutesPart())
        : left.toMinutes() > 0
            ? String.format(Locale.ROOT, "%d min %d s", left.toMinutes(), left.toSecondsPart())
            : left.toSeconds() + " s";
  }
}
