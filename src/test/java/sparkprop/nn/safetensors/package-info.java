/** Tests of the file format: its bytes, and files that are broken in every way one can think of. */
@NullMarked
package sparkprop.nn.safetensors;

import org.jspecify.annotations.NullMarked;
