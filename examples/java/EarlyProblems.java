import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkprop.feature.Autoencoder;
import sparkprop.feature.AutoencoderModel;
import sparkprop.params.TrainingSetters;
import sparkprop.regression.NeuralNetworkRegressionModel;
import sparkprop.regression.NeuralNetworkRegressor;

/**
 * The first problems of backpropagation: exclusive or, the parity of four bits, the symmetry of
 * six, and a code of three units for eight patterns. D. E. Rumelhart, G. E. Hinton and R. J.
 * Williams, "Learning internal representations by error propagation", in Parallel Distributed
 * Processing, vol. 1, chapter 8, MIT Press 1986.
 *
 * <p>The procedure is theirs: logistic units, squared error, momentum 0.9, weights changed after
 * each pattern. Each problem is begun from several random starts, not all of which lead to the end.
 *
 * <p>Arguments: how many starts (20 if not given), then how many sweeps through its patterns to
 * give parity (20000 if not given); the other problems get a quarter.
 */
public final class EarlyProblems {
  /** A Spark job makes so many sweeps: it costs more time than the few patterns do. */
  private static final int SWEEPS_OF_A_PASS = 10;

  /**
   * A problem is learnt when its patterns' errors, half the squared distance from the target, sum
   * to this. One pattern on the wrong side of 0.5 would add 0.08.
   */
  private static final double LEARNT = 0.04;

  private EarlyProblems() {}

  public static void main(String[] args) {
    int starts = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int sweeps = args.length > 1 ? Integer.parseInt(args[1]) : 20000;
    SparkSession spark =
        SparkSession.builder()
            .appName("Sparkprop early problems")
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .getOrCreate();

    Outcome<NeuralNetworkRegressionModel> xor =
        predicate(spark, new Task("XOR", 2, 2, 0.25, EarlyProblems::isOdd), starts, sweeps / 4);
    Outcome<NeuralNetworkRegressionModel> parity =
        predicate(spark, new Task("parity", 4, 4, 0.5, EarlyProblems::isOdd), starts, sweeps);
    Outcome<NeuralNetworkRegressionModel> symmetry =
        predicate(
            spark, new Task("symmetry", 6, 2, 0.1, EarlyProblems::isSymmetric), starts, sweeps / 4);
    symmetry.example().ifPresent(EarlyProblems::showSymmetry);
    Outcome<AutoencoderModel> encoder = encoder(spark, starts, sweeps / 4);
    spark.stop();

    System.out.println();
    System.out.println("Sweeps through the patterns until learnt, 1986 and here (median):");
    compare(xor, "245 (mean, two hidden units)");
    compare(parity, "2825");
    compare(symmetry, "1208");
    compare(encoder, "not given");
    System.out.printf(
        "learnt: %s%n",
        Stream.of(xor, parity, symmetry, encoder).map(Outcome::share).collect(joining(", ")));
  }

  /** One output, which aims at 0.9 or 0.1. */
  private static Outcome<NeuralNetworkRegressionModel> predicate(
      SparkSession spark, Task task, int starts, int sweeps) {
    List<Row> patterns =
        IntStream.range(0, 1 << task.bits())
            .mapToObj(
                n -> RowFactory.create(bits(n, task.bits()), task.holds().test(n) ? 0.9 : 0.1))
            .toList();
    Dataset<Row> pass =
        pass(
            spark,
            patterns,
            new StructType()
                .add("features", SQLDataTypes.VectorType())
                .add("label", DataTypes.DoubleType));
    return learn(
        task.name(),
        patterns.size(),
        starts,
        seed ->
            asIn1986(new NeuralNetworkRegressor(), task.hidden(), task.stepSize(), sweeps, seed)
                .setStandardizeTarget(false)
                .fit(pass),
        model -> model.summary().objectiveHistory());
  }

  /** Eight patterns, each a 1 among zeros, through three units and out again. */
  private static Outcome<AutoencoderModel> encoder(SparkSession spark, int starts, int sweeps) {
    List<Row> patterns =
        IntStream.range(0, 8).mapToObj(n -> RowFactory.create(bits(1 << n, 8))).toList();
    StructType schema = new StructType().add("pattern", SQLDataTypes.VectorType());
    Dataset<Row> pass = pass(spark, patterns, schema);
    Outcome<AutoencoderModel> outcome =
        learn(
            "encoder",
            patterns.size(),
            starts,
            seed ->
                asIn1986(new Autoencoder(), 3, 0.25, sweeps, seed)
                    .setInputCol("pattern")
                    .setOutputCol("code")
                    .fit(pass),
            model -> model.summary().objectiveHistory());
    outcome
        .example()
        .map(model -> model.transform(spark.createDataFrame(patterns, schema)))
        .ifPresent(EarlyProblems::showCodes);
    return outcome;
  }

  private static void compare(Outcome<?> outcome, String published) {
    System.out.printf("  %s: %s, here %s%n", outcome.name(), published, outcome.median());
  }

  private static <S extends TrainingSetters<S>> S asIn1986(
      S stage, int hidden, double stepSize, int sweeps, long seed) {
    return stage
        .setNetwork("dense(" + hidden + ") logistic")
        .setOutputActivation("logistic")
        .setLoss("squaredError")
        .setWeightInit("uniform(0.5)")
        .setSolver("momentum(0.9)")
        .setStepSize(stepSize)
        .setBatchSize(1)
        .setMaxIter(sweeps / SWEEPS_OF_A_PASS)
        .setPatience(0)
        .setSeed(seed);
  }

  private static Dataset<Row> pass(SparkSession spark, List<Row> patterns, StructType schema) {
    List<Row> rows = new ArrayList<>();
    for (int sweep = 0; sweep < SWEEPS_OF_A_PASS; sweep++) {
      rows.addAll(patterns);
    }
    return spark.createDataFrame(rows, schema).coalesce(1).cache();
  }

  /** Learns from one start after the other. */
  private static <M> Outcome<M> learn(
      String name,
      int patterns,
      int starts,
      LongFunction<M> fit,
      Function<M, double[]> objectiveHistory) {
    List<Integer> learnt = new ArrayList<>();
    Optional<M> example = Optional.empty();
    for (int start = 1; start <= starts; start++) {
      M model = fit.apply(start);
      double[] errors = objectiveHistory.apply(model); // the first is that before training
      OptionalInt pass =
          IntStream.range(1, errors.length).filter(i -> errors[i] * patterns <= LEARNT).findFirst();
      System.out.printf("%s, start %d: ", name, start);
      if (pass.isPresent()) {
        learnt.add(pass.getAsInt() * SWEEPS_OF_A_PASS);
        example = example.or(() -> Optional.of(model));
        System.out.printf("learnt after %d sweeps%n", pass.getAsInt() * SWEEPS_OF_A_PASS);
      } else {
        System.out.printf(
            Locale.ROOT, "not learnt, the error is %.3f%n", errors[errors.length - 1] * patterns);
      }
    }
    return new Outcome<>(name, starts, learnt.stream().sorted().toList(), example);
  }

  private static void showCodes(Dataset<Row> coded) {
    System.out.println("The codes of one that learnt:");
    for (Row row : coded.collectAsList()) {
      System.out.printf(
          "  %s  %s%n", text(row.getAs("pattern"), "%.0f"), text(row.getAs("code"), "%.2f"));
    }
  }

  /**
   * Weights of equal size and opposite sign about the middle: they cancel if the bits mirror each
   * other, and only then.
   */
  private static void showSymmetry(NeuralNetworkRegressionModel model) {
    System.out.println("The weights of one that learnt symmetry, from the six bits to each unit:");
    double[] weights = model.weights().toArray(); // a row for each bit, a column for each unit
    for (int unit = 0; unit < 2; unit++) {
      int column = unit;
      double[] toUnit =
          IntStream.range(0, 6).mapToDouble(bit -> weights[bit * 2 + column]).toArray();
      System.out.printf(
          Locale.ROOT,
          "  %s  bias %.2f%n",
          text(Vectors.dense(toUnit), "%6.2f"),
          weights[12 + unit]);
    }
  }

  private static String text(Vector vector, String format) {
    return DoubleStream.of(vector.toArray())
        .mapToObj(x -> String.format(Locale.ROOT, format, x))
        .collect(joining(" "));
  }

  private static Vector bits(int number, int count) {
    return Vectors.dense(IntStream.range(0, count).mapToDouble(i -> number >> i & 1).toArray());
  }

  private static boolean isOdd(int bits) {
    return Integer.bitCount(bits) % 2 == 1;
  }

  private static boolean isSymmetric(int sixBits) {
    return Integer.reverse(sixBits) >>> 26 == sixBits;
  }

  /**
   * Does something hold for a pattern of bits?
   *
   * @param hidden how many hidden units there are
   */
  private record Task(String name, int bits, int hidden, double stepSize, IntPredicate holds) {}

  /**
   * How a problem was learnt.
   *
   * @param sweeps of the starts that learnt it, in ascending order
   * @param example what one of them learnt
   */
  private record Outcome<M>(String name, int starts, List<Integer> sweeps, Optional<M> example) {
    String median() {
      return sweeps.isEmpty() ? "-" : String.valueOf(sweeps.get(sweeps.size() / 2));
    }

    String share() {
      return "%s %d of %d".formatted(name, sweeps.size(), starts);
    }
  }
}
