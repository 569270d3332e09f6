/**
 * Activation functions: what a unit makes of its weighted input, {@code a = f(z)}, and the
 * derivative by which backpropagation passes it. {@link sparkprop.nn.activation.Activations} is the
 * table of their names; each is one small file with its formula, the two loops and the initialiser
 * that suits the weights below it. A new one is one more file and one more row. Where libraries
 * differ, PyTorch's definition counts.
 *
 * <p>All but softmax work element by element and treat rows x cols as one long array, in loops
 * without branches, which the compiler turns into vector instructions; exp, tanh and their like
 * come from {@code sparkprop.linalg}, so that the same bits come out on every machine. Finite input
 * gives a finite derivative however large it is (but for {@code exponential}, which overflows), and
 * NaN stays NaN.
 */
@NullMarked
package sparkprop.nn.activation;

import org.jspecify.annotations.NullMarked;
