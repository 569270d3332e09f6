package sparkprop.data;

import java.io.Serializable;

/**
 * What the tasks that make blocks need to know, broadcast because it grows with partitions and
 * features and would otherwise travel with every training job.
 */
record Recipe(Reading reading, BlockFormat format) implements Serializable {}
