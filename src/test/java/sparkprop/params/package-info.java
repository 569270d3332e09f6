/** Tests of the Params: names, defaults, what they refuse and what becomes of them. */
@NullMarked
package sparkprop.params;

import org.jspecify.annotations.NullMarked;
