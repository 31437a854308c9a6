#!/usr/bin/env python3
"""Prints the libraries that are compiled into the programs and the page, each with its licence and the licence's text.

Asks cargo and reads ui/package-lock.json and ui/node_modules; needs no network. Texts that several share are printed once.
"""

import json
import pathlib
import re
import subprocess
import sys

# Of both programs and page: a name, a version, a licence, and the folder of its sources.
Library = tuple[str, str, str, pathlib.Path]

NAMES = re.compile(r"^(un)?licen[cs]e|^copying|^notice|^copyright", re.IGNORECASE)


def crates() -> list[Library]:
    """What the workspace's programs are linked with: normal dependencies on this platform, not those of builds and tests."""
    command = ["cargo", "metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host()]
    data = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    wanted = {"tacit", "tacit-desktop", "tacit-engine", "tacit-reader"}
    waiting = [
        member
        for member in data["workspace_members"]
        if any("bin" in target["kind"] and target["name"] in wanted for target in packages[member]["targets"])
    ]
    seen: set[str] = set()
    while waiting:
        package = waiting.pop()
        if package in seen:
            continue
        seen.add(package)
        for dependency in nodes[package]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    found = [packages[package] for package in seen if packages[package]["source"]]
    return [
        (each["name"], each["version"], each["license"] or "see its text", pathlib.Path(each["manifest_path"]).parent)
        for each in found
    ]


def host() -> str:
    """The platform that rustc builds for."""
    lines = subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout.splitlines()
    return next(line.removeprefix("host: ") for line in lines if line.startswith("host: "))


def modules() -> list[Library]:
    """What the page is built from: Svelte's own code is in it too, though it counts as a tool there."""
    folder = pathlib.Path("ui")
    packages = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    found = []
    for path, package in packages.items():
        if path and (not package.get("dev") or path == "node_modules/svelte") and (folder / path).is_dir():
            name = path.rpartition("node_modules/")[2]
            found.append((name, package["version"], package.get("license", "see its text"), folder / path))
    return found


def texts(folder: pathlib.Path) -> list[str]:
    """The licences' texts in a library's folder."""
    files = sorted(file for file in folder.iterdir() if file.is_file() and NAMES.match(file.name))
    return [file.read_text(encoding="utf-8", errors="replace").strip() for file in files]


def main() -> None:
    """Prints all of it."""
    print("Libraries that are compiled into Tacit's programs and page.\n")
    numbers: dict[str, int] = {}
    for name, version, licence, folder in sorted(crates()) + sorted(modules()):
        own = sorted({numbers.setdefault(text, len(numbers) + 1) for text in texts(folder)})
        where = f"text {', '.join(map(str, own))}" if own else "no text comes with it"
        print(f"{name} {version}: {licence} ({where})")
    for text, number in numbers.items():
        print(f"\n{'=' * 78}\nText {number}\n{'=' * 78}\n{text}")


if __name__ == "__main__":
    sys.exit(main())
