@NullMarked
package sparkprop.regression;

import org.jspecify.annotations.NullMarked;
