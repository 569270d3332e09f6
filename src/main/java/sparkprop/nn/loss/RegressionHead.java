package sparkprop.nn.loss;

/** What the heads of regressions share: a target is a vector, the answer is {@code f(z)}. */
interface RegressionHead extends OutputHead {
  @Override
  default Task task() {
    return Task.REGRESSION;
  }

  @Override
  default int targetWidth() {
    return outputs();
  }

  @Override
  default void finish(double[] raw) {
    OutputHead.show(activation(), raw);
  }
}
