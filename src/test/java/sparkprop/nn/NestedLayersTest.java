package sparkprop.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sparkprop.linalg.DenseRows;
import sparkprop.linalg.Randomness;
import sparkprop.linalg.Rows;
import sparkprop.nn.init.Initialisers;
import sparkprop.nn.layer.Dropout;
import sparkprop.nn.layer.Layer;
import sparkprop.nn.layer.LayerPass;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.ParameterSpec;
import sparkprop.nn.layer.Position;
import sparkprop.nn.layer.RowContext;
import sparkprop.nn.layer.Shape;
import sparkprop.nn.loss.Heads;

/**
 * A layer that holds layers, has weights with an initialiser of their own and needs much memory is
 * a layer like any other to the network. The one here is made for this test: two dropouts in a row,
 * and a weight that it does not use.
 */
class NestedLayersTest {
  private static final int WIDTH = 40;
  private static final int WORKSPACE = 60_000;

  private record Twice(double p) implements LayerSpec {
    @Override
    public String text() {
      return "twice(" + p + ")";
    }

    @Override
    public Layer build(Shape input, Position position) {
      return new Block(
          new Dropout(p, input, position.inside(0)), new Dropout(p, input, position.inside(1)));
    }
  }

  private record Block(Dropout first, Dropout second) implements Layer {
    @Override
    public String text() {
      return "twice(" + first.p() + ")";
    }

    @Override
    public String name() {
      return "twice";
    }

    @Override
    public Shape output() {
      return first.output();
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(
          ParameterSpec.weight("inner1.weight", Shape.of(3, 5), 3, 5).suiting("lecunNormal"),
          ParameterSpec.weight("inner2.weight", Shape.of(3, 5), 3, 5));
    }

    @Override
    public Optional<String> initialiserBelow() {
      return Optional.of("heNormal");
    }

    @Override
    public long workspace() {
      return WORKSPACE;
    }

    @Override
    public LayerPass newPass(int[] offsets, int capacity) {
      LayerPass one = first.newPass(new int[0], capacity);
      LayerPass two = second.newPass(new int[0], capacity);
      return new LayerPass() {
        @Override
        public Rows forward(float[] weights, Rows input, RowContext rows) {
          return two.forward(weights, one.forward(weights, input, rows), rows);
        }

        @Override
        public DenseRows backward(
            float[] weights, DenseRows delta, float[] gradient, boolean inputWanted) {
          return one.backward(
              weights, two.backward(weights, delta, gradient, true), gradient, inputWanted);
        }
      };
    }
  }

  private static Network network(LayerSpec... layers) {
    return Network.of(
        new NetworkSpec(List.of(layers)),
        Shape.of(WIDTH),
        Heads.classification("crossEntropy", "auto", 3));
  }

  private static List<LayerSpec> specs(String text) {
    return NetworkSpec.parse(text).layers();
  }

  @Test
  void itsParametersAreNamedAfterIt() {
    Network network = network(new Twice(0.5), new Twice(0.5));
    assertThat(network.layout().parameters())
        .extracting(Parameter::name)
        .containsExactly(
            "twice1.inner1.weight",
            "twice1.inner2.weight",
            "twice2.inner1.weight",
            "twice2.inner2.weight",
            "output.weight",
            "output.bias");
  }

  /** Half of a half stays, also where a layer of the network stands beside it. */
  @Test
  void layersInsideDrawForThemselves() {
    List<Layer> layers =
        network(new Twice(0.5), new Twice(0.5), specs("dropout(0.5)").get(0)).layers();
    List<float[]> kept = new ArrayList<>();
    for (Layer layer : layers.subList(0, 3)) {
      if (layer instanceof Block block) {
        kept.add(kept(block.first));
        kept.add(kept(block.second));
      } else {
        kept.add(kept(layer));
      }
    }
    for (int i = 0; i < kept.size(); i++) {
      for (int j = 0; j < i; j++) {
        int both = 0;
        for (int k = 0; k < kept.get(i).length; k++) {
          both += kept.get(i)[k] != 0 && kept.get(j)[k] != 0 ? 1 : 0;
        }
        // Of 4000, a quarter: five standard deviations are 137.
        assertThat(both).as("%d and %d", i, j).isBetween(863, 1137);
      }
    }
  }

  private static float[] kept(Layer layer) {
    int rows = 100;
    float[] ones = new float[rows * WIDTH];
    java.util.Arrays.fill(ones, 1f);
    long[] numbers = new long[rows];
    java.util.Arrays.setAll(numbers, i -> i);
    RowContext context = new RowContext(true, 11, numbers, new float[rows]);
    return layer
        .newPass(new int[2], rows)
        .forward(new float[30], DenseRows.of(rows, WIDTH, ones), context)
        .dense()
        .values();
  }

  @Test
  void aWeightIsDrawnByItsOwnInitialiserUnlessTheUserNamesOne() {
    // What dense feeds says heNormal; the block's second weight asks what the block feeds: relu.
    Network network = network(specs("dense(40)").get(0), new Twice(0.5), specs("relu").get(0));
    assertDrawn(network, "auto", "dense1.weight", "heNormal");
    assertDrawn(network, "auto", "twice1.inner1.weight", "lecunNormal");
    assertDrawn(network, "auto", "twice1.inner2.weight", "heUniform");
    assertDrawn(network, "auto", "output.weight", "glorotUniform");
    assertDrawn(network, "zeros", "twice1.inner1.weight", "zeros");
  }

  private static void assertDrawn(
      Network network, String weightInit, String name, String initialiser) {
    Parameter p = network.layout().get(name);
    float[] expected = new float[network.layout().size()];
    Initialisers.read("weightInit", initialiser)
        .fill(
            expected,
            p.offset(),
            p.size(),
            p.spec().fanIn(),
            p.spec().fanOut(),
            Randomness.hash(5, p.offset()));
    Engine found = new Engine(network, Initialisation.draw(network, weightInit, 5));
    assertThat(found.piece(name, found.weights())).as(name).isEqualTo(found.piece(name, expected));
  }

  @Test
  void whatItNeedsToWorkLimitsAChunkAndCounts() {
    Network plain = network(specs("dense(40)").get(0));
    Network large = network(specs("dense(40)").get(0), new Twice(0.5));
    assertThat(plain.chunkRows()).isEqualTo(512);
    assertThat(large.chunkRows()).isEqualTo(3 * (1 << 22) / WORKSPACE);
    long more = large.trainingBytes(100, false) - plain.trainingBytes(100, false);
    assertThat(more).isEqualTo(4L * (100L * WORKSPACE + 2 * 15));
  }
}
