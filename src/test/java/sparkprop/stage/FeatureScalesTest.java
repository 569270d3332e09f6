package sparkprop.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sparkprop.classification.NeuralNetworkClassifier;
import sparkprop.regression.NeuralNetworkRegressor;
import sparkprop.testing.Clouds;
import sparkprop.testing.SharedSpark;

/** Features of unfortunate scales: one warning says what helps. */
class FeatureScalesTest {
  private final Logger logger = (Logger) LogManager.getLogger(FeatureScales.class);
  private final Lines lines = new Lines();

  /** What was logged. */
  private static final class Lines extends AbstractAppender {
    private final List<String> messages = new ArrayList<>();

    Lines() {
      super("lines", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      messages.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }
  }

  @BeforeEach
  void listen() {
    SharedSpark.session(); // which may configure logging anew
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.WARN); // after the appender, which resets it
  }

  @AfterEach
  void listenNoMore() {
    logger.removeAppender(lines);
  }

  /** Deviations 1 and so many times more, and a column that never changes. */
  private static Dataset<Row> rows(double times) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int sign = i % 2 == 0 ? 1 : -1;
      rows.add(
          RowFactory.create(
              Vectors.dense(sign, times * sign, 0.001), (double) (i % 2), 1.0, false));
    }
    return Clouds.of(rows, 1);
  }

  private static NeuralNetworkClassifier classifier() {
    return new NeuralNetworkClassifier("my_stage").setMaxIter(0);
  }

  @Test
  void oneWarningNamesTheRemedies() {
    classifier().fit(rows(5000));
    assertThat(lines.messages)
        .containsExactly(
            "WARN The features' standard deviations differ by a factor of 5,000; set"
                + " standardization to true, or put a StandardScaler before my_stage.");
  }

  /** Two features a deviation of 1 around these means, and one that never changes. */
  private static Dataset<Row> around(double first, double second) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int sign = i % 2 == 0 ? 1 : -1;
      rows.add(
          RowFactory.create(
              Vectors.dense(first + sign, second + sign, 1e9), (double) (i % 2), 1.0, false));
    }
    return Clouds.of(rows, 1);
  }

  /** Seconds since 1970, say: what the network learns from centred doubles, float32 cannot hold. */
  @Test
  void oneWarningOfDigitsThatScoringLoses() {
    classifier().setStandardization(true).fit(around(-20_000, 1.7e9));
    assertThat(lines.messages)
        .containsExactly(
            "WARN The mean of feature 1 is 1,700,000,000 times its standard deviation, digits that"
                + " a model of float32 features loses in scoring; put a StandardScaler with"
                + " withMean=true before my_stage.");
    lines.messages.clear();
    classifier().setStandardization(true).fit(around(-20_000, 0));
    assertThat(lines.messages).singleElement().asString().contains("feature 0 is 20,000 times");
  }

  @Test
  void oneWarningOfDigitsThatAnswersLose() {
    NeuralNetworkRegressor regressor = new NeuralNetworkRegressor("my_stage").setMaxIter(0);
    Dataset<Row> rows = around(0, 0);
    regressor.fit(rows.withColumn("label", rows.col("label").plus(4_000)));
    assertThat(lines.messages).isEmpty();
    regressor.fit(rows.withColumn("label", rows.col("label").plus(1.7e9)));
    assertThat(lines.messages)
        .containsExactly(
            "WARN The mean of target 0 is 3,400,000,001 times its standard deviation, digits that"
                + " the float32 answers of my_stage lose; subtract the mean from the labels before"
                + " fit, and add it to predictions.");
  }

  @Test
  void silentWhereItDoesNotMatter() {
    classifier().fit(rows(900));
    classifier().setStandardization(true).fit(rows(5000));
    classifier().setStandardization(true).fit(around(9_000, -9_000));
    assertThat(lines.messages).isEmpty();
  }
}
