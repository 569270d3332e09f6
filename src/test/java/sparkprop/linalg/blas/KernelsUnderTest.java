package sparkprop.linalg.blas;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The kernels of every provider that loads here, loaded once. */
final class KernelsUnderTest {
  private static final List<Blas> ALL = load();

  private KernelsUnderTest() {}

  static Stream<Blas> all() {
    return ALL.stream();
  }

  private static List<Blas> load() {
    List<Blas> all = new ArrayList<>();
    for (String name : Blas.available()) {
      all.add(Provider.choose(name));
      if (name.equals("openblas")) {
        // What systems without JNI code of netlib's use.
        all.add(new Blas(Provider.OPENBLAS, new CopyingKernel("by copies")));
      }
    }
    return all;
  }
}
