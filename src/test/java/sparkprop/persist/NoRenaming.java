package sparkprop.persist;

import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** This machine's disk under a scheme of its own, where nothing can be renamed. */
public final class NoRenaming extends RawLocalFileSystem {
  static final String SCHEME = "norenaming";

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public boolean rename(Path from, Path to) {
    return false;
  }
}
