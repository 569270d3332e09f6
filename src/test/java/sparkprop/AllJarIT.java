package sparkprop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.nn.SavedNetwork;
import sparkprop.testing.ChildJvm;

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

  /** Spark puts jars of {@code --jars} behind a class loader of its own, as no other test does. */
  @Test
  void trainsScoresSavesAndLoadsWhereSparkSubmitTakesIt(@TempDir Path directory) throws Exception {
    Path saved = directory.resolve("model");
    List<String> options = new ArrayList<>(ChildJvm.sparkOptions());
    options.add("-Dlog4j2.configurationFile=examples/log4j2.properties");
    ChildJvm.Ended ended =
        ChildJvm.run(
            options,
            ChildJvm.classPath(AllJarIT::isSparks),
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            "local[2]",
            "--conf",
            "spark.ui.enabled=false",
            "--conf",
            "spark.driver.host=localhost",
            "--conf",
            "spark.driver.bindAddress=127.0.0.1",
            "--jars",
            JAR.toString(),
            "--class",
            SubmittedPipeline.class.getName(),
            jarOf(SubmittedPipeline.class, directory).toString(),
            saved.toString());
    assertThat(ended.exitValue()).as("%s", ended).isZero();
    assertThat(ended.out())
        .satisfiesExactly(
            line ->
                assertThat(line).isEqualTo("loader org.apache.spark.util.MutableURLClassLoader"),
            line -> assertThat(line).isEqualTo("from " + JAR.toUri().toURL()),
            line -> assertThat(line).matches("right 1[67]\\d\\d"),
            line -> assertThat(line).isEqualTo("otherwise after loading 0"));
    assertThat(SavedNetwork.load(networkIn(saved)).notes())
        .containsEntry("blasProvider", "openblas")
        .containsEntry("libraryVersion", System.getProperty("sparkprop.version"));
  }

  /** Neither what the project built nor what the jar must bring. */
  private static boolean isSparks(Path entry) {
    return !entry.startsWith(JAR.getParent())
        && !entry.getFileName().toString().matches("(javacpp|openblas|jspecify)-.*");
  }

  private static Path jarOf(Class<?> program, Path directory) throws IOException {
    String name = program.getName().replace('.', '/') + ".class";
    Path jar = directory.resolve("program.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream bytes = program.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      bytes.transferTo(out);
    }
    return jar;
  }

  /** The last stage of a saved pipeline. */
  private static String networkIn(Path pipeline) throws IOException {
    try (Stream<Path> stages = Files.list(pipeline.resolve("stages"))) {
      return stages
          .filter(stage -> Files.exists(stage.resolve(SavedNetwork.FILE_NAME)))
          .findFirst()
          .orElseThrow()
          .toString();
    }
  }
}
