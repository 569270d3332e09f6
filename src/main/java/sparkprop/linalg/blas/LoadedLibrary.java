package sparkprop.linalg.blas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A shared library of this process on Linux, and where its symbols stand in memory.
 *
 * <p>The dynamic linker finds a symbol by its name alone, and MLlib may have loaded another
 * OpenBLAS with the same names. So the symbols are read from the library's own file, and where that
 * very file is mapped is added.
 */
final class LoadedLibrary implements Symbols {
  private final long base;
  private final Map<String, Long> offsets;

  private LoadedLibrary(long base, Map<String, Long> offsets) {
    this.base = base;
    this.offsets = offsets;
  }

  /**
   * The library of this file.
   *
   * @throws IOException if it is not loaded, or loaded twice, or its file is not as expected
   */
  static LoadedLibrary of(Path file) throws IOException {
    try (ElfFile elf = new ElfFile(file)) {
      return new LoadedLibrary(base(file.toRealPath().toString()), elf.symbols());
    }
  }

  private static long base(String path) throws IOException {
    // from-to permissions file-offset device inode path
    List<String> begins =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .map(line -> line.split("\\s+", 6))
            .filter(fields -> fields.length == 6 && fields[5].equals(path))
            .filter(fields -> Long.parseLong(fields[2], 16) == 0)
            .map(fields -> fields[0].substring(0, fields[0].indexOf('-')))
            .toList();
    if (begins.size() != 1) {
      throw new IOException(path + " is loaded " + begins.size() + " times, not once");
    }
    return Long.parseUnsignedLong(begins.get(0), 16);
  }

  @Override
  public long address(String name) {
    Long offset = offsets.get(name);
    return offset == null ? 0 : base + offset;
  }
}
