package sparkprop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;

/**
 * The floors of the house: imports point downwards only, the engine knows no Spark, and below the
 * stages only {@code data} knows a row. A new package is put on a floor here before it can hold a
 * class.
 */
@AnalyzeClasses(packages = "sparkprop", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] FOUNDATION = {"sparkprop.text..", "sparkprop.linalg.."};
  private static final String OPTIMIZERS = "sparkprop.optim..";
  private static final String NETWORKS = "sparkprop.nn..";
  private static final String[] TRAINING = {
    "sparkprop.cluster..", "sparkprop.data..", "sparkprop.train.."
  };
  private static final String[] STAGES = {
    "sparkprop.classification..",
    "sparkprop.regression..",
    "sparkprop.feature..",
    "sparkprop.evaluation..",
    "sparkprop.stage..",
    "sparkprop.params..",
    "sparkprop.persist..",
    "sparkprop.interop.."
  };
  private static final String CONNECT = "sparkprop.connect..";

  @ArchTest
  static final ArchRule importsPointDownwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("F1")
          .definedBy(FOUNDATION)
          .layer("F2")
          .definedBy(OPTIMIZERS)
          .layer("F3")
          .definedBy(NETWORKS)
          .layer("F4")
          .definedBy(TRAINING)
          .layer("F5")
          .definedBy(STAGES)
          .layer("F6")
          .definedBy(CONNECT)
          .whereLayer("F2")
          .mayOnlyBeAccessedByLayers("F3", "F4", "F5", "F6")
          .whereLayer("F3")
          .mayOnlyBeAccessedByLayers("F4", "F5", "F6")
          .whereLayer("F4")
          .mayOnlyBeAccessedByLayers("F5", "F6")
          .whereLayer("F5")
          .mayOnlyBeAccessedByLayers("F6")
          .whereLayer("F6")
          .mayNotBeAccessedByAnyLayer()
          .ensureAllClassesAreContainedInArchitectureIgnoring(simpleName("package-info"));

  @ArchTest
  static final ArchRule noPackageIsInACycle =
      slices().matching("sparkprop.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theEngineKnowsNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage(FOUNDATION)
          .or()
          .resideInAnyPackage(OPTIMIZERS, NETWORKS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", "scala..", "breeze..")
          .because("a saved network scores in plain Java, with no Spark on the class path");

  @ArchTest
  static final ArchRule belowTheStagesOnlyDataKnowsRowsAndVectors =
      noClasses()
          .that()
          .resideInAPackage("sparkprop.train..")
          .should()
          .dependOnClassesThat(
              describe(
                  "are rows or Spark's vectors",
                  (JavaClass c) ->
                      c.getName().equals("org.apache.spark.sql.Row")
                          || c.getPackageName().equals("org.apache.spark.ml.linalg")));

  @ArchTest
  static final ArchRule scalaIsNamedWhereItMustBe =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "sparkprop.interop..",
              "sparkprop.cluster..",
              "sparkprop.data..",
              "sparkprop.train.step..",
              "sparkprop.train.method..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("scala..")
          .because("elsewhere Java's own types say as much");

  @ArchTest
  static final ArchRule onlyTheBackendNeedsSparkConnect =
      noClasses()
          .that()
          .doNotHaveSimpleName("SparkpropBackend")
          .should()
          .dependOnClassesThat(
              describe(
                  "are Spark Connect's, or need it",
                  (JavaClass c) ->
                      c.getPackageName().startsWith("org.apache.spark.sql.connect")
                          || c.getName().equals("sparkprop.connect.SparkpropBackend")))
          .because("Spark without Spark Connect has no such classes");

  @ArchTest
  static final ArchRule onlyMethodsKnowBreeze =
      noClasses()
          .that()
          .resideOutsideOfPackage("sparkprop.train.method..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("breeze..")
          .because("its optimizers are one of several ways to train");

  @ArchTest
  static final ArchRule onlyTheBlasRoomKnowsItsProviders =
      noClasses()
          .that()
          .resideOutsideOfPackage("sparkprop.linalg.blas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.ludovic..", "org.bytedeco..");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helpers?|Managers?)(\\$.*)?")
          .because("a class has one idea, and its name is that idea");

  @ArchTest
  static final ArchRule noStaticState =
      fields()
          .that()
          .areStatic()
          .should()
          .beFinal()
          .because("two fits in one JVM must not know of each other");

  @ArchTest
  static void everyPackageIsNullMarkedAndSaysWhatItIs(JavaClasses classes)
      throws IOException, ClassNotFoundException {
    for (String name : classes.stream().map(JavaClass::getPackageName).distinct().toList()) {
      Class<?> info = Class.forName(name + ".package-info");
      assertThat(info.isAnnotationPresent(NullMarked.class))
          .as("@NullMarked on package %s", name)
          .isTrue();
      Path source = Path.of("src/main/java", name.replace('.', '/'), "package-info.java");
      assertThat(paragraph(Files.readString(source)))
          .as("a paragraph, not a label, in %s", source)
          .hasSizeGreaterThan(120);
    }
  }

  /** The javadoc comment before the package statement, or nothing. */
  private static String paragraph(String source) {
    int from = source.indexOf("/**");
    int to = source.indexOf("*/");
    return from < 0 || to < from
        ? ""
        : source.substring(from + 3, to).replaceAll("\\s*\\*?\\s+", " ");
  }
}
