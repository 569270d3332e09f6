package sparkprop.nn.layer;

import sparkprop.nn.activation.Activations;
import sparkprop.text.Signature;
import sparkprop.text.Vocabulary;

/** The table of layers a network text can name. Activations are layers too. */
public final class Layers {
  /** A row for each layer, then the activations. */
  public static final Vocabulary<LayerSpec> VOCABULARY =
      Vocabulary.<LayerSpec>of("layer")
          .with(Dense.SIGNATURE, a -> new Dense.Spec(a.whole("units")))
          .with(Dropout.SIGNATURE, a -> new Dropout.Spec(a.number("p")))
          .with(Signature.of("batchNorm"), a -> new BatchNorm.Spec())
          .plus(Activations.VOCABULARY, ActivationLayer.Spec::new);

  private Layers() {}
}
