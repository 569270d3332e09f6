package sparkprop.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
  private static final Range SHARE = Range.atLeast(0).below(1);

  private static final Signature CONV =
      Signature.of(
          "conv",
          Parameter.whole("filters", Range.atLeast(1)),
          Parameter.whole("kernel", Range.atLeast(1)),
          Parameter.number("padding", SHARE).orElse(0));

  private static final Signature ADAM =
      Signature.of(
          "adam",
          Parameter.number("beta1", SHARE).orElse(0.9),
          Parameter.number("beta2", SHARE).orElse(0.999),
          Parameter.number("epsilon", Range.above(0)).orElse(1e-8));

  /** Reads every text as its own canonical text. */
  private static final Vocabulary<String> WORDS =
      vocabulary(
              CONV,
              ADAM,
              Signature.of("relu"),
              Signature.of("lecunUniform"),
              Signature.of("leakyRelu", Parameter.number("slope", Range.any()).orElse(0.01)),
              Signature.of("dense", Parameter.whole("units", Range.atLeast(1))),
              Signature.of("dropout", Parameter.number("rate", SHARE)),
              Signature.of(
                  "momentum", Parameter.number("momentum", SHARE).orElse(0.9).positional()),
              Signature.of("squaredError", Parameter.number("target", Range.any()).optional()),
              Signature.of(
                  "rprop",
                  Parameter.number("down", Range.above(0).below(1)).orElse(0.5).positional(),
                  Parameter.number("up", Range.above(1).atMost(10)).orElse(1.2).positional(),
                  Parameter.number("max", Range.above(0)).orElse(50)),
              Signature.of("l-bfgs", Parameter.whole("memory", Range.atLeast(1)).orElse(10)))
          .alias("lecun", "lecunUniform");

  private static Vocabulary<String> vocabulary(Signature... signatures) {
    Vocabulary<String> vocabulary = Vocabulary.of("layer");
    for (Signature signature : signatures) {
      vocabulary = vocabulary.with(signature, Arguments::text);
    }
    return vocabulary;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          relu                           | relu
          RELU                           | relu
          relu()                         | relu
          lecununiform                   | lecunUniform
          lecun                          | lecunUniform
          dense(256)                     | dense(256)
          Dense ( Units = 256 )          | dense(256)
          dense(1e3)                     | dense(1000)
          dropout(.2)                    | dropout(0.2)
          dropout(-0)                    | dropout(0)
          leakyRelu                      | leakyRelu
          leakyRelu(0.01)                | leakyRelu
          leakyRelu(-2)                  | leakyRelu(slope=-2)
          adam                           | adam
          adam(beta1=0.9)                | adam
          adam(BETA2=0.5,beta1=.8)       | adam(beta1=0.8, beta2=0.5)
          adam(0.8, epsilon=1E-9)        | adam(beta1=0.8, epsilon=1e-9)
          momentum                       | momentum
          momentum(0.90)                 | momentum
          momentum(0.8)                  | momentum(0.8)
          momentum(momentum=0.8)         | momentum(0.8)
          squaredError                   | squaredError
          squaredError(target=0.5)       | squaredError(target=0.5)
          conv(6,5)                      | conv(6, 5)
          conv(6,3,.5)                   | conv(6, 3, padding=0.5)
          rprop(0.5, 1.3)                | rprop(up=1.3)
          rprop(0.4, 1.3, max=20)        | rprop(0.4, 1.3, max=20)
          l-bfgs(memory=5)               | l-bfgs(memory=5)
          """)
  void readsAndPrintsTheCanonicalText(String text, String canonical) {
    assertThat(WORDS.readOne("network", text)).isEqualTo(canonical);
    assertThat(WORDS.readOne("network", canonical)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          relu rellu            | 6  | no layer is called 'rellu'; the nearest known name is 'relu'
          dorpout(0.1)          | 1  | no layer is called 'dorpout'; the nearest known name is 'dropout'
          relu dense            | 6  | dense needs a value for units, as in dense(units)
          conv(6)               | 1  | conv needs a value for kernel, as in conv(filters, kernel)
          dense(0)              | 7  | units of dense must be a whole number of at least 1, but '0' was found
          dense(2.5)            | 7  | units of dense must be a whole number of at least 1, but '2.5' was found
          dense(1e10)           | 7  | units of dense must be a whole number of at least 1, at most 2147483647, but '1e10' was found
          dense(wide)           | 7  | units of dense must be a whole number of at least 1, but 'wide' was found
          dropout(rate=1)       | 14 | rate of dropout must be a number of at least 0 and below 1, but '1' was found
          dropout(NaN)          | 9  | rate of dropout must be a number of at least 0 and below 1, but 'NaN' was found
          leakyRelu(1e999)      | 11 | slope of leakyRelu must be a number, but '1e999' was found
          rprop(0.5, 11)        | 12 | up of rprop must be a number above 1 and at most 10, but '11' was found
          dense(5, 6)           | 10 | dense takes one argument only
          relu(5)               | 6  | relu takes no argument
          relu(slope=5)         | 6  | relu takes no argument
          adam(0.1,0.1,1,1)     | 16 | adam takes 3 arguments only
          adam(beta=0.9)        | 6  | adam has no argument 'beta'; the nearest known name is 'beta1'
          adam(decay=0.9)       | 6  | adam has no argument 'decay'; known are beta1, beta2, epsilon
          adam(0.9, beta1=0.9)  | 11 | beta1 of adam is given twice
          adam(beta1=0.9, 0.99) | 17 | an argument by position must stand before those by key
          conv(6, 5x5)          | 9  | kernel of conv must be a whole number of at least 1, but '5x5' was found
          conv(6, 5, full)      | 12 | padding of conv must be a number of at least 0 and below 1, but 'full' was found
          lecnu                 | 1  | no layer is called 'lecnu'; the nearest known name is 'lecun'
          leakyrule             | 1  | no layer is called 'leakyrule'; the nearest known name is 'leakyRelu'
          """)
  void pointsAtWhatIsWrong(String text, int column, String sentence) {
    assertThatThrownBy(() -> WORDS.readAll("network", text))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "network, column %d: %s.%n  %s%n  %s^"
                .formatted(column, sentence, text, " ".repeat(column - 1)));
  }

  @Test
  void listsTheKnownNamesWhenNoneIsNear() {
    Vocabulary<String> few = vocabulary(Signature.of("relu"), Signature.of("tanh"));
    assertThatThrownBy(() -> few.readAll("network", "gauss"))
        .hasMessageStartingWith(
            "network, column 1: no layer is called 'gauss'; known are relu, tanh.");
  }

  @Test
  void readsTheSameUnderATurkishLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(WORDS.readOne("network", "LECUNUNIFORM")).isEqualTo("lecunUniform");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void countsColumnsInTheSameDigitsUnderAnArabicLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThatThrownBy(() -> WORDS.readAll("network", "relu gauss"))
          .hasMessageStartingWith("network, column 6: ");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void joinsVocabulariesAndKeepsTheirOrderAndAliases() {
    Vocabulary<Integer> lengths =
        Vocabulary.<Integer>of("loss")
            .with(Signature.of("huber"), arguments -> 5)
            .plus(WORDS, String::length);
    assertThat(lengths.readAll("x", "huber relu lecun")).containsExactly(5, 4, 12);
    assertThat(lengths.names()).startsWith("huber", "conv", "adam").doesNotContain("lecun");
  }

  @Test
  void refusesTwoEntriesOfOneName() {
    assertThatThrownBy(() -> WORDS.with(Signature.of("ReLU"), Arguments::text))
        .hasMessage("A layer called 'ReLU' is there already.");
    assertThatThrownBy(() -> WORDS.alias("r", "gauss")).hasMessage("No layer is called 'gauss'.");
  }

  @Test
  void printsOnlyWhatItWouldRead() {
    assertThat(CONV.print(6, 5, 0.5)).isEqualTo("conv(6, 5, padding=0.5)");
    assertThatThrownBy(() -> CONV.print(0, 5, 0.5))
        .hasMessage("filters of conv must be a whole number of at least 1, but '0' was given.");
    assertThatThrownBy(() -> CONV.print(6, null, 0.5))
        .hasMessage("conv needs a value for kernel, as in conv(filters, kernel).");
    assertThatThrownBy(() -> CONV.print(6))
        .hasMessage("conv has 3 parameters, but was given 1 values.");
    assertThatThrownBy(() -> ADAM.print(Double.NaN, 0.9, 1))
        .hasMessage(
            "beta1 of adam must be a number of at least 0 and below 1, but 'NaN' was given.");
  }

  @Property
  void printedNumbersReadBackAsTheSameBits(
      @ForAll @DoubleRange(min = -Double.MAX_VALUE, max = Double.MAX_VALUE) double x) {
    assertThat(Numbers.parse(Numbers.print(x))).contains(x + 0.0);
  }

  @Property
  void printingAndReadingGiveTheSameValues(
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double beta1,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double beta2,
      @ForAll @Positive double epsilon) {
    List<Double> written = Arrays.asList(beta1, beta2, epsilon);
    Vocabulary<List<Double>> solvers =
        Vocabulary.<List<Double>>of("solver")
            .with(
                ADAM,
                arguments ->
                    List.of(
                        arguments.number("beta1"),
                        arguments.number("beta2"),
                        arguments.number("epsilon")));
    assertThat(solvers.readOne("solver", ADAM.print(written.toArray()))).isEqualTo(written);
  }

  @Property
  void sequencesOfCallsReadBack(
      @ForAll List<@IntRange(min = 1) Integer> units, @ForAll boolean lines) {
    List<String> calls = units.stream().map(n -> n % 2 == 0 ? "relu" : "dense(" + n + ")").toList();
    assertThat(WORDS.readAll("network", String.join(lines ? "\n\t" : " ", calls))).isEqualTo(calls);
  }
}
