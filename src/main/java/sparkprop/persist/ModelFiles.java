package sparkprop.persist;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import sparkprop.interop.LocalSaving;
import sparkprop.nn.NoSavedNetworkException;
import sparkprop.nn.SavedNetwork;

/** The weights file of a model's directory, on any file system that Hadoop knows. */
final class ModelFiles {
  private final FileSystem fileSystem;
  private final Path directory;

  private ModelFiles(FileSystem fileSystem, Path directory) {
    this.fileSystem = fileSystem;
    this.directory = directory;
  }

  /**
   * The files of this directory, which need not exist. The session says what a path without a
   * scheme means, but for Spark Connect's cache, which is always on the driver's own disk.
   */
  static ModelFiles in(String directory, SparkSession session) throws IOException {
    var conf = session.sessionState().newHadoopConf();
    if (LocalSaving.active()) {
      FileSystem disk = FileSystem.getLocal(conf).getRawFileSystem();
      return new ModelFiles(disk, new Path(new java.io.File(directory).toURI()));
    }
    Path path = new Path(directory);
    return new ModelFiles(path.getFileSystem(conf), path);
  }

  /** Writes under another name first, so that the file is there whole or not at all. */
  void write(SavedNetwork network) throws IOException {
    Path unfinished = new Path(directory, "_" + SavedNetwork.FILE_NAME);
    Path file = new Path(directory, SavedNetwork.FILE_NAME);
    try (OutputStream out = fileSystem.create(unfinished, true)) {
      network.write(out);
    }
    if (!fileSystem.rename(unfinished, file)) {
      throw new IOException(
          ("%s could not be renamed to %s: see whether the directory may be written to, then save"
                  + " again.")
              .formatted(unfinished, file));
    }
  }

  /**
   * Reads the file.
   *
   * @throws NoSavedNetworkException if the directory has none
   */
  SavedNetwork read() throws IOException {
    Path file = new Path(directory, SavedNetwork.FILE_NAME);
    FileStatus status = status(file);
    try (InputStream in = new BufferedInputStream(fileSystem.open(file))) {
      return SavedNetwork.read(in, status.getLen(), file.toString());
    }
  }

  private FileStatus status(Path file) throws IOException {
    try {
      return fileSystem.getFileStatus(file);
    } catch (FileNotFoundException e) {
      if (fileSystem.exists(directory)) {
        throw new NoSavedNetworkException(directory.toString(), e);
      }
      throw e;
    }
  }
}
