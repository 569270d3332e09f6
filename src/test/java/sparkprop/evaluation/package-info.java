@NullMarked
package sparkprop.evaluation;

import org.jspecify.annotations.NullMarked;
