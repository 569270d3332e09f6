package sparkprop.stage;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import sparkprop.data.DataSummary;
import sparkprop.data.Partitioning;
import sparkprop.nn.Network;
import sparkprop.params.ResolvedParams;
import sparkprop.train.checkpoint.CheckpointFolder;
import sparkprop.train.checkpoint.Fingerprint;

/**
 * All that the course of one training hangs on, by which its checkpoints are found again.
 *
 * @param initial the weights that it begins with
 */
// Handed on once, never compared.
@SuppressWarnings("ArrayRecordComponent")
record CourseIdentity(
    ResolvedParams params,
    Network network,
    float[] initial,
    DataSummary summary,
    Partitioning partitioning) {

  /** Where its checkpoints are, or will be. */
  CheckpointFolder folder(Configuration configuration) {
    return new CheckpointFolder(
        params.checkpointPath(),
        configuration,
        fingerprint(),
        params.maxIter(),
        params.schedule().dependsOnMaxIter(),
        params.checkpointInterval());
  }

  private Fingerprint fingerprint() {
    Map<String, String> parts = new TreeMap<>(params.texts());
    parts.put(
        "the network",
        "%s over %s, output %s of %d"
            .formatted(
                network.text(),
                network.input(),
                network.head().outputActivation(),
                network.head().outputs()));
    parts.put("hash of the initial weights", Fingerprint.digest(initial));
    parts.put("rows of each partition", Fingerprint.digest(partitioning.rows()));
    parts.put("training partitions", String.valueOf(partitioning.partitions()));
    parts.put("training rows", String.valueOf(summary.trainingRows()));
    parts.put("validation rows", String.valueOf(summary.validationRows()));
    parts.put(
        "ordered hash of the rows",
        Fingerprint.digest(
            summary.partitions().stream()
                .flatMapToLong(p -> LongStream.of(p.remainingRows(), p.hash()))
                .toArray()));
    return Fingerprint.of(parts);
  }
}
