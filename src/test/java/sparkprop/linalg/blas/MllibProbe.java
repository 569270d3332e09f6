package sparkprop.linalg.blas;

import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.linalg.BLAS$;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Prints what MLlib multiplies with, in a JVM where our own Blas is used before it, after it, or
 * not at all. First argument: ours-first, mllib-first or mllib-only; second, if any: the file of
 * MLlib's native BLAS. Or prints, for the argument extract, where JavaCPP extracts OpenBLAS to.
 */
final class MllibProbe {
  private static final int SIZE = 300;

  private MllibProbe() {}

  public static void main(String[] args) throws Exception {
    String order = args[0];
    double[] first = null;
    if (order.equals("extract")) {
      Loader.load(openblas_nolapack.class);
      System.out.println(Loader.getLoadedLibraries().get("openblas_nolapack@.0"));
      return;
    }
    if (order.equals("mllib-first")) {
      first = product();
    }
    if (!order.equals("mllib-only")) {
      useOurs();
    }
    double[] product = product();
    if (first != null && !Arrays.equals(first, product)) {
      throw new AssertionError("MLlib's product changed");
    }
    System.out.println("product " + Arrays.hashCode(product));
    System.out.println(
        "MLlib native "
            + BLAS$.MODULE$.nativeBLAS().getClass()
            + loader(BLAS$.MODULE$.nativeBLAS()));
    System.out.println("MLlib java " + BLAS$.MODULE$.javaBLAS().getClass());
    System.out.println("netlib native " + nativeBlas());
    System.out.println("netlib java " + JavaBLAS.getInstance().getClass());
    System.out.println("property " + System.getProperty("dev.ludovic.netlib.blas.nativeLibPath"));
    if (args.length > 1) {
      System.out.println(
          "MLlib's threads " + new OpenBlasControl(LoadedLibrary.of(Path.of(args[1]))).threads());
    }
  }

  private static String nativeBlas() {
    try {
      return NativeBLAS.getInstance().getClass() + loader(NativeBLAS.getInstance());
    } catch (RuntimeException e) {
      return e.getMessage();
    }
  }

  private static String loader(Object object) {
    return " of " + object.getClass().getClassLoader().getName();
  }

  private static double[] product() {
    double[] values = new double[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(i);
    }
    DenseMatrix a = new DenseMatrix(SIZE, SIZE, values);
    double[] c = new double[SIZE * SIZE];
    org.apache.spark.ml.linalg.BLAS.gemm(1, a, a, 0, c);
    return c;
  }

  private static void useOurs() {
    if (!Blas.instance().provider().equals("openblas")) {
      throw new AssertionError("Ours is " + Blas.instance());
    }
    float[] x = new float[SIZE * SIZE];
    Blas.instance()
        .gemm(false, false, SIZE, SIZE, SIZE, 1f, x, 0, SIZE, x, 0, SIZE, 0f, x.clone(), 0, SIZE);
  }
}
