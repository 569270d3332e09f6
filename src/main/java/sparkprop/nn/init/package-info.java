/**
 * Weight initialisation. {@link sparkprop.nn.init.Initialisers} is the table of names; an {@link
 * sparkprop.nn.init.Initialiser} fills one weight matrix, scaled by how many values each unit sums
 * (fan in) and how many units each value feeds (fan out). Numbers are drawn by counter, not from a
 * stream: element i of a weight hangs on the weight's key and on i alone, so neither threads nor
 * the order in which weights are filled change a bit.
 */
@NullMarked
package sparkprop.nn.init;

import org.jspecify.annotations.NullMarked;
