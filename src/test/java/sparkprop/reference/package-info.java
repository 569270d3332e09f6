/**
 * The oracle: a deliberately naive network in double precision, written straight from the formulas
 * with loops and sharing no code with what it checks. It is slow, it keeps everything it computes,
 * and it takes no short cut that would need a proof of its own: softmax and cross-entropy, for
 * instance, are derived one after the other and never fused. It is itself checked against central
 * differences on every weight.
 */
@NullMarked
package sparkprop.reference;

import org.jspecify.annotations.NullMarked;
