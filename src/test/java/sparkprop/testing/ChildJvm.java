package sparkprop.testing;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Runs a main class in a JVM of its own: for what happens once a JVM, or under other options. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * How a JVM ended.
   *
   * @param exitValue 0 if well
   * @param out the lines of its standard output
   * @param err the lines of its standard error
   */
  public record Ended(int exitValue, List<String> out, List<String> err) {
    @Override
    public String toString() {
      return "ended with %d:%n%s%n%s"
          .formatted(exitValue, String.join("\n", out), String.join("\n", err));
    }
  }

  /**
   * What a main class prints to standard output, on the tests' class path.
   *
   * @param environment variables to add
   * @param options of the JVM
   * @throws IOException if it does not end well; with what it printed
   */
  public static List<String> run(
      Map<String, String> environment, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(options);
    all.add("--add-modules=jdk.incubator.vector");
    return printed(environment, all, main, arguments);
  }

  /** The same in a JVM that lacks the module behind the vector BLAS, as JVMs do unless told. */
  public static List<String> runWithoutVectorModule(
      List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return printed(Map.of(), options, main, arguments);
  }

  private static List<String> printed(
      Map<String, String> environment, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    Ended ended =
        run(
            environment,
            options,
            System.getProperty("java.class.path"),
            main.getName(),
            List.of(arguments));
    if (ended.exitValue != 0) {
      throw new IOException(main + " " + ended);
    }
    return ended.out;
  }

  /** How a main class ends that stands on a class path of its own. */
  public static Ended run(
      List<String> options, List<String> classPath, String main, String... arguments)
      throws IOException, InterruptedException {
    return run(
        Map.of(), options, String.join(File.pathSeparator, classPath), main, List.of(arguments));
  }

  private static Ended run(
      Map<String, String> environment,
      List<String> options,
      String classPath,
      String main,
      List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    Path out = Files.createTempFile("child-jvm", ".out");
    Path err = Files.createTempFile("child-jvm", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      return new Ended(exitValue(builder.start()), lines(out), lines(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** A test that takes too long is interrupted, and then its process must end too. */
  private static int exitValue(Process process) throws InterruptedException {
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> lines(Path printed) throws IOException {
    return Files.readString(printed, StandardCharsets.UTF_8).lines().toList();
  }

  /** The entries of the tests' class path whose file names pass. */
  public static List<String> classPath(Predicate<Path> wanted) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> wanted.test(Path.of(entry)))
        .toList();
  }

  /** The options that Spark needs outside spark-submit, as this JVM was given them. */
  public static List<String> sparkOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("--add-.*|-D(jdk|io\\.netty)\\..*"))
        .toList();
  }
}
