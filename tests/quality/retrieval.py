#!/usr/bin/env python3
"""Measures the search over documents on judged questions: retrieval.py [--built FOLDER] [--cache FOLDER] [--home FOLDER].

Adds the collection (collection.py) with the programs that ship, asks every question of questions.jsonl and compares what
is found with what is right (JUDGED.md). Each hit tells its places by words and by meaning, so that one run gives three
lists: fused, words alone, meaning alone.

nDCG@10 with a right passage worth 1 and any other 0 (Järvelin, Kekäläinen, 'Cumulated gain-based evaluation of IR
techniques', 2002). Where a question names several answers, the best list has them all in front. 'First' is the share of
questions whose first hit is right, 'MRR' the mean of 1 / place of the first right one. The search was tuned on one half
of the questions, which a hash decides; the other half is told apart. Intervals: 95 %, bootstrap over questions.

Fails where the fused nDCG@10 is not above both parts, or the right passage comes first for fewer than 85 % of the
answerable questions. With --home the library is kept in that folder and used again by the next run.
"""

import argparse
import hashlib
import json
import math
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

from collection import plain

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
LISTS = {"fused": None, "words": "by_words", "meaning": "by_meaning"}
DEPTH, FIRST_SHARE = 10, 0.85
PASSPHRASE = "a passphrase for a measurement\n"


def output(*command, **options):
    """What a program prints; its failure is ours."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8", **options).stdout


def programs(built, folder):
    """A folder in which the measuring program stands beside those that ship, as the latter find each other."""
    for file in [built / "tacit", built / "tacit-engine", built / "tacit-reader", built / "examples/retrieve"]:
        shutil.copy2(file, folder / file.name)
    for library in built.glob("lib*.so*"):
        shutil.copy2(library, folder / library.name)


def found(questions, files, built, home):
    """For each question how long it took and its hits, best first."""
    setup = ROOT / "installer/setup"
    models = [output(setup / f"{name}.sh", "--path").split()[0] for name in ("starter-model", "embedding-models")]
    environment = os.environ | {"TACIT_HOME": str(home), "TACIT_MODELS": os.pathsep.join(models)}
    with tempfile.TemporaryDirectory(prefix="tacit-retrieval-") as folder:
        folder = pathlib.Path(folder)
        programs(built, folder)
        passphrase = folder / "passphrase"
        passphrase.write_text(PASSPHRASE)
        output(folder / "tacit", "--passphrase-file", passphrase, "add", "--text-only", "--json", *files, env=environment)
        asked = "".join(f"{json.dumps(question['question'])}\n" for question in questions)
        lines = output(folder / "retrieve", passphrase, input=asked, env=environment).splitlines()
    return [json.loads(line) for line in lines]


def gains(question, hits, names):
    """For each hit whether it holds an answer, and how many right passages there are at least."""
    answers = [question, *question.get("also", [])]
    snippets = [(names[answer["document"]]["file"], plain(answer["snippet"])) for answer in answers]

    def is_right(hit):
        return any(hit["name"] == file and snippet in plain(hit["text"]) for file, snippet in snippets)

    right = [is_right(hit) for hit in hits]
    return right, max(len(snippets), sum(right))


def measures(right, most):
    """nDCG@10, whether the first is right, and the reciprocal place of the first right one."""
    discount = [1 / math.log2(place + 2) for place in range(DEPTH)]
    gained = sum(weight for weight, hit in zip(discount, right) if hit)
    place = right.index(True) + 1 if True in right else math.inf
    return gained / sum(discount[:most]), float(place == 1), 1 / place


def judged(question, hits, names):
    """The three measures of each list."""
    right, most = gains(question, hits, names)
    lists = {}
    for name, key in LISTS.items():
        at = range(len(hits))
        at = at if key is None else sorted((one for one in at if hits[one][key]), key=lambda one: hits[one][key])
        lists[name] = measures([right[one] for one in at], most)
    return lists


def is_held_back(question):
    """Whether the search was not tuned on this question."""
    return hashlib.sha256(question["question"].encode()).digest()[0] & 1 == 1


def groups(names):
    """What is told apart."""

    def answer_in(question):
        return names[question["document"]]["language"]

    return {
        "all": lambda question: True,
        "tuned on": lambda question: not is_held_back(question),
        "held back": is_held_back,
        "English": lambda question: question["language"] == "en",
        "French": lambda question: question["language"] == "fr" and answer_in(question) == "fr",
        "French on English": lambda question: question["language"] == "fr" and answer_in(question) == "en",
    }


def mean(values):
    return sum(values) / len(values) if values else math.nan


def interval(values, draws=2000):
    """95 % of the means of as many values drawn with replacement."""
    chance = random.Random(1)
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(draws))
    return means[draws // 40], means[-draws // 40 - 1]


def report(judgements, names):
    """Prints the table, and gives the figures of all questions by list."""
    print(f"{'questions':<18} {'n':>4}  {'list':<8} {'nDCG@10':>8} {'95 %':>13} {'first':>6} {'MRR':>6}")
    for group, belongs in groups(names).items():
        chosen = [lists for question, lists in judgements if belongs(question)]
        for name in LISTS:
            ndcg, first, reciprocal = zip(*(lists[name] for lists in chosen))
            low, high = interval(ndcg)
            figures = f"{mean(ndcg):8.3f} {low:6.3f}-{high:.3f} {mean(first):6.3f} {mean(reciprocal):6.3f}"
            print(f"{group:<18} {len(chosen):>4}  {name:<8} {figures}")
    return {name: [mean(values) for values in zip(*(lists[name] for _, lists in judgements))] for name in LISTS}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--built", type=pathlib.Path, default=ROOT / "target/release", help="where the programs are")
    options.add_argument("--cache", type=pathlib.Path, default=ROOT / "target/quality")
    options.add_argument("--home", type=pathlib.Path, help="keep the library here")
    options.add_argument("--missed", action="store_true", help="list the questions whose first hit is wrong")
    options = options.parse_args()
    built = output(sys.executable, HERE / "collection.py", "--cache", options.cache).strip()
    folder = pathlib.Path(built.rpartition(": ")[2])
    names = json.loads((folder / "documents.json").read_text())
    questions = [json.loads(line) for line in (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory(prefix="tacit-library-") as home:
        answers = found(questions, sorted(folder.glob("*.html")), options.built, options.home or home)
    judgements = [
        (question, judged(question, answer["hits"], names))
        for question, answer in zip(questions, answers)
        if question["answerable"]
    ]
    figures = report(judgements, names)
    times = sorted(answer["ms"] for answer in answers)
    p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"a search with its embedding: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
    if options.missed:
        for question, lists in judgements:
            if not lists["fused"][1]:
                places = ", ".join(f"{name} {1 / lists[name][2] if lists[name][2] else 0:.0f}" for name in LISTS)
                print(f"{question['question']} ({question['document']}): {places}")
    parts = max(figures["words"][0], figures["meaning"][0])
    missed = figures["fused"][0] <= parts or figures["fused"][1] < FIRST_SHARE
    print("a target is missed" if missed else "both targets are met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
