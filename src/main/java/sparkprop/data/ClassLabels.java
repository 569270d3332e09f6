package sparkprop.data;

import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * The classes of a label column: as many as its metadata says (StringIndexer writes it), else one
 * more than the largest label.
 *
 * @param numClasses at least 2
 * @param names one a class where the metadata has them, else empty
 */
public record ClassLabels(int numClasses, List<String> names) {

  /** More classes than this are taken to be numbers that are no classes. */
  private static final int MAX_CLASSES_FROM_DATA = 1 << 16;

  /**
   * Finds the classes and checks that the labels are among them.
   *
   * @param schema of the DataFrame, with its metadata
   * @param labelCol the label column
   * @param summary what the scan found in it
   * @throws IllegalArgumentException if a label is negative, fractional or above the last class, or
   *     all training rows are of one class
   */
  public static ClassLabels of(StructType schema, String labelCol, DataSummary summary) {
    LabelSummary labels = summary.trainingLabels().plus(summary.validationLabels());
    requireClasses(labelCol, labels);
    ClassLabels declared = declared(Columns.field(schema, labelCol, "labelCol"));
    checkRange(labelCol, labels.max(), declared);
    LabelSummary training = summary.trainingLabels();
    if (training.min() == training.max()) {
      throw new IllegalArgumentException(
          ("All %d training rows have the label %s in column '%s'; a classifier needs rows of at"
                  + " least two classes.")
              .formatted(summary.trainingRows(), training.min(), labelCol));
    }
    return declared.numClasses > 0 ? declared : new ClassLabels((int) labels.max() + 1, List.of());
  }

  /**
   * Checks that labels are class indices.
   *
   * @throws IllegalArgumentException if one is negative or fractional
   */
  public static void requireClasses(String labelCol, LabelSummary labels) {
    Misfits misfits = labels.noClasses();
    if (misfits.count() > 0) {
      throw new IllegalArgumentException(
          ("Column '%s' holds %d %s negative or fractional, such as %s; class labels are whole"
                  + " numbers from 0, as StringIndexer makes them.")
              .formatted(
                  labelCol,
                  misfits.count(),
                  misfits.count() == 1 ? "label that is" : "labels that are",
                  misfits.first()));
    }
  }

  private static void checkRange(String labelCol, double largest, ClassLabels declared) {
    if (declared.numClasses > 0 && largest >= declared.numClasses) {
      throw new IllegalArgumentException(
          ("Column '%s' holds the label %s, but its metadata names %d classes, 0 to %d; number the"
                  + " labels anew with a StringIndexer that is fitted to all rows.")
              .formatted(labelCol, largest, declared.numClasses, declared.numClasses - 1));
    }
    if (declared.numClasses == 0 && largest >= MAX_CLASSES_FROM_DATA) {
      throw new IllegalArgumentException(
          ("Column '%s' holds the label %s, which would mean more than %d classes; number the"
                  + " classes from 0 with StringIndexer.")
              .formatted(labelCol, largest, MAX_CLASSES_FROM_DATA));
    }
  }

  /** What the metadata says; 0 classes where it says nothing. */
  private static ClassLabels declared(StructField field) {
    if (field.dataType() instanceof NumericType) {
      Attribute attribute = Attribute.fromStructField(field);
      if (attribute instanceof BinaryAttribute binary) {
        return new ClassLabels(2, names(binary.values()));
      }
      if (attribute instanceof NominalAttribute nominal && nominal.getNumValues().isDefined()) {
        return new ClassLabels((Integer) nominal.getNumValues().get(), names(nominal.values()));
      }
    }
    return new ClassLabels(0, List.of());
  }

  private static List<String> names(Option<String[]> values) {
    return values.isDefined() ? List.of(values.get()) : List.of();
  }
}
