package sparkprop.linalg.blas;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenBLAS as {@code org.bytedeco:openblas} packs it: JavaCPP extracts the library into its cache
 * and loads it, we confine it to the calling thread, and netlib's JNI calls it.
 */
final class OpenBlas {
  private static final Logger LOG = LoggerFactory.getLogger(Blas.class);
  private static final String PLATFORM = Loader.getPlatform();
  private static final boolean LINUX = PLATFORM.startsWith("linux");

  private OpenBlas() {}

  /**
   * Its kernel, through netlib if that has JNI code for this system, else through JavaCPP, which
   * copies.
   *
   * @throws IOException if the library is not where it was extracted to; a LinkageError if it
   *     cannot be loaded
   */
  static Kernel load() throws IOException {
    if (mllibHasNativeBlas() && LINUX) {
      keepApart();
    }
    Loader.load(openblas_nolapack.class);
    Path library = extracted();
    OpenBlasControl control =
        new OpenBlasControl(LINUX ? LoadedLibrary.of(library) : OpenBlas::anywhere);
    control.confine();
    String description = Loader.getVersion("org.bytedeco", "openblas") + " " + control.core();
    try {
      Kernel kernel = new NetlibKernel(Netlib.over(library), description);
      if (LINUX) {
        LoadedLibrary.of(library); // still once: netlib calls what we have confined
      }
      return kernel;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.info(
          "OpenBLAS is called with copies of the arrays, since not through netlib: {}",
          e.toString());
      return new CopyingKernel(description);
    }
  }

  private static boolean mllibHasNativeBlas() {
    try {
      return Netlib.choosesNativeForItself();
    } catch (LinkageError e) {
      LOG.debug("No netlib here, and so no MLlib to be careful of.");
      return false;
    }
  }

  /**
   * Marks the extracted library to prefer its own symbols. netlib opens MLlib's native BLAS so that
   * every library loaded later takes symbols from it before its own (RTLD_GLOBAL); two OpenBLAS
   * would share threads and tables, whatever their versions. For others who use JavaCPP's cache,
   * the mark changes nothing.
   */
  private static void keepApart() throws IOException {
    URL packed =
        openblas_nolapack.class.getResource(
            "/org/bytedeco/openblas/" + PLATFORM + "/libopenblas.so.0");
    if (packed == null) {
      throw new IOException("There is no OpenBLAS for " + PLATFORM + " on the class path");
    }
    Path library = Loader.cacheResource(new URL(packed + "#libopenblas_nolapack.so.0")).toPath();
    try (ElfFile elf = new ElfFile(library)) {
      if (elf.prefersItsOwnSymbols()) {
        return;
      }
    }
    Path marked = Files.createTempFile(library.getParent(), "libopenblas", ".marked");
    Files.copy(
        library, marked, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    try (ElfFile elf = new ElfFile(marked, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      elf.preferItsOwnSymbols();
    }
    // By its time and size JavaCPP knows what it has extracted already.
    Files.setLastModifiedTime(marked, Files.getLastModifiedTime(library));
    Files.move(marked, library, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The file of the library that JavaCPP has loaded. */
  static Path extracted() throws IOException {
    return Loader.getLoadedLibraries().values().stream()
        .map(Path::of)
        .filter(file -> file.getFileName().toString().startsWith("libopenblas_nolapack"))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException("JavaCPP loaded no OpenBLAS, but " + Loader.getLoadedLibraries()));
  }

  private static long anywhere(String symbol) {
    Pointer address = Loader.addressof(symbol);
    return address == null ? 0 : address.address();
  }
}
