# Tacit's few commands. `make` alone lists them. What each step does stands in installer/setup/.
#
# Everything is built in one profile, release: llama.cpp is built once for each profile, and that takes ten minutes.

MAKEFLAGS += --no-print-directory
SETUP := installer/setup
# After `make setup` no command needs a network, and this makes sure that none asks for one.
CARGO_FLAGS := --release --locked --offline

.DEFAULT_GOAL := help
.PHONY: help run build test check ledger soak bench setup setup-test clean clean-room

help:
	@echo 'make run         set up, build, and talk to it (without a terminal: ask it one question)'
	@echo 'make build       the programs, in target/release'
	@echo 'make test        everything: checks, unit tests, build, whole-program tests'
	@echo 'make check       format, lints, licences and sources of dependencies, unit tests'
	@echo 'make ledger      whether every promise of SECURITY.md names a test that ran (part of make test)'
	@echo 'make soak        the whole-program tests, longer'
	@echo 'make bench       how fast it is on this machine, beside llama.cpp itself (builds llama-bench once; long)'
	@echo 'make setup       only what is needed before a build: system packages, starter model, sources'
	@echo 'make clean       remove what was built (models and tools stay in the cache)'
	@echo 'make clean-room  run "make run" and "make test" in a bare Debian (as root, long)'

run: build
	@$(SETUP)/run.sh

build: setup
	cargo build $(CARGO_FLAGS) --workspace

test:
	@$(SETUP)/test.sh

check: setup-test
	cargo fmt --all --check
	cargo clippy $(CARGO_FLAGS) --workspace --all-targets -- -D warnings
	"$$($(SETUP)/cargo-deny.sh)" --offline --locked check bans licenses sources
	@echo 'tacit: advisories were not checked, for that needs a network: cargo deny check advisories'
	cargo test $(CARGO_FLAGS) --workspace --exclude tests --no-fail-fast

# After `make test`: it reads what that printed.
ledger:
	@python3 $(SETUP)/ledger.py SECURITY.md target/test.log

soak: setup-test build
	TACIT_SOAK=1 cargo test $(CARGO_FLAGS) -p tests --no-fail-fast -- --test-threads=1

# The reference and the model of 1 B with random weights are made once, in the cache folder. Both measurements run, and then it
# fails if one of them did.
bench: build
	@$(SETUP)/packages.sh test
	@$(SETUP)/packages.sh bench
	cargo build $(CARGO_FLAGS) --workspace --examples
	@reference=$$($(SETUP)/llama-bench.sh) && model=$$($(SETUP)/random-model.sh) && ended=0 && \
	{ target/release/examples/bench_speed "$$reference" "$$model" || ended=1; } && \
	{ target/release/examples/bench_latency || ended=1; } && exit $$ended

setup:
	@$(SETUP)/tools.sh
	@$(SETUP)/packages.sh build
	@$(SETUP)/starter-model.sh
	@$(SETUP)/fetch.sh

setup-test: setup
	@$(SETUP)/tools.sh check
	@$(SETUP)/packages.sh test
	@$(SETUP)/cargo-deny.sh >/dev/null

# Not `cargo clean`: target may be a link to a build cache, and then only the link goes.
clean:
	rm -rf target

clean-room:
	@$(SETUP)/clean-room.sh
