package sparkprop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lists by which a Spark Connect server finds stages. One bad entry leaves the server without
 * any stage, MLlib's own included.
 */
class ServicesTest {
  @ParameterizedTest
  @ValueSource(classes = {Estimator.class, Transformer.class, Evaluator.class})
  void listEveryStageAndCanMakeIt(Class<? extends Params> kind) {
    List<String> stages =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("sparkprop")
                .stream()
                .filter(stage -> stage.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(stage -> !stage.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(stage -> kind.isAssignableFrom(stage.reflect()))
                .map(JavaClass::getName)
                .toList();

    // Spark's own are left alone: it learns their names without making them, which some refuse.
    List<? extends Params> listed =
        ServiceLoader.load(kind).stream()
            .filter(provider -> provider.type().getName().startsWith("sparkprop."))
            .map(ServiceLoader.Provider::get)
            .toList();

    assertThat(stages).isNotEmpty();
    assertThat(listed)
        .allSatisfy(stage -> assertThat(stage.uid()).isNotEmpty())
        .extracting(stage -> stage.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(stages);
  }
}
