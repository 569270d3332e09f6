package sparkprop.linalg.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.testing.ChildJvm;

/** What MLlib multiplies with is the same before ours is used, after it, and without it. */
class MllibUntouchedTest {
  @Test
  void asSparkComes() throws Exception {
    List<String> alone = probe(List.of(), "mllib-only");
    assertThat(alone).hasSize(6).contains("property null");
    assertThat(probe(List.of(), "ours-first")).isEqualTo(alone);
    assertThat(probe(List.of(), "mllib-first")).isEqualTo(alone);
  }

  /**
   * A site may have given MLlib a native BLAS; here an OpenBLAS too, whose functions bear the same
   * names.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void withANativeBlasOfItsOwn(@TempDir Path folder) throws Exception {
    SeveralProcessors.areThereInCi();
    String library = unpackOpenBlas(folder).toString();
    List<String> options =
        List.of(
            "-Ddev.ludovic.netlib.blas.nativeLibPath=" + library,
            "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"));
    List<String> alone = probe(options, "mllib-only", library);
    assertThat(alone)
        .hasSize(7)
        .contains(
            "netlib native class dev.ludovic.netlib.blas.JNIBLAS of app", "property " + library);
    assertThat(probe(options, "ours-first", library)).isEqualTo(alone);
    assertThat(probe(options, "mllib-first", library)).isEqualTo(alone);
  }

  /**
   * A site may have pointed MLlib at the OpenBLAS that JavaCPP extracts. To the dynamic linker one
   * file is one library. Twice, since the first run leaves files to the second.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void withTheOpenBlasOfJavaCppsCache(@TempDir Path folder) throws Exception {
    SeveralProcessors.areThereInCi();
    String cache = "-Dorg.bytedeco.javacpp.cachedir=" + folder;
    String library = probe(List.of(cache), "extract").get(0);
    Object file = fileKey(library);
    byte[] content = Files.readAllBytes(Path.of(library));
    List<String> options = List.of("-Ddev.ludovic.netlib.blas.nativeLibPath=" + library, cache);
    List<String> alone = probe(options, "mllib-only", library);
    assertThat(alone)
        .contains(
            "property " + library, "MLlib's threads " + Runtime.getRuntime().availableProcessors());
    for (int run = 0; run < 2; run++) {
      assertThat(probe(options, "ours-first", library)).isEqualTo(alone);
      assertThat(probe(options, "mllib-first", library)).isEqualTo(alone);
    }
    assertThat(fileKey(library)).isEqualTo(file);
    assertThat(Files.readAllBytes(Path.of(library))).isEqualTo(content);
  }

  private static Object fileKey(String file) throws Exception {
    return Files.readAttributes(Path.of(file), BasicFileAttributes.class).fileKey();
  }

  private static List<String> probe(List<String> options, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(options);
    all.add("-Dsparkprop.blas=openblas");
    return ChildJvm.run(Map.of(), all, MllibProbe.class, arguments);
  }

  /** The library as it is packed, under another path than ours. */
  private static Path unpackOpenBlas(Path folder) throws Exception {
    String packed = "/org/bytedeco/openblas/" + Loader.getPlatform() + "/";
    for (String name :
        List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0")) {
      try (InputStream library = openblas_nolapack.class.getResourceAsStream(packed + name)) {
        if (library != null) { // libquadmath is not on every platform
          Files.copy(library, folder.resolve(name));
        }
      }
    }
    return folder.resolve("libopenblas.so.0");
  }
}
