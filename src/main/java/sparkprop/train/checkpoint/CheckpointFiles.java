package sparkprop.train.checkpoint;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sparkprop.nn.safetensors.TensorFile;

/**
 * Files of checkpoints on any file system: written whole or not at all, read only if whole. Others
 * than the reader may remove them at any time.
 */
final class CheckpointFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final String PREFIX = "pass-";
  private static final String SUFFIX = ".safetensors";

  private final FileSystem fileSystem;

  /** A checkpoint that was found whole. */
  record Whole(Path file, TensorFile content) {}

  CheckpointFiles(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** Checkpoints of a folder, the latest first. */
  List<Path> checkpoints(Path in) throws IOException {
    return statuses(in).stream()
        .map(FileStatus::getPath)
        .filter(file -> file.getName().startsWith(PREFIX) && file.getName().endsWith(SUFFIX))
        .sorted(Comparator.comparing(Path::getName).reversed())
        .toList();
  }

  /** Folders in a folder. */
  List<Path> folders(Path in) throws IOException {
    return statuses(in).stream().filter(FileStatus::isDirectory).map(FileStatus::getPath).toList();
  }

  private List<FileStatus> statuses(Path in) throws IOException {
    try {
      return Arrays.asList(fileSystem.listStatus(in));
    } catch (FileNotFoundException e) { // another run that has just ended
      return List.of();
    }
  }

  /** A file's content, unless it was cut off, or its run has ended meanwhile. */
  Optional<Whole> whole(Path file) throws IOException {
    try {
      FileStatus status = fileSystem.getFileStatus(file);
      try (InputStream in = new BufferedInputStream(fileSystem.open(file))) {
        TensorFile read = TensorFile.read(in, status.getLen(), file.toString());
        String version = CourseFile.version(read.metadata());
        if (version.equals(CourseFile.VERSION)) {
          CourseFile.check(read);
        }
        return Optional.of(new Whole(file, read));
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IllegalArgumentException
        | ChecksumException
        | EOFException
        | BlockMissingException e) {
      LOG.warn("Checkpoint {} is not whole and is skipped for the one before it.", file, e);
      return Optional.empty();
    }
  }

  /** What a checkpoint tells of its fit, read without its numbers. */
  Map<String, String> notes(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(fileSystem.open(file))) {
      return TensorFile.readMetadata(in, file.toString());
    }
  }

  /**
   * Writes a checkpoint under another name and renames it, then removes older ones.
   *
   * @param kept how many stay, this one included
   */
  void write(Path folder, int pass, TensorFile content, int kept) throws IOException {
    String name = String.format("%s%08d%s", PREFIX, pass, SUFFIX);
    Path unfinished = new Path(folder, "_" + name);
    try (OutputStream out = fileSystem.create(unfinished, true)) {
      content.write(out);
    }
    Path file = new Path(folder, name);
    fileSystem.delete(file, false);
    if (!fileSystem.rename(unfinished, file)) {
      throw new IOException(unfinished + " could not be renamed to " + file);
    }
    for (Path old : checkpoints(folder).stream().skip(kept).toList()) {
      fileSystem.delete(old, false);
    }
  }

  /** Removes a run's folder, and the one around it if that was the last. */
  void remove(Path folder) throws IOException {
    fileSystem.delete(folder, true);
    if (folders(folder.getParent()).isEmpty()) {
      fileSystem.delete(folder.getParent(), false);
    }
  }
}
