package sparkprop.persist;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import sparkprop.linalg.blas.Blas;
import sparkprop.nn.SavedNetwork;

/**
 * What made a model: with the same seed, rows, partitions and Params, the same of these make the
 * same bits.
 *
 * @param libraryVersion release of Sparkprop
 * @param sparkVersion release of Spark
 * @param blasProvider where matrix products were computed, on the driver
 * @param blasKernel by which kernel
 */
public record Provenance(
    String libraryVersion, String sparkVersion, String blasProvider, String blasKernel)
    implements Serializable {
  private static final String SPARK_VERSION = "sparkVersion";
  private static final String BLAS_PROVIDER = "blasProvider";
  private static final String BLAS_KERNEL = "blasKernel";
  private static final String UNKNOWN = "unknown";

  /** Of what is made here and now, by this release of Spark. */
  public static Provenance here(String sparkVersion) {
    return new Provenance(
        // Not packed into a jar, there is no version to be found.
        Objects.requireNonNullElse(
            Provenance.class.getPackage().getImplementationVersion(), "development"),
        sparkVersion,
        Blas.instance().provider(),
        Blas.instance().kernel());
  }

  Map<String, String> toNotes() {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(SavedNetwork.LIBRARY_VERSION, libraryVersion);
    notes.put(SPARK_VERSION, sparkVersion);
    notes.put(BLAS_PROVIDER, blasProvider);
    notes.put(BLAS_KERNEL, blasKernel);
    return notes;
  }

  static Provenance fromNotes(Map<String, String> notes) {
    return new Provenance(
        notes.getOrDefault(SavedNetwork.LIBRARY_VERSION, UNKNOWN),
        notes.getOrDefault(SPARK_VERSION, UNKNOWN),
        notes.getOrDefault(BLAS_PROVIDER, UNKNOWN),
        notes.getOrDefault(BLAS_KERNEL, UNKNOWN));
  }
}
