package sparkprop.linalg.blas;

import dev.ludovic.netlib.blas.BLAS;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** OpenBLAS as {@code org.bytedeco:openblas} packs it, confined to the calling thread. */
final class OpenBlas {
  private static final Logger LOG = LoggerFactory.getLogger(Blas.class);

  private OpenBlas() {}

  /**
   * Its kernel, through netlib if that has JNI code for this system, else through JavaCPP, which
   * copies.
   *
   * @throws IOException if the library cannot be extracted or does not do as told; a LinkageError
   *     if it cannot be loaded
   */
  static Kernel load() throws IOException, ReflectiveOperationException {
    boolean mllibHasNativeBlas = false;
    boolean netlibHasJni = false;
    try {
      mllibHasNativeBlas = Netlib.choosesNativeForItself();
      netlibHasJni = Netlib.hasJni();
    } catch (LinkageError e) {
      LOG.debug("No netlib here, and so no MLlib to be careful of.");
    }
    if (netlibHasJni) {
      try {
        return throughNetlib();
      } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
        if (mllibHasNativeBlas) {
          throw e; // what JavaCPP loads may be the very library that MLlib uses
        }
        LOG.warn(
            "OpenBLAS is called with copies of the arrays, up to twice as slow, because not through"
                + " netlib: {}.",
            Provider.message(e));
      }
    }
    return throughJavaCpp();
  }

  /** By netlib's JNI, which takes arrays as they are, over a library of our own. On Linux. */
  static Kernel throughNetlib() throws IOException, ReflectiveOperationException {
    return PrivateOpenBlas.use(
        library -> {
          BLAS blas = Netlib.over(library);
          // Loaded once, so that what we confine is what netlib calls.
          OpenBlasControl control = new OpenBlasControl(LoadedLibrary.of(library));
          control.confine();
          return new NetlibKernel(blas, description(control));
        });
  }

  /** By JavaCPP, over the library in its cache, for systems where MLlib has no native BLAS. */
  static Kernel throughJavaCpp() throws IOException {
    Loader.load(openblas_nolapack.class);
    openblas_nolapack.blas_set_num_threads(1);
    if (openblas_nolapack.blas_get_num_threads() != 1) {
      throw new IOException("OpenBLAS keeps to several threads, though told to use one");
    }
    return new CopyingKernel(description(new OpenBlasControl(OpenBlas::anywhere)));
  }

  private static String description(OpenBlasControl control) throws IOException {
    return PrivateOpenBlas.version() + " " + control.core();
  }

  private static long anywhere(String symbol) {
    Pointer address = Loader.addressof(symbol);
    return address == null ? 0 : address.address();
  }
}
