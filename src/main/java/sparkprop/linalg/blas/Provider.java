package sparkprop.linalg.blas;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where kernels come from, best first. */
enum Provider {
  MKL {
    @Override
    Kernel load() throws Exception {
      return Mkl.load();
    }
  },
  OPENBLAS {
    @Override
    Kernel load() throws Exception {
      return OpenBlas.load();
    }
  },
  VECTOR {
    @Override
    Kernel load() throws Exception {
      return VectorBlas.load();
    }
  },
  JAVA {
    @Override
    Kernel load() {
      return new JavaKernel();
    }
  };

  private static final Logger LOG = LoggerFactory.getLogger(Blas.class);

  /**
   * Its kernel.
   *
   * @throws Exception if it cannot be loaded, saying why; a LinkageError says the same
   */
  abstract Kernel load() throws Exception;

  /** Whether it can be loaded. */
  boolean loads() {
    try {
      load();
      return true;
    } catch (Exception | LinkageError e) {
      return false;
    }
  }

  /**
   * The forced provider, or the first that loads, logged with the reason.
   *
   * @param forced its name, or null
   * @throws IllegalStateException if the forced one is unknown or does not load
   */
  static Blas choose(@Nullable String forced) {
    if (forced != null && !forced.isBlank()) {
      Provider provider = named(forced);
      Blas blas = provider.forced();
      LOG.info("Matrix products: {}, as system property {} says.", blas, Blas.PROPERTY);
      return blas;
    }
    StringBuilder reason = new StringBuilder();
    for (Provider provider : values()) {
      try {
        Blas blas = new Blas(provider, provider.load());
        LOG.info("Matrix products: {}, the best that loads.{}", blas, reason);
        return blas;
      } catch (Exception | LinkageError e) {
        reason.append(" Not ").append(provider).append(": ").append(message(e)).append('.');
      }
    }
    throw new AssertionError("Plain Java always loads.");
  }

  private static Provider named(String name) {
    return Arrays.stream(values())
        .filter(p -> p.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "System property "
                        + Blas.PROPERTY
                        + " names the BLAS provider '"
                        + name
                        + "', which is none of "
                        + Arrays.toString(values())
                        + "."));
  }

  private Blas forced() {
    try {
      return new Blas(this, load());
    } catch (Exception | LinkageError e) {
      throw new IllegalStateException(
          "System property "
              + Blas.PROPERTY
              + " asks for the BLAS provider '"
              + this
              + "', which cannot be loaded: "
              + message(e)
              + ".",
          e);
    }
  }

  static String message(Throwable e) {
    if (e instanceof NoClassDefFoundError) {
      return "there is no class " + e.getMessage();
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  /** The name users know it by. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
