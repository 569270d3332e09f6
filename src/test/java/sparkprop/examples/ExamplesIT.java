package sparkprop.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkprop.testing.ChildJvm;

class ExamplesIT {
  @TempDir private Path directory;

  private static List<String> options() {
    List<String> options = new ArrayList<>(ChildJvm.sparkOptions());
    options.addAll(
        List.of(
            "-Xmx2g",
            "--add-modules=jdk.incubator.vector",
            "-Dlog4j2.configurationFile=examples/log4j2.properties",
            "-Dspark.driver.host=localhost",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Duser.language=de"));
    return options;
  }

  private String lastLine(String main, String... arguments) throws Exception {
    List<String> options = options();
    options.add("-Djava.io.tmpdir=" + directory);
    List<String> classPath =
        new ArrayList<>(ChildJvm.classPath(entry -> !entry.endsWith("test-classes")));
    classPath.add("target/examples-classes");
    ChildJvm.Ended ended = ChildJvm.run(options, classPath, main, arguments);
    assertThat(ended.exitValue()).as("%s", ended).isZero();
    assertThat(ended.out()).noneMatch(line -> line.matches(".*\\b(WARN|ERROR)\\b.*"));
    return ended.out().get(ended.out().size() - 1);
  }

  private static double number(String line, String before) {
    assertThat(line).startsWith(before);
    return Double.parseDouble(line.substring(before.length()));
  }

  /** Airports are what delays hang on here. */
  @Test
  void flightDelays() throws Exception {
    String file = directory.resolve("flights.parquet").toString();
    ChildJvm.run(Map.of(), options(), SmallFlights.class, file);
    assertThat(number(lastLine("FlightDelays", file, "3"), "area under ROC: "))
        .isBetween(0.55, 1.0);
  }

  @Test
  void textClassification() throws Exception {
    assertThat(number(lastLine("TextClassification", "3", "4096"), "test accuracy: "))
        .isBetween(0.6, 1.0);
  }

  @Test
  void tunedPipeline() throws Exception {
    String digits = "examples/data/digits.csv.gz";
    assertThat(number(lastLine("TunedPipeline", digits, "4", "2"), "test accuracy of the best: "))
        .isBetween(0.8, 1.0);
  }

  @Test
  void streamingScoring() throws Exception {
    assertThat(lastLine("StreamingScoring", "examples/data/digits.csv.gz", "3"))
        .matches(".*\\d\\.\\d{3}.*");
  }

  /** Few sweeps: enough for XOR and the encoder, too few for parity. */
  @Test
  void earlyProblems() throws Exception {
    assertThat(lastLine("EarlyProblems", "1", "4000"))
        .matches("learnt: XOR 1 of 1, parity . of 1,( symmetry.* . of 1,){2} encoder 1 of 1");
  }

  @Test
  void netTalk() throws Exception {
    Path data = Path.of("../shared/data");
    assumeThat(data.resolve("nettalk.tsv.gz")).as("NETtalk's dictionary lies there").exists();
    assertThat(lastLine("NetTalk", data.toString(), "200", "15"))
        .matches("phonemes right: 0\\.[89]\\d+ learnt, 0\\.[67]\\d+ unseen");
  }

  @Test
  void netTalkWithoutItsData() throws Exception {
    assertThat(lastLine("NetTalk", directory.toString())).startsWith("Skipped: ");
  }

  @Test
  void leNetOnZipCodes() throws Exception {
    Path data = Path.of("../shared/data");
    assumeThat(data.resolve("usps-train.csv.gz")).as("the zip codes lie there").exists();
    String last = lastLine("LeNetZipCodes", data.toString(), "2", "1");
    Matcher errors =
        Pattern.compile("Test error: (\\S+) % with the paper's layers, (\\S+) % with pools; .*")
            .matcher(last);
    assertThat(errors.matches()).as(last).isTrue();
    assertThat(Double.parseDouble(errors.group(1))).isLessThan(14);
    assertThat(Double.parseDouble(errors.group(2))).isLessThan(10);
  }

  @Test
  void leNetOnFashion() throws Exception {
    Path data = Path.of("/usr/share/datasets/fashion-mnist");
    assumeThat(data).as("Fashion-MNIST lies there").exists();
    String last = lastLine("LeNetFashion", data.toString(), "2", "5000");
    assertThat(last).matches("Test accuracy: [78]\\d\\.\\d\\d %; commonly reported: about 90 %");
  }

  @Test
  void leNetsWithoutTheirData() throws Exception {
    assertThat(lastLine("LeNetZipCodes", directory.toString())).startsWith("Skipped: ");
    assertThat(lastLine("LeNetFashion", directory.toString())).startsWith("Skipped: ");
  }

  /** Left to itself the car would leave the road at its first bend. */
  @Test
  void alvinn() throws Exception {
    assertThat(number(lastLine("Alvinn", "600", "30"), "metres driven on the road: "))
        .isBetween(400.0, 401.0);
  }

  /** Where rolls lead by GNU Backgammon, from {@code src/test/python/goldens_backgammon.py}. */
  @Test
  void rulesOfBackgammon() throws Exception {
    String rolls = "src/test/resources/goldens/backgammon.csv";
    assertThat(lastLine("tdgammon.Perft", rolls)).isEqualTo("rolls that differ: 0 of 258");
  }

  @Test
  void tdGammon() throws Exception {
    assertThat(
            number(
                lastLine("tdgammon.TdGammon", "4", "100", "200"),
                "percent won against random play: "))
        .isBetween(80.0, 100.0);
  }

  /** As spark-shell does it: a session called spark, then the script, by Scala's own compiler. */
  @Test
  void digitsInScala() throws Exception {
    Path script = directory.resolve("Script.scala");
    Files.writeString(
        script,
        "val spark = org.apache.spark.sql.SparkSession.builder().master(\"local[2]\")"
            + ".config(\"spark.ui.enabled\", false).getOrCreate()\n"
            + Files.readString(Path.of("examples/scala/Digits.scala")));
    ChildJvm.Ended ended =
        ChildJvm.run(
            Stream.concat(options().stream(), Stream.of("-Dscala.usejavacp=true", "-Xss8m"))
                .toList(),
            ChildJvm.classPath(entry -> true),
            "scala.tools.nsc.MainGenericRunner",
            "-nc",
            script.toString());
    assertThat(ended.exitValue()).as("%s", ended).isZero();
    // Scala's f"..." speaks the reader's language.
    String last = ended.out().get(ended.out().size() - 1).replace(',', '.');
    assertThat(number(last, "test accuracy: ")).isBetween(0.95, 1.0);
    assertThat(ended.out()).anyMatch(line -> line.endsWith("it predicts the same."));
  }
}
