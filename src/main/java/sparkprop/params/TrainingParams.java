package sparkprop.params;

/** All Params that training shares, with their getters: those of an estimator and of its model. */
public interface TrainingParams
    extends NetworkParams, SolverParams, StoppingParams, DataParams, CheckpointParams {

  /**
   * All of them, as a stage keeps them in one field.
   *
   * @param network the network's
   * @param solver the solver's
   * @param stopping when training ends
   * @param data how rows are prepared
   * @param checkpoint what outlives a driver
   */
  record Declared(
      NetworkParams.Declared network,
      SolverParams.Declared solver,
      StoppingParams.Declared stopping,
      DataParams.Declared data,
      CheckpointParams.Declared checkpoint)
      implements java.io.Serializable {

    /**
     * Makes the Params of one stage and sets their defaults.
     *
     * @param owner the stage, whose uid must be known already
     * @param head what the stage's kind decides
     * @param estimator name of the estimator's class, from which the default seed follows
     */
    public static Declared of(TrainingParams owner, NetworkParams.Head head, String estimator) {
      ParamMaker make = new ParamMaker(owner);
      return new Declared(
          NetworkParams.Declared.of(make, head),
          SolverParams.Declared.of(make, estimator.hashCode()),
          StoppingParams.Declared.of(make),
          DataParams.Declared.of(make),
          CheckpointParams.Declared.of(make));
    }
  }

  /** Where the stage keeps them. */
  Declared trainingParams();

  @Override
  default NetworkParams.Declared networkParams() {
    return trainingParams().network();
  }

  @Override
  default SolverParams.Declared solverParams() {
    return trainingParams().solver();
  }

  @Override
  default StoppingParams.Declared stoppingParams() {
    return trainingParams().stopping();
  }

  @Override
  default DataParams.Declared dataParams() {
    return trainingParams().data();
  }

  @Override
  default CheckpointParams.Declared checkpointParams() {
    return trainingParams().checkpoint();
  }
}
