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
import sparkprop.params.TrainingSetters;
import sparkprop.regression.NeuralNetworkRegressionModel;
import sparkprop.regression.NeuralNetworkRegressor;

/**
 * The first problems of backpropagation: exclusive or, the parity of four bits, the symmetry of
 * six, and a code of three units for eight patterns. D. E. Rumelhart, G. E. Hinton and R. J.
 * Williams, "Learning internal representations by error propagation", in Parallel Distributed
 * Processing, vol. 1, chapter 8, MIT Press 1986. Symmetry also as in their "Learning
 * representations by back-propagating errors", Nature 323, 1986.
 *
 * <p>The procedure is theirs: logistic units, squared error, momentum 0.9, weights changed after
 * each pattern, or in Nature after each sweep through the patterns. Each problem is begun from
 * several random starts, not all of which lead to the end.
 *
 * <p>Run: {@code ./mvnw -q compile exec:exec@early-problems}. Arguments: how many starts (20 if not
 * given), then how many sweeps through its patterns to give parity (20000 if not given); the other
 * problems get a quarter.
 */
public final class EarlyProblems {
  /**
   * A problem is learnt when its patterns' errors, half the squared distance from the target, sum
   * to this. One pattern on the wrong side of 0.5 would add 0.08.
   */
  private static final double LEARNT = 0.04;

  private final SparkSession spark;
  private final int starts;
  private final List<String> comparisons = new ArrayList<>();
  private final List<String> shares = new ArrayList<>();

  private EarlyProblems(SparkSession spark, int starts) {
    this.spark = spark;
    this.starts = starts;
  }

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

    EarlyProblems problems = new EarlyProblems(spark, starts);
    IntPredicate odd = bits -> Integer.bitCount(bits) % 2 == 1;
    IntPredicate symmetric = sixBits -> Integer.reverse(sixBits) >>> 26 == sixBits;
    problems.learn("XOR", "245", 2, odd, new Procedure(2, 0.25, false, sweeps / 4));
    problems.learn("parity", "2825", 4, odd, new Procedure(4, 0.5, false, sweeps));
    problems.learn("symmetry", "1208", 6, symmetric, new Procedure(2, 0.1, false, sweeps / 4));
    problems
        .learn("symmetry in Nature", "1425", 6, symmetric, new Procedure(2, 0.1, true, sweeps / 4))
        .ifPresent(EarlyProblems::showSymmetry);
    problems.learnCode(new Procedure(3, 0.25, false, sweeps / 4));
    spark.stop();

    System.out.printf(
        "%nSweeps until learnt, in Rumelhart, Hinton and Williams 1986 and here (median):%n");
    problems.comparisons.forEach(System.out::println);
    System.out.printf("learnt: %s%n", String.join(", ", problems.shares));
  }

  /**
   * Learns whether something holds for a pattern of bits: one output, which aims at 0.9 or 0.1.
   *
   * @return what one of the starts learnt
   */
  private Optional<NeuralNetworkRegressionModel> learn(
      String name, String published, int bits, IntPredicate holds, Procedure procedure) {
    List<Row> patterns =
        IntStream.range(0, 1 << bits)
            .mapToObj(n -> RowFactory.create(bits(n, bits), holds.test(n) ? 0.9 : 0.1))
            .toList();
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType);
    Dataset<Row> pass = pass(patterns, schema, procedure);
    return learn(
        name,
        published,
        patterns.size(),
        procedure,
        seed ->
            procedure
                .applyTo(new NeuralNetworkRegressor(), patterns.size(), seed)
                .setStandardizeTarget(false)
                .fit(pass),
        model -> model.summary().objectiveHistory());
  }

  /** Eight patterns, each a 1 among zeros, through a few units and out again. */
  private void learnCode(Procedure procedure) {
    List<Row> patterns =
        IntStream.range(0, 8).mapToObj(n -> RowFactory.create(bits(1 << n, 8))).toList();
    StructType schema = new StructType().add("pattern", SQLDataTypes.VectorType());
    Dataset<Row> pass = pass(patterns, schema, procedure);
    learn(
            "encoder",
            "not given",
            patterns.size(),
            procedure,
            seed ->
                procedure
                    .applyTo(new Autoencoder(), patterns.size(), seed)
                    .setInputCol("pattern")
                    .setOutputCol("code")
                    .fit(pass),
            model -> model.summary().objectiveHistory())
        .map(model -> model.transform(spark.createDataFrame(patterns, schema)))
        .ifPresent(EarlyProblems::showCodes);
  }

  private Dataset<Row> pass(List<Row> patterns, StructType schema, Procedure procedure) {
    List<Row> rows = new ArrayList<>();
    for (int sweep = 0; sweep < procedure.sweepsOfPass(); sweep++) {
      rows.addAll(patterns);
    }
    return spark.createDataFrame(rows, schema).coalesce(1).cache();
  }

  /** Learns from one start after the other. */
  private <M> Optional<M> learn(
      String name,
      String published,
      int patterns,
      Procedure procedure,
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
        int sweeps = pass.getAsInt() * procedure.sweepsOfPass();
        learnt.add(sweeps);
        example = example.or(() -> Optional.of(model));
        System.out.printf("learnt after %d sweeps%n", sweeps);
      } else {
        System.out.printf(
            Locale.ROOT, "not learnt, the error is %.3f%n", errors[errors.length - 1] * patterns);
      }
    }
    comparisons.add("  %s: %s, here %s".formatted(name, published, median(learnt)));
    shares.add("%s %d of %d".formatted(name, learnt.size(), starts));
    return example;
  }

  private static String median(List<Integer> numbers) {
    if (numbers.isEmpty()) {
      return "-";
    }
    int[] sorted = numbers.stream().mapToInt(n -> n).sorted().toArray();
    return String.valueOf((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
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

  /**
   * How Rumelhart, Hinton and Williams trained.
   *
   * @param hidden how many hidden units there are
   * @param eachSweep whether weights change after each sweep, not after each pattern
   * @param sweeps how many to make
   */
  private record Procedure(int hidden, double stepSize, boolean eachSweep, int sweeps) {
    /** A Spark job costs more time than a sweep through a few patterns, so a pass makes ten. */
    int sweepsOfPass() {
      return eachSweep ? 1 : 10;
    }

    <S extends TrainingSetters<S>> S applyTo(S stage, int patterns, long seed) {
      int batch = eachSweep ? patterns : 1;
      return stage
          .setNetwork("dense(" + hidden + ") logistic")
          .setOutputActivation("logistic")
          .setLoss("squaredError")
          .setWeightInit(eachSweep ? "uniform(0.3)" : "uniform(0.5)")
          .setSolver("momentum(0.9)")
          .setBatchSize(batch)
          // They sum the patterns' gradients, where an update here takes the mean.
          .setStepSize(stepSize * batch)
          .setMaxIter(sweeps / sweepsOfPass())
          .setPatience(0)
          .setSeed(seed);
    }
  }
}
