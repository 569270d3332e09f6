package sparkprop.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a main class in a JVM of its own: for what happens once a JVM, or under other options. */
public final class ChildJvm {
  private ChildJvm() {}

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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("child-jvm", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(
            command
                + " ended with "
                + process.exitValue()
                + ":\n"
                + output
                + Files.readString(errors));
      }
      return output.lines().toList();
    } finally {
      Files.delete(errors);
    }
  }
}
