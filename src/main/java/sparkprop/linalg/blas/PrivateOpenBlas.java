package sparkprop.linalg.blas;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.slf4j.LoggerFactory;

/**
 * The files of OpenBLAS for Linux in a folder of our own. JavaCPP's own copy, in its cache, is not
 * ours to change or to confine: MLlib may have been pointed at that very file, and to the dynamic
 * linker one file is one library, with one number of threads.
 *
 * <p>The library is marked to prefer its own symbols. netlib opens MLlib's native BLAS so that
 * every library loaded later takes symbols from it before its own (RTLD_GLOBAL); two OpenBLAS would
 * share threads and tables, whatever their versions.
 *
 * <p>Processes share the folder, beside JavaCPP's cache. It is filled under another name and moved
 * into place at once, and what stands in place is never replaced, since others may have it loaded.
 */
final class PrivateOpenBlas {
  private static final String LIBRARY = "libopenblas.so.0";

  /** The library, and what it stands on where the system lacks it. */
  private static final List<String> NAMES =
      List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", LIBRARY);

  private PrivateOpenBlas() {}

  /** Does something with the library's file, which may be gone afterwards. */
  interface Use<T> {
    T of(Path library) throws IOException, ReflectiveOperationException;
  }

  /**
   * Has the library's file used.
   *
   * @throws IOException if there is no OpenBLAS for this system, or it cannot be written
   */
  static <T> T use(Use<T> use) throws IOException, ReflectiveOperationException {
    return use(Loader.getCacheDir().toPath(), use);
  }

  static <T> T use(Path cache, Use<T> use) throws IOException, ReflectiveOperationException {
    Map<String, URL> packed = packed();
    Path shared = cache.resolve("sparkprop-openblas-" + version() + "-" + Loader.getPlatform());
    if (!isWhole(shared, packed)) {
      Path own = Files.createTempDirectory(cache, "sparkprop-openblas-");
      try {
        unpack(packed, own);
        if (!settles(own, shared) && !isWhole(shared, packed)) {
          return use.of(own.resolve(LIBRARY));
        }
      } finally {
        delete(own); // no longer there if it has settled
      }
    }
    return use.of(shared.resolve(LIBRARY));
  }

  /** The version of OpenBLAS and of its packing. */
  static String version() throws IOException {
    return Loader.getVersion("org.bytedeco", "openblas");
  }

  private static Map<String, URL> packed() throws IOException {
    Map<String, URL> packed = new LinkedHashMap<>();
    for (String name : NAMES) {
      URL file =
          openblas_nolapack.class.getResource(
              "/org/bytedeco/openblas/" + Loader.getPlatform() + "/" + name);
      if (file != null) { // libquadmath is not on every platform
        packed.put(name, file);
      }
    }
    if (!packed.containsKey(LIBRARY)) {
      throw new IOException(
          "there is no OpenBLAS for " + Loader.getPlatform() + " on the class path");
    }
    return packed;
  }

  private static boolean isWhole(Path folder, Map<String, URL> packed) {
    try {
      for (Map.Entry<String, URL> file : packed.entrySet()) {
        long size = file.getValue().openConnection().getContentLengthLong();
        if (Files.size(folder.resolve(file.getKey())) != size) {
          return false;
        }
      }
      try (ElfFile elf = new ElfFile(folder.resolve(LIBRARY))) {
        return elf.prefersItsOwnSymbols();
      }
    } catch (IOException e) {
      return false; // not there, or another user's
    }
  }

  private static void unpack(Map<String, URL> packed, Path folder) throws IOException {
    for (Map.Entry<String, URL> file : packed.entrySet()) {
      Path to = folder.resolve(file.getKey());
      try (InputStream from = file.getValue().openStream()) {
        Files.copy(from, to);
      }
      if (file.getKey().equals(LIBRARY)) {
        try (ElfFile elf = new ElfFile(to, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          elf.preferItsOwnSymbols();
        }
      }
      try (FileChannel written = FileChannel.open(to, StandardOpenOption.WRITE)) {
        written.force(true); // a folder that stands in place is whole even after a power cut
      }
    }
  }

  /** Moves the folder into place, unless another process was first. */
  private static boolean settles(Path own, Path shared) {
    try {
      Files.move(own, shared, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void delete(Path folder) {
    try {
      for (String name : NAMES) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Some file systems keep what is in use. The library is loaded, and that is what matters.
      LoggerFactory.getLogger(Blas.class).debug("{} stays: {}", folder, e.toString());
    }
  }
}
