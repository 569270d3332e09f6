/**
 * The numeric floor: float32 arrays, and what is done to them.
 *
 * <p>There is no tensor class. A block of rows is a {@link sparkprop.linalg.Rows}: {@link
 * sparkprop.linalg.DenseRows}, a row-major {@code float[]}, or {@link sparkprop.linalg.SparseRows},
 * compressed sparse rows with an optional constant row subtracted from each. {@link
 * sparkprop.linalg.SparseProducts} multiplies the sparse kind; dense products go through {@link
 * sparkprop.linalg.blas.Blas}. {@link sparkprop.linalg.VectorMath} adds, scales and sums ranges of
 * arrays, {@link sparkprop.linalg.FloatFunctions} holds exp, tanh, softmax and their relatives.
 * {@link sparkprop.linalg.Randomness} turns keys into random bits without any state and {@link
 * sparkprop.linalg.Permutation} turns a key into an order, so that a random number depends on what
 * it is for and never on who asked first.
 *
 * <p>Every kernel here adds in an order that follows from its arguments alone and uses no operation
 * whose bits the compiler may choose (no fused multiply-add): the same input gives the same bits on
 * any machine, compiled or interpreted. Loops are long, branch-free and take offsets, because that
 * is what the JVM's compiler turns into vector instructions.
 */
@NullMarked
package sparkprop.linalg;

import org.jspecify.annotations.NullMarked;
