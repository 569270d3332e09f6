/** Tests of saving and loading, models of earlier releases among them. */
@NullMarked
package sparkprop.persist;

import org.jspecify.annotations.NullMarked;
