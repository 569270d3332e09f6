import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import sparkprop.regression.MultiTargetNeuralNetworkRegressionModel;
import sparkprop.regression.MultiTargetNeuralNetworkRegressor;
import sparkprop.train.PassReport;
import sparkprop.train.TrainingListener;

/**
 * A network steers a car along a simulated road by what a camera of 30 x 32 pixels sees, after D.
 * Pomerleau, "ALVINN: An autonomous land vehicle in a neural network", NIPS 1, 1989: 29 hidden
 * units, and 45 output units that stand for steering from sharp left to sharp right. The network
 * learns from 1200 simulated views of the road, each with a hill of activation around the steering
 * that leads to the middle of the road 7 m ahead.
 *
 * <p>Left out are the paper's range finder (8 x 32 more inputs) and the unit that fed back whether
 * the road is lighter than its surroundings: here it always is, by a contrast that varies.
 *
 * <p>Arguments: how many views to train on (1200 if not given), how many passes (40).
 */
public final class Alvinn {
  private static final int UNITS = 45;

  /** The unit that stands for straight ahead. */
  private static final int STRAIGHT = 22;

  /** Curvature, in 1/m, from one output unit to the next. */
  private static final double UNIT = 0.006;

  private Alvinn() {}

  public static void main(String[] args) {
    int views = args.length > 0 ? Integer.parseInt(args[0]) : 1200;
    int passes = args.length > 1 ? Integer.parseInt(args[1]) : 40;
    SparkSession spark =
        SparkSession.builder()
            .appName("Sparkprop ALVINN")
            .master("local[*]")
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .getOrCreate();

    System.out.printf("Training on %d simulated views of the road%n", views);
    MultiTargetNeuralNetworkRegressionModel model =
        new MultiTargetNeuralNetworkRegressor()
            .setNetwork("dense(29) logistic")
            .setOutputActivation("logistic")
            .setStandardizeTarget(false)
            .setStepSize(0.003)
            .setMaxIter(passes)
            .setPatience(0)
            .addListener(new Progress())
            .fit(trainingRows(spark, views, new Random(1989)));
    spark.stop();

    // From here on the network is a function in this JVM: no Spark job looks at a single view.
    Random random = new Random(7);
    int tests = 1000;
    double sum = 0;
    int withinTwo = 0;
    for (int i = 0; i < tests; i++) {
      Situation situation = Situation.draw(random);
      double error =
          Math.abs(steering(model, situation, random) - situation.rightSteering()) / UNIT;
      sum += error;
      withinTwo += error <= 2 ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "%nOn %d new views: %.2f units off on average; within two units in %.1f %%"
            + " (Pomerleau 1989: approximately 90 %%)%n",
        tests,
        sum / tests,
        100.0 * withinTwo / tests);
    drive(model, 400);
  }

  /** Rows of a view and its hill. */
  private static Dataset<Row> trainingRows(SparkSession spark, int views, Random random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < views; i++) {
      Situation situation = Situation.draw(random);
      rows.add(RowFactory.create(situation.view(random), hill(situation.rightSteering())));
    }
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", SQLDataTypes.VectorType());
    return spark.createDataFrame(rows, schema).coalesce(1).cache();
  }

  /**
   * A bell curve over the units, of deviation 2: at most 0.04 from the paper's 1.00, 0.89, 0.61,
   * 0.32, 0.10, but also for a steering between two units.
   */
  private static Vector hill(double curvature) {
    double[] hill = new double[UNITS];
    for (int unit = 0; unit < UNITS; unit++) {
      double distance = unit - (curvature / UNIT + STRAIGHT);
      hill[unit] = Math.exp(-distance * distance / 8);
    }
    return Vectors.dense(hill);
  }

  /**
   * The curvature that the network steers: the centre of mass of the four units to either side of
   * the most active one, which is finer than that unit itself, the reading of 1989.
   */
  private static double steering(
      MultiTargetNeuralNetworkRegressionModel model, Situation situation, Random random) {
    Vector activation = model.predict(situation.view(random));
    int peak = activation.argmax();
    double mass = 0;
    double moment = 0;
    for (int unit = Math.max(0, peak - 4); unit <= Math.min(UNITS - 1, peak + 4); unit++) {
      mass += activation.apply(unit);
      moment += activation.apply(unit) * (unit - STRAIGHT);
    }
    return moment / mass * UNIT;
  }

  /** Drives a winding road, none of those trained on, and prints how it went. */
  private static void drive(MultiTargetNeuralNetworkRegressionModel model, double metres) {
    double step = 0.25;
    Road road = s -> 0.025 * Math.sin(s / 17) + 0.015 * Math.sin(s / 7.3 + 1);
    Random random = new Random(400);
    Lighting lighting = Lighting.draw(random);
    double along = 0;
    double offset = 0;
    double heading = 0;
    double errors = 0;
    double farthest = 0;
    int steps = 0;
    while (along < metres && Math.abs(offset) < Situation.HALF_WIDTH) {
      Situation now = new Situation(road, along, offset, heading, lighting);
      double steering = steering(model, now, random);
      errors += Math.abs(steering - now.rightSteering()) / UNIT;
      double curvature = road.curvature(along);
      double progress = step * Math.cos(heading) / (1 - offset * curvature);
      along += progress;
      offset += step * Math.sin(heading);
      heading += step * steering - progress * curvature;
      farthest = Math.max(farthest, Math.abs(offset));
      steps++;
      if (steps % 200 == 0) {
        System.out.printf(Locale.ROOT, "after %.0f m: %.2f m off the middle%n", along, offset);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "Steering on the way: %.2f units off on average. At most %.2f m off the middle of a road"
            + " of %.0f m.%n",
        errors / steps,
        farthest,
        2 * Situation.HALF_WIDTH);
    System.out.println(
        "Pomerleau 1989: 400 m of a wooded path, a real one, at half a metre a second.");
    System.out.printf(Locale.ROOT, "metres driven on the road: %.0f%n", along);
  }

  /** A road by its curvature, in 1/m, so many metres along it; left is positive. */
  private interface Road {
    double curvature(double along);
  }

  /** How light road and surroundings are, how that varies to the right, and the camera's noise. */
  private record Lighting(double ground, double contrast, double slant, double noise) {
    static Lighting draw(Random random) {
      return new Lighting(
          random.nextDouble(0.1, 0.5),
          random.nextDouble(0.15, 0.5),
          random.nextDouble(-0.1, 0.1),
          random.nextDouble(0.02, 0.1));
    }
  }

  /**
   * A car on a road.
   *
   * @param along where it is, in metres along the middle of the road
   * @param offset how far left of the middle, in metres
   * @param heading by how much it points to the left of the road's direction, in radians
   */
  private record Situation(
      Road road, double along, double offset, double heading, Lighting lighting) {
    private static final double HALF_WIDTH = 2;
    private static final double LOOK_AHEAD = 7;
    private static final int ROWS = 30;
    private static final int COLUMNS = 32;
    private static final double CAMERA_HEIGHT = 2;

    /** Tangents of the angles below the horizon that the lowest and the highest pixels see. */
    private static final double LOWEST = 0.48;

    private static final double HIGHEST = 0.06;

    /** Tangent of half the angle of view. */
    private static final double HALF_ANGLE = 0.6;

    private static final double STEP = 0.25;

    /** Anywhere near the road, so that the network also sees how to come back to its middle. */
    static Situation draw(Random random) {
      Situation drawn;
      do {
        double bend = random.nextDouble(-0.04, 0.04);
        double change = random.nextDouble(-0.002, 0.002);
        drawn =
            new Situation(
                along -> bend + change * along,
                0,
                random.nextDouble(-1.5, 1.5),
                random.nextDouble(-0.2, 0.2),
                Lighting.draw(random));
      } while (Math.abs(drawn.rightSteering()) > STRAIGHT * UNIT);
      return drawn;
    }

    /** Curvature of the arc from the car to the middle of the road 7 m ahead. */
    double rightSteering() {
      double x = 0;
      double y = -offset;
      double direction = -heading;
      for (double s = 0; s < LOOK_AHEAD; s += STEP) {
        x += STEP * Math.cos(direction);
        y += STEP * Math.sin(direction);
        direction += STEP * road.curvature(along + s);
      }
      // A point on a circle through the origin, tangent to the x axis.
      return 2 * y / (x * x + y * y);
    }

    /** What the camera sees: the road is a light band on flat ground. */
    Vector view(Random random) {
      double[] middle = new double[ROWS];
      double[] halfWidth = new double[ROWS];
      double x = 0;
      double y = -offset;
      double direction = -heading;
      double s = 0;
      for (int row = ROWS - 1; row >= 0; row--) {
        double ahead = CAMERA_HEIGHT / tangent(row);
        while (x < ahead && Math.abs(direction) < 1) {
          x += STEP * Math.cos(direction);
          y += STEP * Math.sin(direction);
          direction += STEP * road.curvature(along + s);
          s += STEP;
        }
        // A road that has turned off sideways is out of sight: comparisons with NaN are false.
        middle[row] = x < ahead ? Double.NaN : y + (ahead - x) * Math.tan(direction);
        halfWidth[row] = HALF_WIDTH / Math.cos(direction);
      }
      double[] pixels = new double[ROWS * COLUMNS];
      for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++) {
          double right = (column + 0.5) / COLUMNS * 2 - 1;
          double left = -right * HALF_ANGLE * CAMERA_HEIGHT / tangent(row);
          boolean onRoad = Math.abs(left - middle[row]) < halfWidth[row];
          pixels[row * COLUMNS + column] =
              lighting.ground
                  + (onRoad ? lighting.contrast : 0)
                  + lighting.slant * right
                  + lighting.noise * random.nextGaussian();
        }
      }
      return Vectors.dense(pixels);
    }

    /** Of the angle below the horizon, from the upper row to the lowest. */
    private static double tangent(int row) {
      return HIGHEST + (LOWEST - HIGHEST) * row / (ROWS - 1);
    }
  }

  /** Prints every fifth pass. */
  private static final class Progress implements TrainingListener {
    @Override
    public void onPass(PassReport pass) {
      if (pass.pass() % 5 == 0) {
        System.out.printf(
            Locale.ROOT,
            "pass %2d of %d: loss %.3f, %,.0f views/s%n",
            pass.pass(),
            pass.of(),
            pass.objective(),
            pass.samplesPerSecond());
      }
    }
  }
}
