package sparkprop.linalg.blas;

import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack.MklSetNumThreadsLocal;

/**
 * What is set in a loaded OpenBLAS and asked of it. JavaCPP can do the same, but only to the first
 * library of the process that has functions of these names, and that may be MLlib's.
 */
record OpenBlasControl(Symbols symbols) {
  // The processor families for which the library carries kernels, as its tables of them are named.
  private static final List<String> CORES =
      List.of(
          "PRESCOTT",
          "CORE2",
          "NEHALEM",
          "SANDYBRIDGE",
          "HASWELL",
          "SKYLAKEX",
          "COOPERLAKE",
          "SAPPHIRERAPIDS",
          "BARCELONA",
          "BULLDOZER",
          "PILEDRIVER",
          "STEAMROLLER",
          "EXCAVATOR",
          "ZEN",
          "ARMV8",
          "ARMV8SVE",
          "CORTEXA53",
          "CORTEXA55",
          "CORTEXA57",
          "CORTEXA72",
          "CORTEXA73",
          "FALKOR",
          "THUNDERX",
          "THUNDERX2T99",
          "TSV110",
          "EMAG8180",
          "NEOVERSEN1",
          "NEOVERSEV1",
          "NEOVERSEN2",
          "THUNDERX3T110",
          "VORTEX",
          "A64FX",
          "ARMV9SME",
          "VORTEXM4");

  /** Sets one thread, and ends those that the library started when it was loaded. */
  void confine() throws IOException {
    call("openblas_set_num_threads", 1);
    if (symbols instanceof LoadedLibrary) {
      // They would be asleep from now on. Only where tried: on Windows it kills them.
      call("blas_thread_shutdown_", 0);
    }
    if (threads() != 1) {
      throw new IOException("OpenBLAS keeps to " + threads() + " threads, though told to use one");
    }
  }

  /** How many threads a product may use. */
  int threads() throws IOException {
    return call("openblas_get_num_threads", 0);
  }

  /** Calls int f(int), or a function of fewer arguments or no result. */
  private int call(String function, int argument) throws IOException {
    long address = symbols.address(function);
    if (address == 0) {
      throw new IOException("OpenBLAS has no function " + function);
    }
    // JavaCPP's function pointers point to a C struct whose first member is the function's address.
    try (LongPointer struct = new LongPointer(address, 0L)) {
      return new MklSetNumThreadsLocal(struct).call(argument);
    }
  }

  /** The name of the table of kernels that the library chose for this processor. */
  String core() {
    long variable = symbols.address("gotoblas");
    if (variable != 0) {
      long table = new LongPointer(new At(variable)).get();
      for (String core : CORES) {
        if (symbols.address("gotoblas_" + core) == table) {
          return core;
        }
      }
    }
    return System.getProperty("os.arch");
  }

  /** A pointer to an address known as a number. */
  private static final class At extends Pointer {
    At(long address) {
      this.address = address;
    }
  }
}
