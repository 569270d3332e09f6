package sparkprop.linalg.blas;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** netlib's BLAS in Java on the JDK's vector module, which Spark carries. */
final class VectorBlas {
  private VectorBlas() {}

  /**
   * Its kernel.
   *
   * @throws UnsupportedOperationException if the module is not there
   */
  static Kernel load() throws ReflectiveOperationException, IOException {
    Netlib.choosesNativeForItself();
    JavaBLAS blas = JavaBLAS.getInstance();
    if (!blas.getClass().getSimpleName().equals("VectorBLAS")) {
      throw new UnsupportedOperationException(
          "this JVM runs without the option --add-modules jdk.incubator.vector");
    }
    // By reflection: without the module, code that names it does not compile.
    Object species =
        Class.forName("jdk.incubator.vector.FloatVector").getField("SPECIES_MAX").get(null);
    Object bits =
        Class.forName("jdk.incubator.vector.VectorSpecies")
            .getMethod("vectorBitSize")
            .invoke(species);
    return new NetlibKernel(blas, version() + " " + bits + " bits");
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream file =
        BLAS.class.getResourceAsStream("/META-INF/maven/dev.ludovic.netlib/blas/pom.properties")) {
      if (file != null) {
        properties.load(file);
      }
    }
    return "netlib " + properties.getProperty("version", "");
  }
}
