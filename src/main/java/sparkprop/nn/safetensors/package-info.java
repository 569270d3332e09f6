/**
 * The safetensors file format: eight bytes with the length of a header, the header (JSON: for each
 * tensor its type, shape and place, and a map of free texts called {@code __metadata__}), then the
 * numbers, little endian. Chosen because it cannot run code when it is read, is read by many
 * libraries, and one file holds all that scoring needs. Only what Sparkprop writes is read back:
 * float32 tensors that follow each other without gaps. The package knows streams, not paths, file
 * systems or networks.
 */
@NullMarked
package sparkprop.nn.safetensors;

import org.jspecify.annotations.NullMarked;
