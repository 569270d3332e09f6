package sparkprop.train.checkpoint;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.nn.safetensors.TensorFile;
import sparkprop.train.Checkpoints;
import sparkprop.train.Course;

/**
 * The checkpoints of one training run: files {@code pass-00000012.safetensors} in the folder {@code
 * <fingerprint>/<maxIter>} of a path that any number of runs may share. The last two are kept, in
 * case the last is broken. Other runs' folders are read, to say what differs, and never changed.
 */
public final class CheckpointFolder implements Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final String PREFIX = "pass-";
  private static final String SUFFIX = ".safetensors";
  private static final int KEPT = 2;

  private final FileSystem fileSystem;
  private final Path root;
  private final Path folder;
  private final Fingerprint fingerprint;
  private final int maxIter;
  private final int interval;
  private final boolean dependsOnMaxIter;

  /**
   * The folder of one run, which is made if it is not there.
   *
   * @param path the path that runs share
   * @param fingerprint of all that this run hangs on but maxIter
   * @param maxIter passes that it makes at most
   * @param dependsOnMaxIter whether its course does, so that no run with a smaller one will do
   * @param interval passes from one checkpoint to the next
   * @throws IllegalArgumentException if the path cannot be written to
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
      this.fileSystem = root.getFileSystem(configuration);
      fileSystem.mkdirs(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "checkpointPath %s cannot be written to (%s): name a folder that can."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /**
   * The last whole checkpoint of this run, else, where the course does not hang on maxIter, that of
   * the run with the next smaller one.
   *
   * @throws IllegalArgumentException if a file's content contradicts the folder it stands in
   */
  @Override
  public Optional<Course> latest() {
    try {
      for (Path candidate : candidates()) {
        Optional<Course> course = latest(candidate);
        if (course.isPresent()) {
          LOG.info("Going on after pass {} from {}.", course.get().passes(), candidate);
          return course;
        }
      }
      tellWhatDiffers();
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /** This run's folder, then those of the same fingerprint and a smaller maxIter, largest first. */
  private List<Path> candidates() throws IOException {
    List<Integer> others =
        folders(new Path(root, fingerprint.digest())).stream()
            .map(Path::getName)
            .filter(name -> name.matches("\\d{1,9}"))
            .map(Integer::valueOf)
            .filter(other -> other < maxIter)
            .sorted(Comparator.reverseOrder())
            .toList();
    if (dependsOnMaxIter && !others.isEmpty() && files(folder).isEmpty()) {
      LOG.info(
          "There are checkpoints of this fit with maxIter {}, but its schedule depends on maxIter,"
              + " which is {} now: training starts anew.",
          others.get(0),
          maxIter);
    }
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(folder),
            others.stream()
                .filter(other -> !dependsOnMaxIter)
                .map(other -> new Path(folder.getParent(), String.valueOf(other))))
        .toList();
  }

  private Optional<Course> latest(Path from) throws IOException {
    for (Path file : files(from)) {
      Optional<TensorFile> whole = whole(file);
      if (whole.isPresent()) {
        String difference = fingerprint.difference(CourseFile.fingerprint(whole.get()));
        if (!difference.isEmpty()) {
          throw new IllegalArgumentException(
              "Checkpoint %s is not of the fit whose folder it stands in (%s): delete the folder, or name another checkpointPath."
                  .formatted(file, difference));
        }
        return Optional.of(CourseFile.read(whole.get()));
      }
    }
    return Optional.empty();
  }

  /** A file's content, unless it was cut off. */
  private Optional<TensorFile> whole(Path file) throws IOException {
    FileStatus status = fileSystem.getFileStatus(file);
    try (InputStream in = new BufferedInputStream(fileSystem.open(file))) {
      TensorFile read = TensorFile.read(in, status.getLen(), file.toString());
      CourseFile.check(read);
      return Optional.of(read);
    } catch (IllegalArgumentException e) {
      LOG.warn("Checkpoint {} is not whole and is skipped for the one before it.", file, e);
      return Optional.empty();
    }
  }

  /** Checkpoints of a folder, the latest first. */
  private List<Path> files(Path in) throws IOException {
    return statuses(in).stream()
        .map(FileStatus::getPath)
        .filter(file -> file.getName().startsWith(PREFIX) && file.getName().endsWith(SUFFIX))
        .sorted(Comparator.comparing(Path::getName).reversed())
        .toList();
  }

  private List<Path> folders(Path in) throws IOException {
    return statuses(in).stream().filter(FileStatus::isDirectory).map(FileStatus::getPath).toList();
  }

  private List<FileStatus> statuses(Path in) throws IOException {
    try {
      return Arrays.asList(fileSystem.listStatus(in));
    } catch (FileNotFoundException e) { // another run that has just ended
      return List.of();
    }
  }

  private void tellWhatDiffers() throws IOException {
    for (Path other : folders(root)) {
      for (Path run :
          other.getName().equals(fingerprint.digest()) ? List.<Path>of() : folders(other)) {
        for (Path file : files(run)) {
          Optional<TensorFile> whole = whole(file);
          if (whole.isPresent()) {
            SortedMap<String, String> parts = CourseFile.fingerprint(whole.get());
            LOG.info(
                "Training starts anew, since the checkpoint {} is of another fit: {}.",
                file,
                fingerprint.difference(parts));
            return;
          }
        }
      }
    }
  }

  @Override
  public void reached(Course course) {
    if (course.passes() % interval != 0) {
      return;
    }
    String name = String.format("%s%08d%s", PREFIX, course.passes(), SUFFIX);
    Path unfinished = new Path(folder, "_" + name);
    try {
      try (OutputStream out = fileSystem.create(unfinished, true)) {
        CourseFile.of(course, fingerprint).write(out);
      }
      Path file = new Path(folder, name);
      fileSystem.delete(file, false);
      if (!fileSystem.rename(unfinished, file)) {
        throw new IOException(unfinished + " could not be renamed to " + file);
      }
      for (Path old : files(folder).stream().skip(KEPT).toList()) {
        fileSystem.delete(old, false);
      }
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  /** Removes this run's folder, and the fingerprint's if that was the last. */
  @Override
  public void ended() {
    try {
      fileSystem.delete(folder, true);
      if (folders(folder.getParent()).isEmpty()) {
        fileSystem.delete(folder.getParent(), false);
      }
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
