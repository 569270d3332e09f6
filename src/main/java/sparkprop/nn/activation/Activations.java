package sparkprop.nn.activation;

import sparkprop.text.Signature;
import sparkprop.text.Vocabulary;

/** The table of activations a text can name. */
public final class Activations {
  /** A row for each activation. */
  public static final Vocabulary<Activation> VOCABULARY =
      Vocabulary.<Activation>of("activation")
          .with(Signature.of("identity"), a -> new Identity())
          .with(Signature.of("logistic"), a -> new Logistic())
          .with(Signature.of("tanh"), a -> new Tanh())
          .with(Signature.of("lecunTanh"), a -> new LecunTanh())
          .with(Signature.of("relu"), a -> new Relu())
          .with(LeakyRelu.SIGNATURE, a -> new LeakyRelu(a.number("slope")))
          .with(Elu.SIGNATURE, a -> new Elu(a.number("alpha")))
          .with(Signature.of("selu"), a -> new Selu())
          .with(Signature.of("gelu"), a -> new Gelu())
          .with(Signature.of("softplus"), a -> new Softplus())
          .with(Signature.of("softsign"), a -> new Softsign())
          .with(Signature.of("swish"), a -> new Swish())
          .with(Signature.of("mish"), a -> new Mish())
          .with(Signature.of("hardSigmoid"), a -> new HardSigmoid())
          .with(Signature.of("exponential"), a -> new Exponential())
          .with(Signature.of("softmax"), a -> new Softmax());

  private Activations() {}

  /**
   * Reads the text of one activation.
   *
   * @param what what the text sets, named in errors: {@code activation}
   * @throws sparkprop.text.TextException if the text cannot be read
   */
  public static Activation read(String what, String text) {
    return VOCABULARY.readOne(what, text);
  }
}
