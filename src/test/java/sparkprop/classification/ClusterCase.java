package sparkprop.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import sparkprop.testing.Clouds;
import sparkprop.train.TrainingListener;
import sparkprop.train.step.Placements;

/**
 * Fits that must come to the same on any cluster. As a program it prints what local mode makes of
 * each, first by one job an update and then by the placement that local mode chooses itself.
 */
enum ClusterCase {
  /** Input partitions as they are; what couples, drops and weighs rows. */
  DENSE {
    @Override
    Vector features(Random random, int label) {
      return Vectors.dense(random.doubles(12).map(x -> x + 0.2 * label).toArray());
    }

    @Override
    NeuralNetworkClassifier classifier() {
      return new NeuralNetworkClassifier()
          .setNetwork("dense(40) batchNorm relu dropout(0.2) dense(20) tanh")
          .setNumPartitions(PARTITIONS)
          .setStandardization(true)
          .setBatchSize(BATCH)
          .setWeightCol("weight")
          .setValidationIndicatorCol("validates");
    }
  },

  /** Rows dealt out through a shuffle, blocks of compressed sparse rows. */
  SPARSE {
    @Override
    Vector features(Random random, int label) {
      int[] columns = random.ints(0, 90).distinct().limit(5).sorted().toArray();
      return Vectors.sparse(
          90, columns, Arrays.stream(columns).mapToDouble(j -> j % 3 == label ? 2 : 1).toArray());
    }

    @Override
    NeuralNetworkClassifier classifier() {
      return new NeuralNetworkClassifier()
          .setNetwork("dense(40) relu")
          .setNumPartitions(PARTITIONS + 2)
          .setMaxBlockSizeInMB(0.01)
          .setMaxGradientNorm(0.5)
          .setBatchSize(BATCH)
          .setValidationFraction(0.2);
    }
  },

  /** Gradients that travel by the columns that occur. */
  BY_COLUMN {
    @Override
    Vector features(Random random, int label) {
      return SPARSE.features(random, label);
    }

    @Override
    NeuralNetworkClassifier classifier() {
      return SPARSE.classifier().setSolver("adam(lazy=true)");
    }
  },

  /** Weights and solver memory that are averaged. */
  AVERAGED {
    @Override
    Vector features(Random random, int label) {
      return DENSE.features(random, label);
    }

    @Override
    NeuralNetworkClassifier classifier() {
      return DENSE.classifier().setSyncInterval(2);
    }
  },

  /** Gauss-Newton matrices in double precision. */
  CURVATURE {
    @Override
    Vector features(Random random, int label) {
      return DENSE.features(random, label);
    }

    @Override
    NeuralNetworkClassifier classifier() {
      return new NeuralNetworkClassifier()
          .setSolver("naturalGradient")
          .setHiddenLayers(new int[] {5})
          .setNumPartitions(PARTITIONS)
          .setWeightCol("weight");
    }
  };

  private static final int ROWS = 700;
  private static final int PARTITIONS = 4;
  private static final int BATCH = 200;

  /** Passes of each fit, of three updates each, or of one where all rows make it. */
  static final int PASSES = 6;

  abstract Vector features(Random random, int label);

  abstract NeuralNetworkClassifier classifier();

  /** Row i, wherever it is made. */
  private Row row(int i) {
    return RowFactory.create(
        features(new Random(i), i % 3), (double) (i % 3), 1.0 + i % 2, i % 5 == 0);
  }

  /** Rows that executors make, so that a partition which is lost is made again. */
  Dataset<Row> rows(SparkSession session) {
    List<Integer> numbers = IntStream.range(0, ROWS).boxed().toList();
    return session.createDataFrame(
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .parallelize(numbers, PARTITIONS)
            .map(this::row),
        Clouds.SCHEMA);
  }

  NeuralNetworkClassificationModel fit(SparkSession session, TrainingListener... listeners) {
    NeuralNetworkClassifier classifier = classifier().setMaxIter(PASSES).setPatience(0).setSeed(11);
    Arrays.asList(listeners).forEach(classifier::addListener);
    return classifier.fit(rows(session));
  }

  /** What must be the same: weights and histories, to the last bit. */
  static String bits(NeuralNetworkClassificationModel model) {
    return "%s objectives %s validation %s"
        .formatted(
            Arrays.toString(model.weights().toArray()),
            Arrays.toString(model.summary().objectiveHistory()),
            Arrays.toString(model.summary().validationHistory()));
  }

  public static void main(String[] args) {
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    for (String placement : new String[] {"jobs", "auto"}) {
      session.sparkContext().conf().set(Placements.SETTING, placement);
      for (ClusterCase each : values()) {
        System.out.println(placement + " " + each + " " + bits(each.fit(session)));
      }
    }
    session.stop();
  }
}
