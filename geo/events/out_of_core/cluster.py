"""Run tasks on many cores or computers; the only module that imports Dask.

Without an address, the workers are processes on this computer. They listen on 127.0.0.1 only and
use TLS with a key made for this run, since anyone who can reach a scheduler can make its workers
run any code. Whoever names a scheduler is responsible for who can reach it.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, Final

from geo.errors import IntakeError
from geo.events.out_of_core.partitioned import Run, Task
from geo.events.out_of_core.partwise import Job
from geo.extras import require

PATIENCE: Final = 30
"""Seconds to wait for a scheduler to answer and for the first of its workers."""
_HERE: Final = "127.0.0.1"
_ADDRESS: Final = re.compile(r"[a-z]+://\S+")
_QUIET: Final = {
    # Errors are reported once, by the process that started the tasks.
    "logging": {"distributed": "critical"},
    # No status pages are served to browsers.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # A busy computer starts its workers slowly.
    "distributed.comm.timeouts.connect": "120s",
}


@contextmanager
def cluster(scheduler: str | None = None, workers: int | None = None) -> Iterator[Run]:
    """Provide a function that runs tasks: on this computer, or on a running cluster.

    Parameters
    ----------
    scheduler
        Its address, such as ``tcp://10.0.0.5:8786``; ``None`` for processes on this computer.
    workers
        How many processes; ``None`` for one per core.

    Raises
    ------
    MissingExtraError
        Dask is not installed.
    IntakeError
        Nothing answers at the address, or the scheduler has no workers.
    """
    require("dask", "importing into a folder")
    if scheduler is not None and not _ADDRESS.fullmatch(scheduler):
        raise IntakeError(
            f"--scheduler: {scheduler!r} is not a valid address; give one such as "
            "tcp://10.0.0.5:8786, as `dask scheduler` prints it"
        )
    import dask  # noqa: PLC0415 - only who imports large files has it, and it is slow to load
    import distributed  # noqa: PLC0415 - as dask

    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        stack.callback(logger.setLevel, before)
        stack.enter_context(dask.config.set(_QUIET))
        at = scheduler or stack.enter_context(_local(distributed, workers))
        client = stack.enter_context(_client(distributed, at))
        yield partial(_run, distributed, client)


def _local(distributed: Any, workers: int | None) -> Any:
    return distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, host=_HERE, protocol="tls://",
        security=distributed.Security.temporary(), dashboard_address=f"{_HERE}:0",
        silence_logs=logging.CRITICAL,
    )  # fmt: skip


def _client(distributed: Any, at: Any) -> Any:
    try:
        client = distributed.Client(at, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise IntakeError(
            f"{at}: no scheduler responds at this address; start one with `dask scheduler`, or "
            "leave out --scheduler to work on this computer alone"
        ) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        client.close()
        raise IntakeError(f"{at}: has no workers; start some with `dask worker {at}`") from error
    return client


def _run(
    distributed: Any, client: Any, task: Task, job: Job, things: Sequence[Any]
) -> Iterator[tuple[int, Any]]:  # fmt: skip
    """Do a task for each item; the tasks of a lost worker are done by another."""
    name = f"{task.__name__}-{uuid.uuid4().hex}"
    # Submitted as a task itself, the job goes to each worker once, and to later ones as well.
    shared = client.submit(_itself, job, key=f"job-{name}")
    numbers = {
        client.submit(task, shared, thing, key=f"{name}-{number}"): number
        for number, thing in enumerate(things)
    }
    try:
        for future in distributed.as_completed(numbers, loop=client.loop):
            yield numbers[future], _answer(distributed, future)
    finally:
        client.cancel([shared, *numbers])


def _answer(distributed: Any, future: Any) -> Any:
    try:
        return future.result()
    except distributed.KilledWorker as error:
        raise IntakeError(
            "one part of the file crashed one worker after another, probably for lack of memory; "
            "give the workers more memory, or run fewer on each computer"
        ) from error
    except ModuleNotFoundError as error:
        raise IntakeError(
            f"a worker does not have {error.name}; install the same version of incident-map on "
            "every worker"
        ) from error


def _itself(job: Job) -> Job:
    return job
