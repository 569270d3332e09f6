package tdgammon;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import sparkprop.regression.MultiTargetNeuralNetworkRegressionModel;
import sparkprop.regression.MultiTargetNeuralNetworkRegressor;

/**
 * A network learns backgammon from nothing but games against itself, after G. Tesauro, "Practical
 * issues in temporal difference learning", Machine Learning 8, 1992: 198 input units that show the
 * bare board, 40 hidden units, and outputs that predict how the game ends.
 *
 * <p>Tesauro's network changed with every move, by TD(lambda). Here it stays as it is for a round
 * of games, which Spark's tasks play, and then learns the lambda-returns of all positions of the
 * round, beginning with its weights of the round before. For weights that do not move during a
 * game, the two sum up to the same change (Sutton 1988); in between they differ, and a round's
 * positions are learnt in random order, more than once, by Adam.
 *
 * <p>Arguments: how many rounds (40 if not given), how many games each (1000), and of how many
 * games a match is (1000).
 */
public final class TdGammon {
  private static final double LAMBDA = 0.7;

  private final JavaSparkContext tasks;
  private final SparkSession spark;
  private final int match;

  private TdGammon(SparkSession spark, int match) {
    this.spark = spark;
    this.match = match;
    tasks = JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
    int games = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
    int match = args.length > 2 ? Integer.parseInt(args[2]) : 1000;
    SparkSession spark =
        SparkSession.builder()
            .appName("Sparkprop TD-Gammon")
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .getOrCreate();
    new TdGammon(spark, match).run(rounds, games);
  }

  private void run(int rounds, int games) {
    long start = System.nanoTime();
    int early = Math.max(1, rounds / 5);
    Evaluator self = Evaluator.knowingNothing();
    Evaluator earlySelf = self;
    MultiTargetNeuralNetworkRegressor network =
        new MultiTargetNeuralNetworkRegressor()
            .setNetwork("dense(40) logistic")
            .setOutputActivation("logistic")
            .setStandardizeTarget(false)
            .setBatchSize(64)
            .setNumPartitions(1)
            .setMaxIter(2);
    for (int round = 1; round <= rounds; round++) {
      // At first it has no opinion worth weighing: only the ends of the games count.
      double lambda = round == 1 ? 1 : LAMBDA;
      Dataset<Row> positions = selfPlay(self, lambda, games, round).cache();
      long count = positions.count();
      MultiTargetNeuralNetworkRegressionModel model =
          network
              .setSeed(round)
              .setStepSize(0.005 * Math.pow(0.1, (double) round / rounds))
              .fit(positions);
      positions.unpersist();
      network.setInitialModel(model);
      self = Evaluator.of(model.trained().saved());
      if (round == early) {
        earlySelf = self;
      }
      System.out.printf(
          Locale.ROOT,
          "round %2d of %d: %,d positions of %d games, loss %.4f; %.0f s%n",
          round,
          rounds,
          count,
          games,
          model.summary().objectiveHistory()[model.summary().objectiveHistory().length - 1],
          (System.nanoTime() - start) / 1e9);
    }

    double againstEarly = percentWon(self, earlySelf);
    double againstRandom = percentWon(self, Evaluator.knowingNothing());
    spark.stop();
    System.out.printf(
        Locale.ROOT,
        "%nAfter %,d games, in matches of %,d:%n"
            + "percent won against itself after %,d games: %.1f%n",
        rounds * games,
        match,
        early * games,
        againstEarly);
    System.out.println(
        "(Tesauro 1995: the best such network had 40 hidden units, played 200,000 games, and was"
            + " about as strong as Neurogammon, which had learnt from experts' games.)");
    System.out.printf(Locale.ROOT, "percent won against random play: %.1f%n", againstRandom);
  }

  /** Spark's tasks play; the rows stay where they were played. */
  private Dataset<Row> selfPlay(Evaluator self, double lambda, int games, int round) {
    JavaRDD<Row> rows =
        tasks
            .parallelize(seeds(games, round))
            .flatMap(
                seed -> {
                  Game game = Game.play(self, self, new Random(seed));
                  double[][] returns = game.returns(self, lambda);
                  List<Row> positions = new ArrayList<>();
                  for (int t = 0; t < returns.length; t++) {
                    positions.add(
                        RowFactory.create(
                            Units.of(game.positions().get(t), game.onRoll(t)).vector(),
                            Vectors.dense(returns[t])));
                  }
                  return positions.iterator();
                });
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", SQLDataTypes.VectorType());
    return spark.createDataFrame(rows, schema);
  }

  /** How often one wins against another. */
  private double percentWon(Evaluator one, Evaluator other) {
    long won =
        tasks
            .parallelize(seeds(match, 0))
            .filter(seed -> Game.play(one, other, new Random(seed)).wonBy(0))
            .count();
    return 100.0 * won / match;
  }

  /** Games of different rounds have different dice. */
  private static List<Long> seeds(int games, int round) {
    return IntStream.range(0, games).mapToObj(game -> 1_000_003L * round + game).toList();
  }
}
