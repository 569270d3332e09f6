package sparkprop.linalg.blas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Linux knows of an x86 processor, as far as a library chooses its code by it. */
final class Processor {
  /** Widest first. */
  private static final List<String> INSTRUCTION_SETS = List.of("avx512f", "avx2", "avx", "sse4_2");

  private Processor() {}

  /** Make, family, model and widest instruction set: {@code GenuineIntel 6-143 avx512f}. */
  static String describe() throws IOException {
    return describe(Files.readAllLines(Path.of("/proc/cpuinfo")));
  }

  static String describe(List<String> cpuinfo) {
    Map<String, String> first = new HashMap<>();
    for (String line : cpuinfo) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        first.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    List<String> flags = List.of(first.getOrDefault("flags", "").split(" "));
    String instructions =
        INSTRUCTION_SETS.stream().filter(flags::contains).findFirst().orElse("sse2");
    return "%s %s-%s %s"
        .formatted(
            first.get("vendor_id"), first.get("cpu family"), first.get("model"), instructions);
  }
}
