package sparkprop.train;

import java.util.Optional;

/** Where a trainer keeps how far it has come, so that another may go on when it dies. */
public interface Checkpoints {
  /** Nothing is kept. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<Course> latest() {
          return Optional.empty();
        }

        @Override
        public void reached(Course course) {}

        @Override
        public void ended() {}
      };

  /** From where to go on; nothing if this run has not been begun yet. */
  Optional<Course> latest();

  /**
   * Called after each pass but the last.
   *
   * @throws InterruptedException if the thread is interrupted; a checkpoint that was being written
   *     does not count
   */
  void reached(Course course) throws InterruptedException;

  /** Called when training has ended well. */
  void ended();
}
