@NullMarked
package sparkprop.stage;

import org.jspecify.annotations.NullMarked;
