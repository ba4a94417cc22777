"""Against Rasa's stock pipeline: the same training messages, the same questions, both asked in turns on one thread.

Each side is a process of its own, so that neither TensorFlow nor this program's own tables count for ours.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, Literal

import psutil
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.clock import today
from bot.content import read_content
from bot.content.training_messages import read_training_messages
from bot.core.errors import StockError
from bot.evaluation.messages import Asked
from bot.evaluation.scores import Judged, score
from bot.evaluation.words import number, percent
from bot.model.archive import fingerprint
from bot.model.train import rasa_environment, train
from bot.model.understand import Understood

_FALLBACK: Final = "nlu_fallback"
_ONE_THREAD: Final = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    **dict.fromkeys(("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1"),
    "CUDA_VISIBLE_DEVICES": "-1",
}
_WARM_UP: Final = Asked("Hej, moi!", "greet", "fi", "-")
_LAST_WORDS: Final = 2000
_HEAD: Final = (
    "| | messages | right | offered | wrong | missed | kept out | emergencies caught | false alarms | ms (p50) "
    "| ms (p95) |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)
_COST_HEAD: Final = "| | training, s | memory, peak, MB | environment, MB |\n|---|--:|--:|--:|"

Example = tuple[str, str]
"""A training message and the id of the answer that it asks for."""
Selectors = Literal["each", "one"]
"""A response selector for each retrieval intent, or one for all."""
Said = Mapping[str, Any]
"""One line that a process wrote."""


@dataclass(frozen=True)
class Side:
    """One of the two that are compared: how it is asked, how its lines are read, and what it cost."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    read: Callable[[Said, Asked, float], Understood]
    training_seconds: float
    environment_bytes: int


@dataclass
class Result:
    """What a side made of the messages."""

    side: Side
    judged: list[Judged] = field(default_factory=list)
    peak_bytes: int = 0


def compare(messages: Sequence[Asked], root: Path, *, epochs: int, selectors: Selectors) -> list[Result]:
    """Ours and the stock pipeline on `messages`. Each is trained once and kept below `root/var/against-stock`.

    Raises `StockError` where the stock environment is missing or a process fails.
    """
    python = stock_python(root)
    folder = root / "var" / "against-stock"
    return ask_in_turns([_ours(root, folder), _stock(root, folder, python, epochs, selectors)], messages)


def stock_python(root: Path) -> Path:
    """The interpreter of the stock environment; raises `StockError` that names the remedy."""
    if not (root / ".venv-stock" / ".locked").is_file():
        raise StockError(f"{root / '.venv-stock'}: the stock environment is not here. Make it: make stock-environment")
    return root / ".venv-stock" / "bin" / "python"


def stock_examples(root: Path) -> list[Example]:
    """What our model learns from: data/nlu_*.yml, and the FAQ's questions and titles."""
    from bot.training.importer import content_examples  # here, because Rasa takes seconds

    of_faq = content_examples(read_content(root, today=today()))
    return [
        *((message.text, message.answer) for message in read_training_messages(root)),
        *((message.get("text"), message.get_full_intent()) for message in of_faq),
    ]


def stock_project(examples: Sequence[Example], *, epochs: int, selectors: Selectors) -> dict[str, dict[str, Any]]:
    """The files of a Rasa project with the stock pipeline, by name: `config.yml`, `domain.yml`, `nlu.yml`.

    `one` selector over all retrieval intents is what `rasa init` writes. With `each`, every retrieval intent of two
    responses or more has a selector of its own; Rasa trains none for a single response.
    """
    messages: defaultdict[str, list[str]] = defaultdict(list)
    for text, answer in examples:
        messages[answer].append(text)
    responses: defaultdict[str, list[str]] = defaultdict(list)
    for answer in messages:
        intent, slash, _ = answer.partition("/")
        responses[intent] += [answer] if slash else []
    learnt = {"epochs": epochs, "constrain_similarities": True}
    several = [intent for intent, answers in responses.items() if len(answers) > 1]
    chosen_from = [{}] if selectors == "one" else [{"retrieval_intent": intent} for intent in several]
    pipeline = [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", **learnt},
        {"name": "EntitySynonymMapper"},
        *({"name": "ResponseSelector", **retrieval, **learnt} for retrieval in chosen_from),
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]
    nlu = [
        {"intent": answer, "examples": LiteralScalarString("".join(f"- {text}\n" for text in texts))}
        for answer, texts in messages.items()
    ]
    return {
        "config.yml": {"recipe": "default.v1", "assistant_id": "stock", "language": "fi", "pipeline": pipeline},
        "domain.yml": {
            "intents": list(responses),
            "responses": {f"utter_{answer}": [{"text": answer}] for answer in messages},
        },
        "nlu.yml": {"nlu": nlu},
    }


def write_project(files: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
    """Write them into `folder` as YAML, a message a line however long it is."""
    folder.mkdir(parents=True, exist_ok=True)
    yaml = YAML()
    yaml.width = sys.maxsize
    for name, content in files.items():
        with (folder / name).open("w", encoding="utf-8") as file:
            yaml.dump(content, file)


def stock_answer(said: Said, answers: Collection[str]) -> str:
    """The answer id that Rasa's words stand for.

    Its fallback is out of scope; a retrieval intent is the selected response, or its only one; any other intent is its
    own answer.
    """
    intent = said["intent"]
    if intent in (None, _FALLBACK):
        return "out_of_scope"
    if intent not in answers and said["response"]:
        return str(said["response"])
    return next(answer for answer in answers if answer.partition("/")[0] == intent)


def ask_in_turns(sides: Sequence[Side], messages: Sequence[Asked]) -> list[Result]:
    """Every message to the first side, then to the next, so that a busy machine is busy for both.

    Times are from the line written to the line read, after one message that is not counted.
    """
    results = [Result(side) for side in sides]
    with ExitStack() as stack:
        processes = [stack.enter_context(_started(side)) for side in sides]
        for asked in (_WARM_UP, *messages):
            for result, process in zip(results, processes, strict=True):
                started = time.perf_counter()
                said = process.ask(asked)
                milliseconds = (time.perf_counter() - started) * 1000
                if asked is not _WARM_UP:
                    result.judged.append(Judged(asked, result.side.read(said, asked, milliseconds)))
        for result, process in zip(results, processes, strict=True):
            result.peak_bytes = _peak_bytes(process.running.pid)
    return results


def against_table(results: Sequence[Result]) -> str:
    """The report: scores per language and side, then what each side costs, as Markdown tables."""
    lines = [_HEAD]
    for language in sorted({judged.asked.language for judged in results[0].judged}):
        for result in results:
            of_language = [judged for judged in result.judged if judged.asked.language == language]
            s = score(of_language)
            shares = [percent(v) for v in (s.right, s.offered, s.wrong, s.missed, s.kept_out, s.caught)]
            times = [number(s.p50_ms, 1), number(s.p95_ms, 1)]
            cells = [f"{language} {result.side.name}", str(s.messages), *shares, str(s.false_alarms), *times]
            lines.append(f"| {' | '.join(cells)} |")
    lines += ["", _COST_HEAD]
    for result in results:
        megabytes = [f"{value / 1e6:.0f}" for value in (result.peak_bytes, result.side.environment_bytes)]
        lines.append(f"| {result.side.name} | {result.side.training_seconds:.0f} | {' | '.join(megabytes)} |")
    return "\n".join(lines)


def trained_once(folder: Path, train_into: Callable[[], object]) -> float:
    """The seconds that training took: now, or when `folder` was filled. What broke off is trained anew."""
    noted = folder / "seconds.txt"
    if not noted.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        train_into()
        noted.write_text(f"{time.monotonic() - started:.1f}\n")
    return float(noted.read_text())


def _ours(root: Path, folder: Path) -> Side:
    models = folder / f"ours-{fingerprint(root)[:12]}"
    seconds = trained_once(models, lambda: train(root, models, force=True))
    return Side(
        name="ours",
        command=[sys.executable, "-m", "bot", "parse"],
        environment={"MODEL_FOLDER": str(models)},
        read=lambda said, asked, taken: Understood(
            language=said["language"],
            answer=said["answer"],
            confidence=said["confidence"],
            options=tuple(said["options"]),
            answers=tuple(said["answers"]),
            milliseconds=taken,
        ),
        training_seconds=seconds,
        environment_bytes=_folder_bytes(Path(sys.prefix)),
    )


def _stock(root: Path, folder: Path, python: Path, epochs: int, selectors: Selectors) -> Side:
    examples = stock_examples(root)
    answers = {answer for _, answer in examples}
    project = stock_project(examples, epochs=epochs, selectors=selectors)
    lock = (root / "packaging" / "stock" / "requirements.lock").read_text(encoding="utf-8")
    made_of = hashlib.sha256((json.dumps(project) + lock).encode()).hexdigest()
    models = folder / f"stock-{epochs}-{selectors}-{made_of[:12]}"
    return Side(
        name=f"stock ({epochs} epochs)",
        command=[*_python(python), str(root / "packaging" / "stock" / "understand.py"), str(models / "stock.tar.gz")],
        environment={},
        read=lambda said, asked, taken: _read_stock(said, asked, taken, answers),
        training_seconds=trained_once(models, lambda: _train_stock(python, project, models)),
        environment_bytes=_folder_bytes(root / ".venv-stock"),
    )


def _read_stock(said: Said, asked: Asked, taken: float, answers: Collection[str]) -> Understood:
    answer = stock_answer(said, answers)
    return Understood(asked.language, answer, said["confidence"], (), (answer,), taken)


def _train_stock(python: Path, project: Mapping[str, Mapping[str, Any]], models: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_project(project, Path(folder))
        command = [*_python(python), "-m", "rasa", "train", "nlu", "--config", "config.yml", "--domain", "domain.yml"]
        command += ["--nlu", "nlu.yml", "--out", str(models), "--fixed-model-name", "stock"]
        # Rasa's own progress goes to the terminal: it may take hours
        ended = subprocess.run(command, cwd=folder, env=_environment({}), stdout=sys.stderr, check=False)
    if ended.returncode != 0:
        raise StockError(f"Training the stock pipeline failed with status {ended.returncode}; Rasa's words stand above")


def _python(python: Path) -> list[str]:
    """The stock environment's Python, which must see nothing of ours."""
    return [str(python), "-I", "-W", "ignore"]


@dataclass(frozen=True)
class _Process:
    """A side that runs: a line in, a line out."""

    name: str
    running: "subprocess.Popen[str]"
    heard: IO[str]

    def ask(self, asked: Asked) -> Said:
        """What it makes of a message; raises `StockError` with its last words where it has ended."""
        assert self.running.stdin is not None
        assert self.running.stdout is not None
        answered = ""
        with suppress(BrokenPipeError):
            self.running.stdin.write(
                json.dumps({"id": "-", "text": asked.text, "page_language": asked.language}) + "\n"
            )
            self.running.stdin.flush()
            answered = self.running.stdout.readline()
        if not answered:
            self.running.communicate()
            self.heard.seek(0)
            raise StockError(f"{self.name}: the process ended. Its last words:\n{self.heard.read()[-_LAST_WORDS:]}")
        said: Said = json.loads(answered)
        return said


@contextmanager
def _started(side: Side) -> Iterator[_Process]:
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as heard,
        subprocess.Popen(
            side.command,
            env=_environment(_ONE_THREAD | dict(side.environment)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=heard,
            encoding="utf-8",
        ) as running,
    ):
        yield _Process(side.name, running, heard)


def _environment(further: Mapping[str, str]) -> dict[str, str]:
    return rasa_environment() | {"TF_CPP_MIN_LOG_LEVEL": "3"} | dict(further)


def _peak_bytes(process_id: int) -> int:
    """The most memory a running process has held; where the system does not tell, what it holds now."""
    status = Path(f"/proc/{process_id}/status")
    if status.is_file():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    resident: int = psutil.Process(process_id).memory_info().rss
    return resident


def _folder_bytes(folder: Path) -> int:
    """Its files without Python's own caches, which grow with use."""
    return sum(
        (Path(place) / name).lstat().st_size
        for place, _, names in os.walk(folder)
        if not place.endswith("__pycache__")
        for name in names
    )
