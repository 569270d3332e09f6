package sparkprop.train.checkpoint;

/**
 * What a course's bits hang on though it is the same course without: a run that goes on takes over
 * the former, and is told of the latter.
 *
 * @param windows that each partition's rows are cut into, which hangs on the executors that are
 *     there
 * @param kernel by which matrices are multiplied on the driver
 */
public record Conditions(int windows, String kernel) {}
