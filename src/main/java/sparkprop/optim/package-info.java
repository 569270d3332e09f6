/**
 * How weights follow their gradient: solvers as small transforms of a gradient, with explicit
 * state.
 *
 * <p>A {@link sparkprop.optim.GradientTransform} turns a gradient into a direction, in place, and
 * keeps what it must remember (a velocity, two moments) in the named slots of an {@link
 * sparkprop.optim.OptimizerState}, never in itself: a state can be copied, averaged over replicas
 * and written to a checkpoint as plain arrays. {@link sparkprop.optim.Optimizer} makes one update:
 * the gradient passes through a {@link sparkprop.optim.Chain} (penalty, solver, decoupled decay),
 * and then, in the one place where the sign flips, {@code w -= stepSize * direction}. {@link
 * sparkprop.optim.Penalty} is the elastic net, whose L1 part is a proximal step after the update.
 * {@link sparkprop.optim.Solvers} is the table of solvers by their text; a new one is one file and
 * one row. Where definitions differ between libraries, PyTorch's count.
 *
 * <p>All arithmetic on weights is float32, in loops simple enough for the compiler to vectorise; an
 * update allocates nothing. The package knows nothing of networks: weights are flat arrays and
 * {@link sparkprop.optim.Segment}s of them.
 */
@NullMarked
package sparkprop.optim;

import org.jspecify.annotations.NullMarked;
