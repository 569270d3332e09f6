package sparkprop.feature;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkprop.stage.MemoryAtHand;

class CovarianceRoomTest {

  /** Driver and executors have so many GB, and results may have so many. */
  @ParameterizedTest
  @CsvSource({
    "false, 64, 64, 1, 16384, 'a result of spark.driver.maxResultSize', maxResultSize",
    "false, 1, 64, 1, 5982, 'the driver''s 1,024 MB', memory",
    "false, 64, 1, 1, 3663, 'an executor''s 1,024 MB', 'executor'",
    "true, 1, 1, 1, 3124, 'this JVM''s 1,024 MB', memory",
    "false, 512, 512, 0, 23000, one array, ''"
  })
  void theShortestRoomIsNamed(
      boolean shared,
      int driver,
      int executor,
      int results,
      int room,
      String where,
      String setting) {
    List<CovarianceRoom> rooms =
        CovarianceRoom.of(
            new MemoryAtHand(shared, (long) driver << 30, (long) executor << 30, 4),
            (long) results << 30,
            100);
    assertThatCode(() -> CovarianceRoom.check(rooms, "pixels", room)).doesNotThrowAnyException();
    String raise =
        switch (setting) {
          case "" -> "";
          case "executor" -> ", or raise spark.executor.memory";
          default -> ", or raise spark.driver." + setting;
        };
    assertThatThrownBy(() -> CovarianceRoom.check(rooms, "pixels", room + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Column 'pixels' holds vectors of %,d numbers, but the covariances of %,d at most fit into %s: select fewer columns%s."
                .formatted(room + 1, room, where, raise));
  }
}
