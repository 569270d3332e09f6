/**
 * What survives a driver. {@link sparkprop.train.checkpoint.CheckpointFolder} writes how far
 * training has come as safetensors files, whole or not at all, on any file system that Hadoop
 * knows; {@link sparkprop.train.checkpoint.Fingerprint} says of what, so that a run goes on from
 * its own files only. No object is serialised: a file is floats and texts.
 */
@NullMarked
package sparkprop.train.checkpoint;

import org.jspecify.annotations.NullMarked;
