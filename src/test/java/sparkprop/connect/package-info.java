/** MLlib's perceptron on this engine: what it shares with MLlib's own, and who gets it. */
@NullMarked
package sparkprop.connect;

import org.jspecify.annotations.NullMarked;
