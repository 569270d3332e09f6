package sparkprop.train.step;

import java.io.Serializable;
import java.util.Optional;
import sparkprop.train.PassSums;

/**
 * Where the tasks of a pass's job meet that run in one JVM, and what the job brings home.
 *
 * @param <T> that; no record, because Kryo, which a user may have chosen as Spark's serializer,
 *     cannot write those
 */
interface Meeting<T> extends Serializable {
  /** The pass, the same for all that ask in this JVM; nothing where it is over for good. */
  Optional<SharedPass> pass();

  /**
   * What comes of a pass that is over.
   *
   * @param met what it has met
   */
  T result(SharedPass pass, PassSums met);
}
