package sparkprop.linalg.blas;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * netlib, which Spark carries and MLlib multiplies with, used so that MLlib does not notice.
 *
 * <p>netlib chooses its BLAS once, when its class InstanceBuilder is initialised, and its JNI class
 * opens the library that a system property names at that moment. So we first let it choose as it
 * would for MLlib, then set the property, and have a second copy of the JNI class, in a class
 * loader of ours, open our library. The interfaces are netlib's own, so calls need no reflection.
 */
final class Netlib {
  private static final String PACKAGE = "dev.ludovic.netlib.blas.";
  private static final String LIBRARY_PROPERTY = PACKAGE + "nativeLibPath";

  private Netlib() {}

  /**
   * Lets netlib choose MLlib's BLAS now, if it has not yet. To be called before we load a native
   * library: a BLAS loaded later might be linked to ours by the dynamic linker, because a library
   * of the same name is there already.
   *
   * @return whether MLlib has a native BLAS
   */
  static boolean choosesNativeForItself() {
    return quietly(PACKAGE, Netlib::hasNative);
  }

  private static boolean hasNative() {
    try {
      return NativeBLAS.getInstance() != null;
    } catch (RuntimeException e) {
      return false; // netlib says so by throwing
    }
  }

  /**
   * Lets netlib choose without its warning that there is no native library, which is not this
   * caller's concern.
   *
   * @param chooser the package in which it chooses
   */
  static <T> T quietly(String chooser, Supplier<T> work) {
    Logger netlib = Logger.getLogger(chooser + "InstanceBuilder");
    Filter filter = netlib.getFilter();
    netlib.setFilter(
        record -> {
          LoggerFactory.getLogger(Blas.class).debug("netlib: {}", record.getMessage());
          return false;
        });
    try {
      return work.get();
    } finally {
      netlib.setFilter(filter);
    }
  }

  /** Whether netlib can call native libraries on this system. */
  static boolean hasJni() {
    String file = "resources/native/" + system() + "/libnetlibblasjni.so";
    return BLAS.class.getClassLoader().getResource(file) != null;
  }

  private static String system() {
    return System.getProperty("os.name") + "-" + System.getProperty("os.arch");
  }

  /**
   * A BLAS whose calls go to a native library.
   *
   * @param library a file that defines sgemm_ and its sisters
   * @throws UnsupportedOperationException if netlib has no JNI code for this system
   * @throws ReflectiveOperationException or LinkageError if it cannot be loaded
   */
  static BLAS over(Path library) throws ReflectiveOperationException {
    choosesNativeForItself();
    if (!hasJni()) {
      throw new UnsupportedOperationException("netlib has no JNI code for " + system());
    }
    String before = System.getProperty(LIBRARY_PROPERTY);
    System.setProperty(LIBRARY_PROPERTY, library.toString());
    try {
      Class<?> copy =
          Class.forName(PACKAGE + "JNIBLAS", true, new Copies(BLAS.class.getClassLoader()));
      var getInstance = copy.getMethod("getInstance");
      getInstance.setAccessible(true);
      return (NativeBLAS) getInstance.invoke(null);
    } finally {
      if (before == null) {
        System.clearProperty(LIBRARY_PROPERTY);
      } else {
        System.setProperty(LIBRARY_PROPERTY, before);
      }
    }
  }

  /** Defines netlib's classes anew; its public interfaces, and all else, come from the parent. */
  private static final class Copies extends ClassLoader {
    private static final Set<String> SHARED =
        Set.of(PACKAGE + "BLAS", PACKAGE + "NativeBLAS", PACKAGE + "JavaBLAS");

    Copies(ClassLoader parent) {
      super("sparkprop-netlib", parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE) || SHARED.contains(name)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (InputStream code = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (code == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = code.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
