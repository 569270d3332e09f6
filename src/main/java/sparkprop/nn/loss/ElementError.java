package sparkprop.nn.loss;

import java.io.Serializable;

/** How wrong one output is, where the loss of a row is the sum over its outputs. */
interface ElementError extends Serializable {
  /** The loss of an output a whose target is t. */
  double value(double a, double t);

  /** Its derivative by a; where there is none, one between those on both sides. */
  double slope(double a, double t);
}
