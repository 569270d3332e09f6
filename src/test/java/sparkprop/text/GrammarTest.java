package sparkprop.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarTest {
  @Test
  void readsCallsWithTheirPlaces() {
    List<Call> calls =
        Grammar.parse(
            "network", " dense(256)\n conv ( 6 , kernel = 5x5 )relu".replace(")relu", ") relu"));
    assertThat(calls)
        .extracting(call -> call.name().text())
        .containsExactly("dense", "conv", "relu");
    assertThat(calls).extracting(call -> call.name().offset()).containsExactly(1, 13, 39);
    Argument kernel = calls.get(1).arguments().get(1);
    assertThat(kernel.key())
        .isNotNull()
        .extracting(Token::text, Token::offset)
        .containsExactly("kernel", 24);
    assertThat(kernel.value()).extracting(Token::text, Token::offset).containsExactly("5x5", 33);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t "})
  void anEmptyTextIsAnEmptySequenceButNotOneCall(String text) {
    assertThat(Grammar.parse("network", text)).isEmpty();
    assertThatThrownBy(() -> Grammar.parseOne("solver", text))
        .hasMessageStartingWith("solver, column 1: a name was expected, but the text is empty.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dense(3)relu         | 9  | white space or the end of the text was expected, but 'r' was found
          dense(3), relu       | 9  | white space or the end of the text was expected, but ',' was found
          relu , tanh          | 6  | a name was expected, but ',' was found
          relu 5x5             | 6  | a name was expected, but '5x5' was found
          re.lu                | 1  | a name was expected, but 're.lu' was found
          dense(3              | 8  | ',' or ')' was expected, but the text ends here
          dense(3 4)           | 9  | ',' or ')' was expected, but '4' was found
          dense(               | 7  | an argument was expected, but the text ends here
          dense(,3)            | 7  | an argument was expected, but ',' was found
          dense(3,)            | 9  | an argument was expected, but ')' was found
          dense(units=)        | 13 | a value was expected, but ')' was found
          dense(5=5)           | 7  | a key was expected before '=', but '5' was found
          dense(units==5)      | 13 | a value was expected, but '=' was found
          dense(3))            | 9  | white space or the end of the text was expected, but ')' was found
          residual[relu]       | 9  | white space or the end of the text was expected, but '[' was found
          größe                | 3  | white space or the end of the text was expected, but 'ö' was found
          relu 😀 tanh         | 6  | a name was expected, but '😀' was found
          """)
  void saysWhatWasExpectedAndWhere(String text, int column, String sentence) {
    assertThatThrownBy(() -> Grammar.parse("network", text))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "network, column %d: %s.\n  %s\n  %s^"
                .formatted(column, sentence, text, " ".repeat(column - 1)));
  }

  @Test
  void oneCallAloneWhereOneIsMeant() {
    assertThat(Grammar.parseOne("solver", " adam ").name().text()).isEqualTo("adam");
    assertThatThrownBy(() -> Grammar.parseOne("solver", "adam sgd"))
        .hasMessage(
            """
            solver, column 6: one name alone was expected, but another follows.
              adam sgd
                   ^\
            """);
  }

  @Test
  void lineBreaksDoNotMoveTheCaret() {
    assertThatThrownBy(() -> Grammar.parse("network", "dense(3)\n\trelu !"))
        .hasMessage(
            """
            network, column 16: a name was expected, but '!' was found.
              dense(3)  relu !
                             ^\
            """);
  }
}
