package sparkprop.classification;

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
import sparkprop.testing.Clouds;
import sparkprop.testing.SharedSpark;

/** Features of very different size train badly: one warning says what helps. */
class UnevenFeaturesTest {
  private final Logger logger = (Logger) LogManager.getLogger(NetworkTraining.class);
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

  @Test
  void silentWhereItDoesNotMatter() {
    classifier().fit(rows(900));
    classifier().setStandardization(true).fit(rows(5000));
    assertThat(lines.messages).isEmpty();
  }
}
