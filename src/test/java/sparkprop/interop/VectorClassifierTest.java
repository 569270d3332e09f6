package sparkprop.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.junit.jupiter.api.Test;
import sparkprop.classification.NeuralNetworkClassificationModel;
import sparkprop.classification.NeuralNetworkClassifier;

class VectorClassifierTest {

  /** Spark's constructor builds the shared Params before a field of the stage is set. */
  @Test
  void everyParamBelongsToTheStage() {
    for (Param<?> param : new NeuralNetworkClassifier("my_uid").params()) {
      assertThat(param.parent()).as(param.name()).isEqualTo("my_uid");
    }
    for (Param<?> param : new NeuralNetworkClassificationModel("another").params()) {
      assertThat(param.parent()).as(param.name()).isEqualTo("another");
    }
  }

  @Test
  void stagesOfManyThreadsKeepTheirUids() {
    var wrong = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 2000)
        .parallel()
        .mapToObj(i -> new NeuralNetworkClassifier("uid" + i))
        .filter(c -> !c.featuresCol().parent().equals(c.uid()))
        .forEach(wrong::add);
    assertThat(wrong).isEmpty();
  }

  @Test
  void aStageNeedsAUid() {
    assertThatThrownBy(() -> new NeuralNetworkClassifier(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("A stage needs a uid, but was given null.");
    assertThat(new NeuralNetworkClassifier("after").uid()).isEqualTo("after");
  }

  @Test
  void newUidsDiffer() {
    List<String> uids =
        List.of(new NeuralNetworkClassifier().uid(), new NeuralNetworkClassifier().uid());
    assertThat(uids).doesNotHaveDuplicates().allMatch(uid -> uid.matches("nnc_[0-9a-f]{12}"));
  }

  /** OneVsRest and Predictor test for the trait and drop weights without it. */
  @Test
  void carriesSparksTraitForWeights() {
    assertThat(new NeuralNetworkClassifier()).isInstanceOf(HasWeightCol.class);
    assertThat(new NeuralNetworkClassificationModel("m")).isInstanceOf(HasWeightCol.class);
  }
}
