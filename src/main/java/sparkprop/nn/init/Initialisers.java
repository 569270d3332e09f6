package sparkprop.nn.init;

import java.util.Optional;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Signature;
import sparkprop.text.Vocabulary;

/**
 * The table of initialisers a text can name. Those named after people draw with mean 0 and a
 * variance that keeps activations, gradients or both of one size from layer to layer:
 *
 * <ul>
 *   <li>{@code lecun}: 1 / fanIn. LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998,
 *       section 4.6 (uniform); Klambauer and others, "Self-normalizing neural networks", 2017
 *       (normal, for selu).
 *   <li>{@code glorot}: 2 / (fanIn + fanOut). Glorot and Bengio, "Understanding the difficulty of
 *       training deep feedforward neural networks", 2010.
 *   <li>{@code he}: 2 / fanIn. He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.
 * </ul>
 *
 * A uniform one with variance v draws between -sqrt(3 v) and sqrt(3 v); {@code uniform(a)} between
 * -a and a. The bare names mean the uniform ones.
 */
public final class Initialisers {
  private static final Spread LECUN = (fanIn, fanOut) -> Math.sqrt(1 / fanIn);
  private static final Spread GLOROT = (fanIn, fanOut) -> Math.sqrt(2 / (fanIn + fanOut));
  private static final Spread HE = (fanIn, fanOut) -> Math.sqrt(2 / fanIn);

  private static final Signature UNIFORM =
      Signature.of("uniform", Parameter.number("a", Range.above(0)));

  /** A row for each initialiser. */
  public static final Vocabulary<Initialiser> VOCABULARY =
      Vocabulary.<Initialiser>of("initialiser")
          .with(Signature.of("lecunUniform"), a -> Uniform.ofDeviation(a.text(), LECUN))
          .with(Signature.of("lecunNormal"), a -> new Normal(a.text(), LECUN))
          .with(Signature.of("glorotUniform"), a -> Uniform.ofDeviation(a.text(), GLOROT))
          .with(Signature.of("glorotNormal"), a -> new Normal(a.text(), GLOROT))
          .with(Signature.of("heUniform"), a -> Uniform.ofDeviation(a.text(), HE))
          .with(Signature.of("heNormal"), a -> new Normal(a.text(), HE))
          .alias("lecun", "lecunUniform")
          .alias("glorot", "glorotUniform")
          .alias("he", "heUniform")
          .with(
              UNIFORM,
              a -> {
                double bound = a.number("a");
                return new Uniform(a.text(), (fanIn, fanOut) -> bound);
              })
          .with(Signature.of("zeros"), a -> new Zeros());

  /** The same, and {@code auto}, which is empty: the activation above chooses. */
  private static final Vocabulary<Optional<Initialiser>> CHOICES =
      Vocabulary.<Optional<Initialiser>>of("initialiser")
          .with(Signature.of("auto"), a -> Optional.empty())
          .plus(VOCABULARY, Optional::of);

  private Initialisers() {}

  /** The text of the uniform initialiser with this bound. */
  public static String uniform(double bound) {
    return UNIFORM.print(bound);
  }

  /**
   * Reads the text of one initialiser.
   *
   * @param what what the text sets, named in errors: {@code weightInit}
   * @throws sparkprop.text.TextException if the text cannot be read
   */
  public static Initialiser read(String what, String text) {
    return VOCABULARY.readOne(what, text);
  }

  /**
   * Reads the text of one initialiser, or {@code auto}.
   *
   * @param what what the text sets, named in errors: {@code weightInit}
   * @return empty for {@code auto}, which leaves the choice to the activation that a layer feeds
   * @throws sparkprop.text.TextException if the text cannot be read
   */
  public static Optional<Initialiser> readChoice(String what, String text) {
    return CHOICES.readOne(what, text);
  }
}
