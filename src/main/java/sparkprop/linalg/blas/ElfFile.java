package sparkprop.linalg.blas;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The file of a shared library on Linux: ELF, 64 bits, little-endian ("Tool Interface Standard,
 * Executable and Linking Format", 1995).
 */
final class ElfFile implements Closeable {
  private static final int DYNAMIC_SECTION = 6; // SHT_DYNAMIC
  private static final int SYMBOLS_SECTION = 11; // SHT_DYNSYM
  private static final int SYMBOL_BYTES = 24;
  private static final int ENTRY_BYTES = 16;
  private static final int SYMBOLIC = 16; // DT_SYMBOLIC

  private final FileChannel file;
  private final int sectionBytes;
  private final ByteBuffer sections;

  ElfFile(Path path, OpenOption... options) throws IOException {
    file = FileChannel.open(path, options);
    ByteBuffer header = read(0, 64);
    if (header.getInt(0) != 0x464C457F || header.get(4) != 2 || header.get(5) != 1) {
      throw new IOException(path + " is not a 64-bit little-endian ELF file");
    }
    sectionBytes = header.getShort(0x3A);
    sections = read(header.getLong(0x28), (long) header.getShort(0x3C) * sectionBytes);
  }

  /** What the library defines: names, and distances from where it will be loaded. */
  Map<String, Long> symbols() throws IOException {
    Map<String, Long> symbols = new HashMap<>();
    int section = find(SYMBOLS_SECTION);
    ByteBuffer table = readSection(section);
    ByteBuffer names = readSection(sections.getInt(section + 0x28) * sectionBytes);
    for (int at = 0; at < table.limit(); at += SYMBOL_BYTES) {
      long value = table.getLong(at + 8);
      if (value != 0) {
        symbols.put(readName(names, table.getInt(at)), value);
      }
    }
    return symbols;
  }

  /** Whether the library, when it refers to a symbol, takes its own before another library's. */
  boolean prefersItsOwnSymbols() throws IOException {
    ByteBuffer entries = readSection(find(DYNAMIC_SECTION));
    for (int at = 0; at < entries.limit(); at += ENTRY_BYTES) {
      if (entries.getLong(at) == SYMBOLIC) {
        return true;
      }
    }
    return false;
  }

  /** Makes it so: writes the entry DT_SYMBOLIC in place of a spare one. */
  void preferItsOwnSymbols() throws IOException {
    int section = find(DYNAMIC_SECTION);
    ByteBuffer entries = readSection(section);
    int end = 0;
    while (entries.getLong(end) != 0) {
      end += ENTRY_BYTES;
    }
    if (end + ENTRY_BYTES >= entries.limit()) {
      throw new IOException("The library has no spare dynamic entry");
    }
    ByteBuffer entry = ByteBuffer.allocate(ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    entry.putLong(0, SYMBOLIC);
    file.write(entry, sections.getLong(section + 0x18) + end);
  }

  private int find(int type) throws IOException {
    for (int at = 0; at < sections.limit(); at += sectionBytes) {
      if (sections.getInt(at + 4) == type) {
        return at;
      }
    }
    throw new IOException("The library has no section of type " + type);
  }

  private ByteBuffer readSection(int at) throws IOException {
    return read(sections.getLong(at + 0x18), sections.getLong(at + 0x20));
  }

  // Not mapped: a mapping of ours would look like a second copy of a loaded library.
  private ByteBuffer read(long from, long size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    int got;
    do {
      got = file.read(bytes, from + bytes.position());
    } while (got > 0 && bytes.hasRemaining());
    if (bytes.hasRemaining()) {
      throw new EOFException("The library's file ends early");
    }
    return bytes.flip();
  }

  private static String readName(ByteBuffer names, int from) {
    int to = from;
    while (names.get(to) != 0) {
      to++;
    }
    byte[] name = new byte[to - from];
    names.get(from, name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
