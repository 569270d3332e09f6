package sparkprop.linalg.blas;

import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * What is set in a loaded OpenBLAS and asked of it. JavaCPP can set threads too, but only in the
 * first library of the process that has functions of these names, and that may be MLlib's.
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

  /**
   * Sets one thread, and ends those that the library started when it was loaded. To be called once:
   * a library that is told again starts them again, beside products that may be running.
   */
  void confine() throws IOException, ReflectiveOperationException {
    try (IntPointer one = new IntPointer(1)) {
      one.put(1);
      NativeFunction.call(address("openblas_set_num_threads_"), one);
      // They would be asleep from now on. It takes no argument, and does not see this one.
      NativeFunction.call(address("blas_thread_shutdown_"), one);
    }
    if (threads() != 1) {
      throw new IOException("OpenBLAS keeps to " + threads() + " threads, though told to use one");
    }
  }

  /** How many threads a product may use. */
  int threads() throws IOException {
    return new IntPointer(new At(address("blas_cpu_number"))).get();
  }

  private long address(String name) throws IOException {
    long address = symbols.address(name);
    if (address == 0) {
      throw new IOException("OpenBLAS has no symbol " + name);
    }
    return address;
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
