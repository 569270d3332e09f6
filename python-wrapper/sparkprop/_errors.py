"""The error of a training that came to nothing."""


class TrainingError(RuntimeError):
    """Training could not go on: a loss that is no number, rows that changed while it ran.

    Its text says in a sentence what happened and what to do. Params and rows that cannot be trained
    with are refused before, by Spark's ``IllegalArgumentException``.
    """
