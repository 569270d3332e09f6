package sparkprop.nn.layer;

/**
 * What a parameter is for. Penalties, solvers and initialisation choose by it, never by a layer's
 * type or a parameter's name.
 */
public enum ParameterKind {
  /** Multiplies activations; penalised, and drawn at random to break symmetry. */
  WEIGHT,
  /** Multiplies what the layer itself put out one step before; otherwise a weight. */
  RECURRENT,
  /** Is added; starts with its constant, usually 0, and is never penalised. */
  BIAS,
  /** Multiplies a normalised value; starts with its constant, usually 1, and is never penalised. */
  SCALE,
  /**
   * Follows the data instead of a gradient (running means and variances): saved and broadcast with
   * the weights, but no solver touches it and it does not count as a parameter of the model.
   */
  STATISTIC;

  /** Whether it multiplies activations: is drawn at random, and penalised. */
  public boolean weighs() {
    return this == WEIGHT || this == RECURRENT;
  }

  /** Whether a solver moves parameters of this kind. */
  public boolean trainable() {
    return this != STATISTIC;
  }
}
