package sparkprop.persist;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** This machine's disk under the scheme {@code full}, with room for the first bytes of a file. */
public final class FullDisk extends RawLocalFileSystem {
  static final int SPACE = 100;

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public URI getUri() {
    return URI.create("full:///");
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    OutputStream disk = super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    OutputStream filling =
        new OutputStream() {
          private int left = SPACE;

          @Override
          public void write(int b) throws IOException {
            if (left-- <= 0) {
              throw new IOException("No space left on device");
            }
            disk.write(b);
          }

          @Override
          public void close() throws IOException {
            disk.close();
          }
        };
    return new FSDataOutputStream(filling, statistics);
  }
}
