"""The comparisons whose contenders are processes of their own."""

import statistics
from argparse import Namespace

import build
from contender import Contender, compare, numbers

GOAL = 0.863  # what MLlib's 100 iterations reach on the test set


# LeNet-5 as it is taught since: LeCun et al. 1998 with full connections between maps.
LENET = (
    "conv(6, 5x5, padding=2) tanh avgPool(2) conv(16, 5x5) tanh avgPool(2) flatten"
    " dense(120) tanh dense(84) tanh"
)


def pytorch(options: Namespace, hidden: list[int], batch: int, passes: int) -> None:
    network = " ".join(f"dense({units}) relu" for units in hidden)
    trained_by_both(options, network, "784", ",".join(map(str, hidden)), batch, passes)


def lenet(options: Namespace, batch: int, passes: int) -> None:
    trained_by_both(options, LENET, "1x28x28", "lenet", batch, passes)


def trained_by_both(
    options: Namespace, network: str, shape: str, of_peer: str, batch: int, passes: int
) -> None:
    turn = [str(batch), str(passes)]
    ours = [*build.java(), "TrainingSpeed", options.data, network, shape, *turn]
    peer = [build.python(), str(build.HERE / "training_speed.py"), options.data, of_peer, *turn]
    compare("samples-per-second", Contender(ours), "pytorch", Contender(peer), options.rounds)


def time_to_accuracy(options: Namespace) -> None:
    java = build.java()
    passes, accuracy = numbers([*java, "PassesNeeded", options.data, str(GOAL), "5"])
    print("passes-ours", round(passes))
    print("accuracy-ours", accuracy)
    turns = []
    for seed in range(1, options.rounds + 1):
        first_fit = [*java, "FirstFit", options.data]
        of_ours = ["ours", str(round(passes)), str(seed)]
        of_mllib = ["mllib", str(options.iterations or 100), str(seed)]
        ours = numbers([*first_fit, *of_ours])
        mllib = numbers([*first_fit, *of_mllib])
        turns.append((ours[0], *mllib))
    print("accuracy-mllib", statistics.median(accuracy for _, _, accuracy in turns))
    print("seconds-ours", round(statistics.median(ours for ours, _, _ in turns), 3))
    print("seconds-mllib", round(statistics.median(mllib for _, mllib, _ in turns), 3))
    plain = [numbers([*build.without_vectors(first_fit), *turn])[0] for turn in (of_ours, of_mllib)]
    print("seconds-mllib-plain-jvm", round(plain[1], 3))
    print("ratio-plain-jvm", round(plain[1] / plain[0], 1))
    print("ratio", round(statistics.median(mllib / ours for ours, mllib, _ in turns), 1))


def sparse(options: Namespace) -> None:
    folder = build.TARGET / f"sparse-{options.rows}-{options.features}"
    numbers([build.python(), str(build.HERE / "sparse_rows.py"), str(folder),
             str(options.rows), str(options.features)])
    solver = options.solver or "adam(lazy=true)"
    ours = [*build.java(), "SparseTraining", str(folder), str(options.features), solver]
    peer = [build.python(), str(build.HERE / "sparse_training.py"), str(folder), str(options.features)]
    compare("samples-per-second", Contender(ours), "scikit-learn", Contender(peer), options.rounds)
