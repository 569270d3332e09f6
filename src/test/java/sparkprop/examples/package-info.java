/** The examples, run as their readers run them, with small settings. */
@NullMarked
package sparkprop.examples;

import org.jspecify.annotations.NullMarked;
