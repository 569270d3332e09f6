import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/**
 * NETtalk learns to read aloud: from a letter and three on either side, the letter's phoneme and
 * its stress. It learns 1,000 common words and then reads a dictionary. T. J. Sejnowski and C. R.
 * Rosenberg, "Parallel networks that learn to pronounce English text", Complex Systems 1, 1987.
 *
 * <p>The units are theirs, 120 logistic ones; the output is not: a softmax over phonemes and
 * another over stresses, where theirs were features of articulation and the nearest phoneme.
 *
 * <p>Run: {@code ./mvnw -q compile exec:exec@nettalk}. Arguments: the folder that holds
 * nettalk.tsv.gz and nettalk-common.txt (../shared/data if not given), how many of the common words
 * to learn (1000), and in how many passes (60).
 */
public final class NetTalk {
  private static final int WINDOW = 7;

  private NetTalk() {}

  public static void main(String[] args) {
    Path data = Path.of(args.length > 0 ? args[0] : "../shared/data");
    int words = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
    int passes = args.length > 2 ? Integer.parseInt(args[2]) : 60;
    Path dictionary = data.resolve("nettalk.tsv.gz");
    Path common = data.resolve("nettalk-common.txt");
    if (!Files.exists(dictionary) || !Files.exists(common)) {
      System.out.printf("Skipped: %s and %s are not both there.%n", dictionary, common);
      return;
    }
    SparkSession spark =
        SparkSession.builder()
            .appName("Sparkprop NETtalk")
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();

    Dataset<Row> spoken =
        spark
            .read()
            .schema("word STRING, phonemes STRING, stresses STRING, irregular INT")
            .option("sep", "\t")
            .option("quote", "")
            .csv(dictionary.toString())
            .drop("irregular");
    Dataset<Row> chosen = spark.read().text(common.toString()).toDF("word").limit(words);
    Dataset<Row> learnt =
        spoken.join(chosen, spoken.col("word").equalTo(chosen.col("word")), "left_semi");
    Dataset<Row> unseen =
        spoken.join(chosen, spoken.col("word").equalTo(chosen.col("word")), "left_anti");
    System.out.printf(
        Locale.ROOT,
        "%,d words to learn, %,d others in the dictionary%n",
        learnt.select(countDistinct("word")).first().getLong(0),
        unseen.select(countDistinct("word")).first().getLong(0));

    PipelineModel reader = reader(passes).fit(learnt);
    Right ofLearnt = Right.of(reader.transform(learnt));
    Dataset<Row> read =
        reader
            .transform(unseen)
            .select(
                "word",
                "phonemes",
                "place",
                "phonemeLabel",
                "phonemePrediction",
                "stressLabel",
                "stressPrediction")
            .cache();
    Right ofUnseen = Right.of(read);
    show(reader, read);
    spark.stop();

    System.out.println("Letters right, here and in Sejnowski and Rosenberg 1987:");
    System.out.printf(
        Locale.ROOT,
        "  words learnt: %.1f %% of phonemes (1987: 98 %%), %.1f %% of stresses%n",
        100 * ofLearnt.phonemes(),
        100 * ofLearnt.stresses());
    System.out.printf(
        Locale.ROOT,
        "  other words: %.1f %% of phonemes (1987: 77 %%), %.1f %% of stresses%n",
        100 * ofUnseen.phonemes(),
        100 * ofUnseen.stresses());
    System.out.printf(
        Locale.ROOT,
        "phonemes right: %.3f learnt, %.3f unseen%n",
        ofLearnt.phonemes(),
        ofUnseen.phonemes());
  }

  /** From words to the phoneme and the stress of each of their letters. */
  private static Pipeline reader(int passes) {
    StringIndexer numbers =
        new StringIndexer()
            .setInputCols(columns("letter"))
            .setOutputCols(columns("number"))
            .setHandleInvalid("keep");
    OneHotEncoder codes =
        new OneHotEncoder()
            .setInputCols(columns("number"))
            .setOutputCols(columns("code"))
            .setDropLast(false);
    VectorAssembler window =
        new VectorAssembler().setInputCols(columns("code")).setOutputCol("window");
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              windows(),
              index("phoneme"),
              index("stress"),
              numbers,
              codes,
              window,
              network("phoneme", passes),
              network("stress", passes)
            });
  }

  /** A row for each letter of each word, with the letters around it; blanks beyond its ends. */
  private static SQLTransformer windows() {
    String letters =
        IntStream.range(0, WINDOW)
            .mapToObj(i -> ", substring(padded, place + %d, 1) AS letter%d".formatted(i, i))
            .collect(joining());
    return new SQLTransformer()
        .setStatement(
            """
            SELECT word, phonemes, place, substring(phonemes, place, 1) AS phoneme,
              substring(stresses, place, 1) AS stress %s
            FROM (SELECT *, concat('%2$s', word, '%2$s') AS padded,
              explode(sequence(1, length(word))) AS place FROM __THIS__)
            """
                .formatted(letters, " ".repeat(WINDOW / 2)));
  }

  private static String[] columns(String name) {
    return IntStream.range(0, WINDOW).mapToObj(i -> name + i).toArray(String[]::new);
  }

  /** Numbers of what the words to learn have; what only other words have is one more. */
  private static StringIndexer index(String what) {
    return new StringIndexer()
        .setInputCol(what)
        .setOutputCol(what + "Label")
        .setHandleInvalid("keep");
  }

  private static NeuralNetworkClassifier network(String what, int passes) {
    return new NeuralNetworkClassifier()
        .setFeaturesCol("window")
        .setLabelCol(what + "Label")
        .setPredictionCol(what + "Prediction")
        .setRawPredictionCol("")
        .setProbabilityCol("")
        .setNetwork("dense(120) logistic dropout(0.3)")
        .setStepSize(0.02)
        .setStepSizeSchedule("cosine")
        .setBatchSize(64)
        .setMaxIter(passes)
        .setPatience(0)
        .addListener(
            new TrainingListener() {
              @Override
              public void onPass(PassReport pass) {
                if (pass.pass() % 10 == 0) {
                  System.out.printf(
                      Locale.ROOT,
                      "%s, pass %d: loss %.4f, %,.0f letters/s%n",
                      what,
                      pass.pass(),
                      pass.objective(),
                      pass.samplesPerSecond());
                }
              }
            });
  }

  /** A few words that it has not learnt, as they are spoken and as it reads them. */
  private static void show(PipelineModel reader, Dataset<Row> read) {
    String[] phonemes = ((StringIndexerModel) reader.stages()[1]).labelsArray()[0];
    new IndexToString()
        .setInputCol("phonemePrediction")
        .setOutputCol("guess")
        .setLabels(phonemes)
        .transform(read)
        .where(col("word").isin("mathematics", "network", "neuron", "phoneme", "pronounce"))
        .groupBy("word", "phonemes")
        .agg(
            expr(
                "array_join(transform(array_sort(collect_list(struct(place, guess))),"
                    + " letter -> letter.guess), '') AS reads"))
        .orderBy("word")
        .show(false);
  }

  /** Shares of letters. */
  private record Right(double phonemes, double stresses) {
    static Right of(Dataset<Row> read) {
      Row shares = read.select(share("phoneme"), share("stress")).first();
      return new Right(shares.getDouble(0), shares.getDouble(1));
    }

    private static Column share(String what) {
      return avg(col(what + "Label").equalTo(col(what + "Prediction")).cast("double"));
    }
  }
}
