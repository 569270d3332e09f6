package sparkprop.linalg.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  @Test
  void namesTheFirstOfProcCpuinfo() {
    assertThat(
            Processor.describe(
                List.of(
                    "processor\t: 0",
                    "vendor_id\t: AuthenticAMD",
                    "cpu family\t: 26",
                    "model\t\t: 2",
                    "model name\t: AMD EPYC",
                    "flags\t\t: fpu sse4_2 avx avx2 avx512f avx512dq",
                    "power management:",
                    "",
                    "processor\t: 1",
                    "vendor_id\t: GenuineIntel")))
        .isEqualTo("AuthenticAMD 26-2 avx512f");
    assertThat(
            Processor.describe(
                List.of(
                    "vendor_id\t: GenuineIntel",
                    "cpu family\t: 6",
                    "model\t\t: 60",
                    "flags\t\t: fpu avx avx2")))
        .isEqualTo("GenuineIntel 6-60 avx2");
  }
}
