# Tacit's few commands. `make` alone lists them. What each step does stands in installer/setup/.
#
# Everything is built in one profile, release: llama.cpp is built once for each profile, and that takes ten minutes.

MAKEFLAGS += --no-print-directory
SETUP := installer/setup
# After `make setup` no command needs a network, and this makes sure that none asks for one.
CARGO_FLAGS := --release --locked --offline

# What the page in the window is made of; a folder stands here for what was removed from it.
PAGE := ui/dist/index.html
PAGE_SOURCES := $(shell find ui/src ui/languages ui/index.html ui/package-lock.json ui/svelte.config.js ui/tsconfig.json ui/vite.config.ts \
	-not -name '*.test.ts')

.DEFAULT_GOAL := help
.PHONY: help run build page types test check ledger language-check pictures soak bench bench-launch bench-documents quality package package-test setup setup-test clean clean-room

help:
	@echo 'make run             set up, build, and open the window (without a display: chat in the terminal, or ask one question)'
	@echo 'make build           the page and the programs, in ui/dist and target/release'
	@echo 'make package         a Debian package of the window, tacit, the engine and its first models, in target/package'
	@echo 'make test            everything: checks, unit tests, build, whole-program tests'
	@echo 'make check           format, lints, licences and sources of dependencies, unit tests of the programs and the page'
	@echo 'make types           write the types and commands of the page anew from the program (make check compares them)'
	@echo 'make language-check  what a translation lacks: make language-check FILE=ui/languages/fr.ftl'
	@echo 'make pictures        take the pictures of the README anew'
	@echo 'make ledger          whether every promise of SECURITY.md names a test that ran (part of make test)'
	@echo 'make soak            the whole-program tests, longer'
	@echo 'make bench           how fast it is on this machine, beside llama.cpp itself (builds llama-bench once; long)'
	@echo 'make bench-launch    how soon the window takes typing, beside a bare window; and the search'
	@echo 'make bench-documents what documents take: reading beside pdftotext, embedding, memory, the first answer (long)'
	@echo 'make quality         how right it is: answers, facts, search, PDFs beside pdftotext, OCR on made scans (long)'
	@echo 'make package-test    install the package in a bare Debian and start it there (as root)'
	@echo 'make setup           only what is needed before a build: system packages, models, sources'
	@echo 'make clean           remove what was built (models and tools stay in the cache)'
	@echo 'make clean-room      run "make run" and "make test" in a bare Debian (as root, long)'

run: build
	@$(SETUP)/run.sh

build: setup page
	cargo build $(CARGO_FLAGS) --workspace

# The program takes the page into itself when it is compiled.
page: setup $(PAGE)

$(PAGE): $(PAGE_SOURCES) | setup
	npm --prefix ui run --silent build

types: page
	cargo build $(CARGO_FLAGS) --workspace --example types
	target/release/examples/types ui/src/api

test:
	@$(SETUP)/test.sh

check: setup-test page
	cargo fmt --all --check
	npm --prefix ui run --silent check
	cargo clippy $(CARGO_FLAGS) --workspace --all-targets -- -D warnings
	"$$($(SETUP)/cargo-deny.sh)" --offline --locked check bans licenses sources
	@echo 'tacit: advisories were not checked, for that needs a network: cargo deny check advisories'
	cargo test $(CARGO_FLAGS) --workspace --exclude tests --no-fail-fast
	python3 -B -m unittest discover --start-directory models
	@cargo build $(CARGO_FLAGS) --workspace --example types
	@rm -rf target/types && mkdir -p target/types && target/release/examples/types target/types
	@for file in target/types/*.ts; do diff "$$file" "ui/src/api/$${file##*/}" || \
		{ echo 'tacit: the types of the page are stale; write them anew with: make types' >&2; exit 1; }; done
	npm --prefix ui test

# FILE is a catalogue of messages, as a translator makes it.
language-check: setup
	@test -n '$(FILE)' || { echo 'tacit: say which file: make language-check FILE=ui/languages/fr.ftl' >&2; exit 1; }
	@node ui/scripts/language.js check '$(FILE)'

# From the real window: they stay true.
pictures: build
	@$(SETUP)/packages.sh test
	cargo build $(CARGO_FLAGS) --workspace --examples
	mkdir -p ui/screenshots
	target/release/examples/pictures ui/screenshots

# After `make test`: it reads what that printed.
ledger:
	@python3 $(SETUP)/ledger.py SECURITY.md target/test.log

soak: setup-test build
	TACIT_SOAK=1 cargo test $(CARGO_FLAGS) --workspace --test "*" --no-fail-fast -- --test-threads=1

# The reference and the model of 1 B with random weights are made once, in the cache folder. Both measurements run, and then it
# fails if one of them did.
bench: build
	@$(SETUP)/packages.sh test
	@$(SETUP)/packages.sh bench
	cargo build $(CARGO_FLAGS) --workspace --examples
	@reference=$$($(SETUP)/llama-bench.sh) && model=$$($(SETUP)/random-model.sh) && ended=0 && \
	{ target/release/examples/bench_speed "$$reference" "$$model" || ended=1; } && \
	{ target/release/examples/bench_latency || ended=1; } && exit $$ended

# Under a screen and a session bus of its own. PAIRS: how many pairs (default 9).
bench-launch: build
	@$(SETUP)/packages.sh test
	cargo build $(CARGO_FLAGS) --workspace --examples
	@tests/bench/launch.sh $(PAIRS)
	@target/release/examples/bench_search

# Nothing else should run meanwhile: each line says the load. All of them run, and then it fails if one did.
bench-documents: build
	@$(SETUP)/packages.sh test
	@$(SETUP)/packages.sh quality
	cargo build $(CARGO_FLAGS) --workspace --examples
	python3 tests/quality/fetch_pdfs.py
	@ended=0; python3 -B tests/bench/reader.py || ended=1; \
	tests/bench/session.sh python3 -B tests/bench/library.py || ended=1; \
	tests/bench/session.sh /usr/bin/python3 -B tests/bench/first_minute.py 3 || ended=1; exit $$ended

# What is measured against texts that are known. Each prints its table; the last two fail where a target is missed.
quality: build
	@$(SETUP)/packages.sh test
	@$(SETUP)/packages.sh quality
	cargo build $(CARGO_FLAGS) --workspace --examples
	target/release/examples/measure
	target/release/examples/measure_facts
	python3 tests/quality/pdf_text.py --reader target/release/examples/read
	/usr/bin/python3 tests/quality/scans.py target/quality/scans 9107 unseen
	@ended=0; target/release/examples/quality_ocr target/quality/scans || ended=1; \
	python3 -B tests/quality/retrieval.py || ended=1; exit $$ended

package: build
	@$(SETUP)/packages.sh package
	@installer/package/deb.sh

package-test: package
	@installer/package/clean-root.sh

setup:
	@$(SETUP)/tools.sh
	@$(SETUP)/packages.sh build
	@$(SETUP)/starter-model.sh
	@$(SETUP)/embedding-models.sh
	@$(SETUP)/fetch.sh

setup-test: setup
	@$(SETUP)/tools.sh check
	@$(SETUP)/packages.sh test
	@$(SETUP)/cargo-deny.sh >/dev/null

# Not `cargo clean`: target may be a link to a build cache, and then only the link goes.
clean:
	rm -rf target ui/dist

clean-room:
	@$(SETUP)/clean-room.sh
