/**
 * What is ours of a cluster that belongs to others: {@link sparkprop.cluster.Capacity} says what it
 * offers, {@link sparkprop.cluster.JobScope} runs jobs there and leaves neither a changed setting
 * nor a running task behind, {@link sparkprop.cluster.Packed} carries values through it whatever
 * serializer its owner chose, and {@link sparkprop.cluster.Results} brings home what tasks yield.
 * Nothing here knows of rows, networks or training.
 */
@NullMarked
package sparkprop.cluster;

import org.jspecify.annotations.NullMarked;
