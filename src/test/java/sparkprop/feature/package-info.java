@NullMarked
package sparkprop.feature;

import org.jspecify.annotations.NullMarked;
