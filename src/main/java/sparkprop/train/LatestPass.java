package sparkprop.train;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what training told last, for those who would rather ask than be told, from any thread: a
 * progress bar in another process, say, that no call of the driver's can reach.
 */
public final class LatestPass implements TrainingListener {
  private volatile @Nullable PassReport report;

  /** Of a run that has made no pass yet. */
  public LatestPass() {}

  @Override
  public void onPass(PassReport report) {
    this.report = report;
  }

  /** Of the last pass that is over, or null before the first is. */
  public @Nullable PassReport report() {
    return report;
  }
}
