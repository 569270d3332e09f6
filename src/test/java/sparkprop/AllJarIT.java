package sparkprop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * The jar for {@code --jars} holds us and the native BLAS, and nothing that Spark brings itself.
 */
class AllJarIT {
  private static final Path JAR = Path.of(System.getProperty("sparkprop.jar.all"));

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void holdsOnlyUsAndTheNativeBlas() throws IOException {
    assertThat(entries())
        .filteredOn(name -> !name.endsWith("/"))
        .contains("META-INF/LICENSE", "META-INF/NOTICE")
        .anyMatch(name -> name.matches("sparkprop/.*\\.class"))
        .allMatch(name -> name.matches("(sparkprop|org/bytedeco/(javacpp|openblas)|META-INF)/.*"));
  }

  @Test
  void holdsTheNativesOfEveryPlatform() throws IOException {
    assertThat(entries())
        .contains(
            "org/bytedeco/openblas/linux-x86_64/libopenblas.so.0",
            "org/bytedeco/openblas/linux-arm64/libopenblas.so.0",
            "org/bytedeco/openblas/macosx-arm64/libopenblas.0.dylib",
            "org/bytedeco/openblas/windows-x86_64/libopenblas.dll",
            "org/bytedeco/javacpp/linux-x86_64/libjnijavacpp.so",
            "org/bytedeco/javacpp/linux-arm64/libjnijavacpp.so",
            "org/bytedeco/javacpp/macosx-arm64/libjnijavacpp.dylib",
            "org/bytedeco/javacpp/windows-x86_64/jnijavacpp.dll");
  }

  /** What the jar leaves out of OpenBLAS must not be what its loader needs. */
  @Test
  void loadsTheNativeBlasFromThisJarAlone() throws Exception {
    URL[] jar = {JAR.toUri().toURL()};
    try (URLClassLoader alone = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
      Class<?> loader = alone.loadClass("org.bytedeco.javacpp.Loader");
      Class<?> openblas = alone.loadClass("org.bytedeco.openblas.global.openblas_nolapack");
      Object path = loader.getMethod("load", Class.class).invoke(null, openblas);
      assertThat((String) path).contains("openblas_nolapack");
    }
  }
}
