package sparkprop.linalg.blas;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/**
 * Intel MKL, where the user has added {@code org.bytedeco:mkl} with its redistributable libraries.
 * Its licence is not ours to accept, so its classes are named here as text only.
 */
final class Mkl {
  private static final String CLASS = "org.bytedeco.mkl.global.mkl_rt";
  private static final int REPRODUCIBLE = 2; // MKL_CBWR_AUTO: same bits wherever arrays lie

  private Mkl() {}

  /**
   * Its kernel.
   *
   * @throws UnsupportedOperationException if it is not on the class path, or might disturb MLlib
   */
  static Kernel load() throws ReflectiveOperationException, IOException {
    if (Mkl.class.getClassLoader().getResource(CLASS.replace('.', '/') + ".class") == null) {
      throw new UnsupportedOperationException("it is not on the class path");
    }
    if (Netlib.choosesNativeForItself()) {
      throw new UnsupportedOperationException(
          "MLlib has a native BLAS, and if that is MKL too, both would share their settings");
    }
    Class<?> mkl = Class.forName(CLASS);
    if ((int) mkl.getMethod("MKL_CBWR_Set", int.class).invoke(null, REPRODUCIBLE) != 0) {
      throw new UnsupportedOperationException("it refuses to give reproducible results");
    }
    mkl.getMethod("MKL_Set_Num_Threads", int.class).invoke(null, 1);
    String version = Loader.getVersion("org.bytedeco", "mkl");
    int branch = (int) mkl.getMethod("MKL_CBWR_Get_Auto_Branch").invoke(null);
    // On processors that are not Intel's the branch is "auto" still, and names no code.
    String description = version + " branch " + branch + ", " + Processor.describe();
    return new NetlibKernel(Netlib.over(library()), description);
  }

  private static Path library() throws IOException {
    return Loader.getLoadedLibraries().values().stream()
        .map(Path::of)
        .filter(file -> file.getFileName().toString().matches("(lib)?mkl_rt\\..*"))
        .findFirst()
        .orElseThrow(() -> new IOException("JavaCPP loaded no MKL"));
  }
}
