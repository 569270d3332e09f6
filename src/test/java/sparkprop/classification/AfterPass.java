package sparkprop.classification;

import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/** Does something once, after a pass, before the next one begins. */
record AfterPass(int pass, Runnable work) implements TrainingListener {
  @Override
  public void onPass(PassReport report) {
    if (report.pass() == pass) {
      work.run();
    }
  }
}
