package sparkprop.nn;

import sparkprop.nn.activation.Activations;
import sparkprop.nn.layer.ActivationLayer;
import sparkprop.nn.layer.BatchNorm;
import sparkprop.nn.layer.Dense;
import sparkprop.nn.layer.Dropout;
import sparkprop.nn.layer.Flatten;
import sparkprop.nn.layer.LayerSpec;
import sparkprop.nn.layer.sequence.Cell;
import sparkprop.nn.layer.sequence.Embedding;
import sparkprop.nn.layer.sequence.Last;
import sparkprop.nn.layer.sequence.LayerNorm;
import sparkprop.nn.layer.sequence.Recurrent;
import sparkprop.nn.layer.sequence.TimeDelay;
import sparkprop.nn.layer.spatial.Conv;
import sparkprop.nn.layer.spatial.DepthwiseConv;
import sparkprop.nn.layer.spatial.GlobalAvgPool;
import sparkprop.nn.layer.spatial.Pool;
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
          .with(Conv.SIGNATURE, Conv.Spec::of)
          .with(DepthwiseConv.SIGNATURE, DepthwiseConv.Spec::of)
          .with(Pool.Kind.MAX.signature(), a -> Pool.Spec.of(Pool.Kind.MAX, a))
          .with(Pool.Kind.AVG.signature(), a -> Pool.Spec.of(Pool.Kind.AVG, a))
          .with(Signature.of("globalAvgPool"), a -> new GlobalAvgPool.Spec())
          .with(Signature.of("flatten"), a -> new Flatten.Spec())
          .with(Cell.RNN.signature(), a -> Recurrent.Spec.of(Cell.RNN, a))
          .with(Cell.LSTM.signature(), a -> Recurrent.Spec.of(Cell.LSTM, a))
          .with(Cell.GRU.signature(), a -> Recurrent.Spec.of(Cell.GRU, a))
          .with(Signature.of("last"), a -> new Last.Spec())
          .with(
              Embedding.SIGNATURE, a -> new Embedding.Spec(a.whole("vocabulary"), a.whole("width")))
          .with(TimeDelay.SIGNATURE, TimeDelay.Spec::of)
          .with(Signature.of("layerNorm"), a -> new LayerNorm.Spec())
          .plus(Activations.VOCABULARY, ActivationLayer.Spec::new);

  private Layers() {}
}
