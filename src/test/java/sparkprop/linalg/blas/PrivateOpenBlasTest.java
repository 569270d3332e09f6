package sparkprop.linalg.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes share the folder, and none may pull a loaded library from under another. */
@EnabledOnOs(OS.LINUX)
class PrivateOpenBlasTest {
  @TempDir private Path cache;

  /** What a process sees of the file while it loads it. */
  private record Seen(Path path, Object fileKey, long size, boolean marked) {}

  private Seen use() throws Exception {
    return PrivateOpenBlas.use(
        cache,
        library -> {
          try (ElfFile elf = new ElfFile(library)) {
            return new Seen(
                library,
                Files.readAttributes(library, BasicFileAttributes.class).fileKey(),
                Files.size(library),
                elf.prefersItsOwnSymbols());
          }
        });
  }

  @Test
  void isUnpackedOnceAndUsedAgain() throws Exception {
    Seen first = use();
    assertThat(first.marked()).isTrue();
    assertThat(use()).isEqualTo(first);
    assertThat(folders()).hasSize(1);
  }

  @Test
  void thoseWhoComeAtOnceShareOneFile() throws Exception {
    int processes = 4;
    CyclicBarrier start = new CyclicBarrier(processes);
    Callable<Seen> process =
        () -> {
          start.await();
          return use();
        };
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    try {
      List<Seen> seen = new ArrayList<>();
      for (Future<Seen> one : threads.invokeAll(List.of(process, process, process, process))) {
        seen.add(one.get());
      }
      assertThat(seen).containsOnly(use());
    } finally {
      threads.shutdownNow();
    }
    assertThat(folders()).hasSize(1);
  }

  @Test
  void aDamagedFileIsNeitherUsedNorReplaced() throws Exception {
    Seen whole = use();
    Path beside = whole.path().resolveSibling("libgfortran.so.5");
    long size = Files.size(beside);
    try (var file = Files.newByteChannel(beside, StandardOpenOption.WRITE)) {
      file.truncate(size - 1);
    }
    Seen own = use();
    assertThat(own.path()).isNotEqualTo(whole.path()).doesNotExist();
    assertThat(own.size()).isEqualTo(whole.size());
    assertThat(own.marked()).isTrue();
    assertThat(beside).hasSize(size - 1);
    assertThat(folders()).hasSize(1);
  }

  @Test
  void leavesNothingBehindWhereTheLibraryDoesNotLoad() throws Exception {
    Seen whole = use();
    Files.delete(whole.path());
    assertThatThrownBy(
            () ->
                PrivateOpenBlas.use(
                    cache,
                    library -> {
                      throw new IOException("no");
                    }))
        .hasMessage("no");
    assertThat(folders()).hasSize(1);
  }

  @Test
  void aFolderThatCannotBeDeletedIsNoError() throws Exception {
    Files.delete(use().path());
    Path left =
        PrivateOpenBlas.use(cache, library -> Files.createFile(library.resolveSibling(".nfs0001")));
    assertThat(left).exists();
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }
}
