/**
 * Our stages among Spark's: pipelines with other stages before and behind them, saved and loaded,
 * tuned by Spark's tuners, on streams, under {@code OneVsRest}; and what every stage of a pipeline
 * should do, asked of each of ours.
 */
@NullMarked
package sparkprop.company;

import org.jspecify.annotations.NullMarked;
