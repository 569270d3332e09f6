package sparkprop.linalg.blas;

import java.lang.reflect.InvocationTargetException;
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

    @Override
    String remedy() {
      return "add org.bytedeco:mkl with its native and its redist jar for this system";
    }
  },
  OPENBLAS {
    @Override
    Kernel load() throws Exception {
      return OpenBlas.load();
    }

    @Override
    String remedy() {
      return "add org.bytedeco:openblas with its native jar for this system";
    }
  },
  VECTOR {
    @Override
    Kernel load() throws Exception {
      return VectorBlas.load();
    }

    @Override
    String remedy() {
      return "add the option, for executors in spark.executor.extraJavaOptions";
    }
  },
  JAVA {
    @Override
    Kernel load() {
      return new JavaKernel();
    }

    @Override
    String remedy() {
      throw new AssertionError("Plain Java always loads.");
    }
  };

  private static final Logger LOG = LoggerFactory.getLogger(Blas.class);

  /**
   * Its kernel.
   *
   * @throws Exception if it cannot be loaded, saying why; a LinkageError says the same
   */
  abstract Kernel load() throws Exception;

  /** What lets it be loaded where it cannot be. */
  abstract String remedy();

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
                        + ": name one of them, or unset the property."));
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
              + "', which cannot be loaded here ("
              + message(e)
              + "): "
              + remedy()
              + ", or unset the property.",
          e);
    }
  }

  /** What went wrong and why, without a full stop. */
  static String message(Throwable e) {
    Throwable cause = e.getCause();
    if (cause != null
        && (e instanceof InvocationTargetException || e instanceof ExceptionInInitializerError)) {
      return message(cause); // reflection and class initialisers say nothing themselves
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    if (e instanceof NoClassDefFoundError && message.indexOf(' ') < 0) {
      return "there is no class " + message;
    }
    if (message.endsWith(".")) {
      message = message.substring(0, message.length() - 1);
    }
    return cause == null || message.contains(cause.toString())
        ? message
        : message + " (" + cause + ")";
  }

  /** The name users know it by. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
