package sparkprop.linalg.blas;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The kernels of every provider that loads here, each loaded once. */
final class KernelsUnderTest {
  private static final List<Blas> ALL = load();

  private KernelsUnderTest() {}

  static Stream<Blas> all() {
    return ALL.stream();
  }

  /** Those of OpenBLAS: as it is called on this system, and with copies. */
  static List<Blas> openBlas() {
    return ALL.stream().filter(blas -> blas.provider().equals("openblas")).toList();
  }

  private static List<Blas> load() {
    List<Blas> all = new ArrayList<>();
    for (Provider provider : Provider.values()) {
      boolean chosen = provider.toString().equals(Blas.instance().provider());
      try {
        all.add(chosen ? Blas.instance() : new Blas(provider, provider.load()));
        if (provider == Provider.OPENBLAS) {
          // What systems without JNI code of netlib's use.
          all.add(new Blas(provider, OpenBlas.throughJavaCpp()));
        }
      } catch (Exception | LinkageError e) {
        // BlasTest fails if it is the one that this run of the tests is meant for.
      }
    }
    return all;
  }
}
