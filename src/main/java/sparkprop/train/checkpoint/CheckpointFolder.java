package sparkprop.train.checkpoint;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.train.Checkpoints;
import sparkprop.train.Course;

/**
 * The checkpoints of one training run: files {@code pass-00000012.safetensors} in the folder {@code
 * <fingerprint>/<maxIter>} of a path that any number of runs may share. The last two are kept, in
 * case the last is broken. Other runs' folders are read, to say what differs, and never changed;
 * they may go at any time.
 */
public final class CheckpointFolder {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final int KEPT = 2;

  private final CheckpointFiles files;
  private final Path root;
  private final Path folder;
  private final Fingerprint fingerprint;
  private final int maxIter;
  private final int interval;
  private final boolean dependsOnMaxIter;

  /**
   * Refuses, before rows are read, a path that cannot be written to; it is made if it is not there.
   *
   * @param path the path that runs share
   * @throws IllegalArgumentException naming the path
   */
  public static void check(String path, Configuration configuration) {
    try {
      Path root = new Path(path);
      FileSystem fileSystem = root.getFileSystem(configuration);
      if (!fileSystem.mkdirs(root)) {
        throw new IOException("it could not be made");
      }
      Path probe = new Path(root, "_probe-" + UUID.randomUUID());
      fileSystem.create(probe, false).close();
      fileSystem.delete(probe, false);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /**
   * The folder of one run, which is made when there is something to keep.
   *
   * @param path the path that runs share
   * @param fingerprint of all that this run hangs on but maxIter
   * @param maxIter passes that it makes at most
   * @param dependsOnMaxIter whether its course does, so that no run with a smaller one will do
   * @param interval passes from one checkpoint to the next
   * @throws IllegalArgumentException if there is no such file system
   */
  public CheckpointFolder(
      String path,
      Configuration configuration,
      Fingerprint fingerprint,
      int maxIter,
      boolean dependsOnMaxIter,
      int interval) {
    this.fingerprint = fingerprint;
    this.maxIter = maxIter;
    this.interval = interval;
    this.dependsOnMaxIter = dependsOnMaxIter;
    this.root = new Path(path);
    this.folder = new Path(new Path(root, fingerprint.digest()), String.valueOf(maxIter));
    try {
      this.files = new CheckpointFiles(root.getFileSystem(configuration));
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static IllegalArgumentException unusable(String path, IOException e) {
    return new IllegalArgumentException(
        "checkpointPath %s cannot be written to (%s): name a folder that can."
            .formatted(path, e.getMessage()),
        e);
  }

  /**
   * Into how many windows partitions were cut when the checkpoint was written from which to go on;
   * empty if there is none.
   *
   * @throws IllegalArgumentException if a file's content contradicts the folder it stands in, or is
   *     of another version
   */
  public OptionalInt windows() {
    return find()
        .map(found -> OptionalInt.of(CourseFile.conditions(found.content()).windows()))
        .orElse(OptionalInt.empty());
  }

  /**
   * Reads and writes the checkpoints.
   *
   * @param conditions under which training goes on
   */
  public Checkpoints under(Conditions conditions) {
    return new Checkpoints() {
      @Override
      public Optional<Course> latest() {
        Optional<CheckpointFiles.Whole> found = find();
        if (found.isPresent()) {
          return Optional.of(from(found.get(), conditions));
        }
        tellWhyNone();
        return Optional.empty();
      }

      @Override
      public void reached(Course course) throws InterruptedException {
        if (course.passes() % interval == 0) {
          write(course, conditions);
        }
      }

      @Override
      public void ended() {
        remove();
      }
    };
  }

  private static Course from(CheckpointFiles.Whole found, Conditions conditions) {
    Course course = CourseFile.read(found.content());
    LOG.info("Going on after pass {} from {}.", course.passes(), found.file());
    String kernel = CourseFile.conditions(found.content()).kernel();
    if (!kernel.equals(conditions.kernel())) {
      LOG.warn(
          "Checkpoint {} comes from a driver that multiplied matrices by {}, this one does by {}, so"
              + " the weights may differ in their last bits from those of one undisturbed fit.",
          found.file(),
          kernel,
          conditions.kernel());
    }
    return course;
  }

  /**
   * The last whole checkpoint of this run and, where the course does not hang on maxIter, of those
   * with a smaller one.
   */
  private Optional<CheckpointFiles.Whole> find() {
    try {
      for (Path file : candidates()) {
        Optional<CheckpointFiles.Whole> whole = files.whole(file);
        if (whole.isPresent()) {
          checkBelonging(whole.get());
          return whole;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /** Those of the latest pass first; of the same pass this run's own. */
  private List<Path> candidates() throws IOException {
    List<Path> found = new ArrayList<>(files.checkpoints(folder));
    if (!dependsOnMaxIter) {
      for (int smaller : smallerMaxIters()) {
        found.addAll(files.checkpoints(new Path(folder.getParent(), String.valueOf(smaller))));
      }
      found.sort(Comparator.comparing(Path::getName).reversed());
    }
    return found;
  }

  /** Of runs with the same fingerprint, the largest first. */
  private List<Integer> smallerMaxIters() throws IOException {
    return files.folders(folder.getParent()).stream()
        .map(Path::getName)
        .filter(name -> name.matches("\\d{1,9}"))
        .map(Integer::valueOf)
        .filter(other -> other < maxIter)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private void checkBelonging(CheckpointFiles.Whole found) {
    Map<String, String> notes = found.content().metadata();
    String version = CourseFile.version(notes);
    String difference =
        version.equals(CourseFile.VERSION)
            ? fingerprint.difference(CourseFile.fingerprint(notes))
            : "it is of format version %s, not %s".formatted(version, CourseFile.VERSION);
    if (!difference.isEmpty()) {
      throw new IllegalArgumentException(
          "Checkpoint %s is not of the fit whose folder it stands in (%s): delete the folder, or name another checkpointPath."
              .formatted(found.file(), difference));
    }
  }

  /** One line at most; what cannot be read is another run's, and no matter for this one. */
  private void tellWhyNone() {
    try {
      List<Integer> smaller = smallerMaxIters();
      if (!smaller.isEmpty()) {
        if (dependsOnMaxIter) {
          LOG.info(
              "There are checkpoints of this fit with maxIter {}, but its schedule depends on maxIter,"
                  + " which is {} now: training starts anew.",
              smaller.get(0),
              maxIter);
        }
        return;
      }
      for (Path other : files.folders(root)) {
        for (Path run : files.folders(other)) {
          for (Path file : files.checkpoints(run)) {
            LOG.info(
                "Training starts anew, since the checkpoint {} is of another fit: {}.",
                file,
                fingerprint.difference(CourseFile.fingerprint(files.notes(file))));
            return;
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("Checkpoints of other fits in {} cannot be read.", root, e);
    }
  }

  private void write(Course course, Conditions conditions) throws InterruptedException {
    if (Thread.interrupted()) { // which Hadoop's local file system would swallow
      throw new InterruptedException();
    }
    try {
      files.write(folder, course.passes(), CourseFile.of(course, fingerprint, conditions), KEPT);
    } catch (IOException e) {
      checkInterrupt(e);
      throw failed("write", e);
    }
  }

  /** An interrupt closes the file that is being written, or ends the command that makes it. */
  private static void checkInterrupt(IOException e) throws InterruptedException {
    boolean timeout = e instanceof SocketTimeoutException; // which is one of the former
    if (Thread.interrupted()
        || e instanceof ClosedByInterruptException
        || (e instanceof InterruptedIOException && !timeout)) {
      throw new InterruptedException();
    }
  }

  /** Removes this run's folder, and the fingerprint's if that was the last. */
  private void remove() {
    try {
      files.remove(folder);
    } catch (IOException e) {
      LOG.warn("The checkpoints in {} could not be removed: delete them by hand.", folder, e);
    }
  }

  private UncheckedIOException failed(String what, IOException e) {
    return new UncheckedIOException(
        "Could not %s checkpoints in %s: see whether the file system is there, then fit again to go on."
            .formatted(what, folder),
        e);
  }
}
