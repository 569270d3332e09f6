package sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** What a failed job says of its input. */
class ChangedInputExceptionTest {
  @Test
  void aTasksOwnIsHandedOnAsItIs() {
    ChangedInputException thrown = new ChangedInputException(3);
    assertThat(ChangedInputException.in(new SparkException("a job failed", thrown)))
        .isSameAs(thrown);
  }

  @Test
  void aShuffleThatSparkWillNotRepeatIsOne() {
    SparkException failure =
        new SparkException(
            "Job aborted due to stage failure: A shuffle map stage with indeterminate output was"
                + " failed and retried. However, Spark cannot rollback the ResultStage 29 to"
                + " re-process the input data, and has to fail this job.");
    assertThat(ChangedInputException.in(failure))
        .hasMessageStartingWith("Rows of the input were lost with an executor,")
        .hasCause(failure);
  }

  @Test
  void otherFailuresAreNone() {
    assertThat(ChangedInputException.in(new SparkException("a disk is full"))).isNull();
    assertThat(ChangedInputException.in(new IllegalStateException())).isNull();
    assertThat(ChangedInputException.in(null)).isNull();
  }
}
