import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.NGram;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/**
 * In which language is a text? Tokenizer, HashingTF and IDF make wide sparse vectors of words and
 * of three letters in a row; a network learns from them, beside Spark's LogisticRegression.
 *
 * <p>The texts are what every JDK carries: the names of countries, languages and currencies in ten
 * languages (Unicode's CLDR). Nothing is downloaded.
 *
 * <p>Arguments: how many passes to train (10 if not given), then the width of each of the two
 * hashed vectors (16384 if not given).
 */
public final class TextClassification {
  private static final List<String> LANGUAGES =
      List.of("de", "en", "es", "fi", "fr", "hu", "it", "nl", "pl", "tr");

  private TextClassification() {}

  public static void main(String[] args) {
    int passes = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    int width = args.length > 1 ? Integer.parseInt(args[1]) : 1 << 14;
    SparkSession spark =
        SparkSession.builder()
            .appName("Sparkprop text classification")
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .config("spark.sql.shuffle.partitions", 4)
            .getOrCreate();

    Dataset<Row> texts =
        spark.createDataFrame(
            texts(),
            new StructType()
                .add("text", DataTypes.StringType)
                .add("language", DataTypes.StringType));
    Dataset<Row>[] split = texts.randomSplit(new double[] {0.8, 0.2}, 1);
    PipelineModel features = features(width).fit(split[0]);
    Dataset<Row> train = features.transform(split[0]).coalesce(2).cache();
    Dataset<Row> test = features.transform(split[1]).coalesce(2).cache();
    System.out.printf(
        Locale.ROOT,
        "%,d names in %d languages to train on, %,d to test on%n",
        train.count(),
        LANGUAGES.size(),
        test.count());

    System.out.println("Training the network");
    NeuralNetworkClassifier network =
        new NeuralNetworkClassifier()
            .setNetwork("dense(64) relu dropout(0.3)")
            // A row has a few dozen of the many columns: an update touches those alone.
            .setSolver("adam(lazy=true)")
            .setStepSize(0.005)
            .setBatchSize(128)
            .setMaxIter(passes)
            .addListener(
                new TrainingListener() {
                  @Override
                  public void onPass(PassReport pass) {
                    System.out.printf(
                        Locale.ROOT,
                        "pass %2d: loss %.4f, %,.0f names/s%n",
                        pass.pass(),
                        pass.objective(),
                        pass.samplesPerSecond());
                  }
                });
    PipelineModel trained = new Pipeline().setStages(new PipelineStage[] {network}).fit(train);
    double accuracy = accuracyOf(trained.transform(test));

    System.out.println("Training Spark's LogisticRegression");
    LogisticRegression regression =
        new LogisticRegression().setRegParam(0.001).setMaxIter(10 * passes);
    System.out.printf(
        Locale.ROOT,
        "LogisticRegression's accuracy on the test names: %.3f%n",
        accuracyOf(regression.fit(train).transform(test)));
    System.out.printf(Locale.ROOT, "The network's accuracy on the test names: %.3f%n%n", accuracy);

    System.out.println("Sentences that neither has seen:");
    Dataset<Row> sentences =
        spark.createDataFrame(
            List.of(
                RowFactory.create("where is the railway station", "en"),
                RowFactory.create("wo ist der Bahnhof dieser Stadt", "de"),
                RowFactory.create("gdzie jest dworzec kolejowy", "pl"),
                RowFactory.create("waar is het station van deze stad", "nl")),
            texts.schema());
    String[] labels = ((StringIndexerModel) features.stages()[0]).labelsArray()[0];
    new IndexToString()
        .setInputCol("prediction")
        .setOutputCol("guess")
        .setLabels(labels)
        .transform(trained.transform(features.transform(sentences)))
        .select("text", "language", "guess")
        .show(false);

    spark.stop();
    System.out.printf(Locale.ROOT, "test accuracy: %.3f%n", accuracy);
  }

  /**
   * The language's number, and counts of words and of letter triples, each by how telling it is.
   */
  private static Pipeline features(int width) {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new StringIndexer().setInputCol("language").setOutputCol("label"),
              new Tokenizer().setInputCol("text").setOutputCol("words"),
              counts("words", "wordCounts", width),
              new RegexTokenizer()
                  .setInputCol("text")
                  .setOutputCol("letters")
                  .setGaps(false)
                  .setPattern("."),
              new NGram().setN(3).setInputCol("letters").setOutputCol("triples"),
              counts("triples", "tripleCounts", width),
              new VectorAssembler()
                  .setInputCols(new String[] {"wordCounts", "tripleCounts"})
                  .setOutputCol("counts"),
              new IDF().setMinDocFreq(2).setInputCol("counts").setOutputCol("features")
            });
  }

  private static HashingTF counts(String terms, String counts, int width) {
    return new HashingTF().setInputCol(terms).setOutputCol(counts).setNumFeatures(width);
  }

  private static double accuracyOf(Dataset<Row> scored) {
    return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(scored);
  }

  /** Each name with its language, always in one order. */
  private static List<Row> texts() {
    Map<String, Set<String>> languagesOf = new TreeMap<>();
    for (String language : LANGUAGES) {
      Locale locale = Locale.forLanguageTag(language);
      Stream<String> countries =
          Stream.of(Locale.getISOCountries())
              .map(country -> new Locale.Builder().setRegion(country).build())
              .map(country -> country.getDisplayCountry(locale));
      Stream<String> languages =
          Stream.of(Locale.getISOLanguages())
              .map(other -> Locale.forLanguageTag(other).getDisplayLanguage(locale));
      Stream<String> currencies =
          java.util.Currency.getAvailableCurrencies().stream()
              .map(currency -> currency.getDisplayName(locale));
      Stream.of(countries, languages, currencies)
          .flatMap(names -> names)
          .filter(name -> name.length() > 3)
          .forEach(name -> languagesOf.computeIfAbsent(name, n -> new HashSet<>()).add(language));
    }
    List<Row> texts = new ArrayList<>();
    languagesOf.forEach(
        (name, languages) -> {
          // Of "Angola" nobody could tell.
          if (languages.size() == 1) {
            texts.add(RowFactory.create(name, languages.iterator().next()));
          }
        });
    texts.sort(Comparator.comparing(text -> text.getString(0)));
    return texts;
  }
}
