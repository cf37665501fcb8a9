# The commands of the house. `make demo` and `make test` do everything from a fresh Debian 12 machine.
SHELL := /bin/bash
JOBS ?= 2
BUILD := build/release
# A failing step of a pipeline fails the target.
.SHELLFLAGS := -eu -o pipefail -c

.PHONY: help setup build demo test wasm wasm-threads page test-page lighthouse install package wheel fuzz fuzz-targets sanitize sanitize-threads bench docs format check-format tidy economies clean

help:
	@echo "make setup     install what is missing (apt and npm; prints the list where it may not)"
	@echo "make build     build the command: $(BUILD)/detente"
	@echo "make demo      set up, build, and answer studies/busan.toml"
	@echo "make test      set up, build, and run every test"
	@echo "make wasm      the engine in WebAssembly, tested against the command: build/wasm/detente.mjs (wasm-threads: with threads)"
	@echo "make page      the page: build/page/detente.html (opens with a double click) and build/page/ (for any host)"
	@echo "make test-page the tests of the page alone: its engine against the command, and in a browser"
	@echo "make lighthouse  what Lighthouse says of the page: performance, accessibility, best practices"
	@echo "make install   build and install the command and the C++ library: PREFIX=/usr/local (DESTDIR as usual)"
	@echo "make package   a Debian package that runs on any x86-64: build/package/*.deb"
	@echo "make wheel     wheels of the Python module that run on any x86-64: build/wheels/*.whl (PYTHONS=\"python3.11 python3.12\")"
	@echo "make fuzz      fuzz every reader: SECONDS=60 each (TARGETS=\"csv xlsx\": some of them)"
	@echo "make sanitize  every test with the address and undefined-behaviour sanitizers"
	@echo "make sanitize-threads  several studies at once, with ThreadSanitizer"
	@echo "make bench     run the benchmarks"
	@echo "make docs      build the documentation: build/docs/index.html"
	@echo "make format    format the code (check-format only checks; tidy runs clang-tidy, ESLint and tsc)"
	@echo "make economies remake the built-in economies and sets of elasticities from their sources"

setup:
	@scripts/setup build

$(BUILD)/build.ninja: CMakeLists.txt CMakePresets.json
	cmake --preset release

build: setup $(BUILD)/build.ninja
	cmake --build --preset release --target detente --parallel $(JOBS)

demo: build
	$(BUILD)/detente run studies/busan.toml
	@echo "In a browser, with sliders: make page, then open build/page/detente.html"

# What only later steps need is fetched while the engine is compiled; then each step is asked whether it is all there. The
# page and the fuzz targets are built side by side, since each ends with links that keep one core.
test: setup $(BUILD)/build.ninja
	@scripts/setup web
	@for purpose in python docs page fuzz languages; do scripts/setup $$purpose || true; done & \
	  cmake --build --preset release --parallel $(JOBS); wait
	@scripts/setup fuzz
	@scripts/setup python
	@scripts/setup docs
	-@scripts/setup languages
	cmake --preset release -DDETENTE_PYTHON=ON
	cmake --build --preset release --parallel $(JOBS)
	@scripts/setup page
	@$(MAKE) --no-print-directory -j2 page fuzz-targets THREADS= JOBS=$$((($(JOBS) + 1) / 2))
	ctest --preset release
	ctest --preset fuzz

# The engine in WebAssembly and its test against the command.
wasm wasm-threads: setup $(BUILD)/build.ninja
	@scripts/setup web
	@scripts/setup page
	cmake --build --preset release --target detente detente_pack --parallel $(JOBS)
	cmake --preset $@
	cmake --build --preset $@ --parallel $(JOBS)
	DETENTE_WASM=$(CURDIR)/build/$@ web/run page

# The page: build/page/ (static files for any host) and build/page/detente.html (one file that opens with a double click).
# The folder has the engine twice, without threads and with: no object file serves both, since memory that threads share
# and exceptions through JavaScript change every one. THREADS= leaves the second out.
ECONOMIES_OF_THE_PAGE := us-china-2017 world-2023
THREADS ?= yes
page: setup $(BUILD)/build.ninja
	@scripts/setup web
	@scripts/setup page
	cmake --build --preset release --target detente_pack --parallel $(JOBS)
	for preset in wasm $(if $(THREADS),wasm-threads); do cmake --preset $$preset && cmake --build --preset $$preset --parallel $(JOBS); done
	for name in $(ECONOMIES_OF_THE_PAGE); do $(BUILD)/detente_pack economies/$$name.nc build/wasm/$$name.economy; done
	web/run site build/wasm build/page $(if $(THREADS),build/wasm-threads)
	@echo "build/page/detente.html opens with a double click; build/page/ is a folder for any host"

# The tests of the page alone: its engine against the command, and the page in a browser.
test-page: page
	cmake --build --preset release --target detente detente_pack --parallel $(JOBS)
	web/run page
	web/run page_browser

lighthouse: page
	@scripts/setup lighthouse
	web/run page_lighthouse

PREFIX ?= /usr/local
install: setup $(BUILD)/build.ninja
	cmake --build --preset release --target detente detente_library --parallel $(JOBS)
	cmake --install $(BUILD) --prefix $(PREFIX)

# Twice the engine: for any x86-64, and for x86-64-v3.
package: setup
	@scripts/setup package
	cmake --preset package
	cmake --build --preset package --parallel $(JOBS)
	rm -f build/package/*.deb
	cd build/package && cpack
	packaging/check build/package/*.deb

# Wheels of the Python module, one a Python named: PYTHONS="python3.11 python3.12".
PYTHONS ?= python3
wheel: setup
	@scripts/setup wheel
	packaging/wheel $(PYTHONS)

SECONDS ?= 60
TARGETS ?=
fuzz-targets:
	cmake --preset fuzz
	cmake --build --preset fuzz --parallel $(JOBS)

fuzz:
	@scripts/setup build
	@scripts/setup fuzz
	@$(MAKE) --no-print-directory fuzz-targets
	fuzz/run --seconds $(SECONDS) --jobs $(JOBS) $(TARGETS)

sanitize: setup
	cmake --preset asan-ubsan
	cmake --build --preset asan-ubsan --parallel $(JOBS)
	ctest --preset asan-ubsan

sanitize-threads: setup
	cmake --preset tsan
	cmake --build --preset tsan --parallel $(JOBS)
	ctest --preset tsan

BENCHMARKS := bench_equilibrium bench_strategy bench_path bench_relation bench_play
bench: setup $(BUILD)/build.ninja
	cmake --build --preset release --target $(BENCHMARKS) bench_uncertainty --parallel $(JOBS)
	for program in $(BENCHMARKS); do $(BUILD)/$$program --benchmark_repetitions=5 --benchmark_report_aggregates_only=true; done
	$(BUILD)/bench_uncertainty

docs: setup $(BUILD)/build.ninja
	@scripts/setup python
	@scripts/setup docs
	cmake --preset release -DDETENTE_PYTHON=ON
	cmake --build --preset release --target detente_python --parallel $(JOBS)
	PYTHONPATH=$(CURDIR)/$(BUILD)/python .venv/bin/sphinx-build -W -q -b html docs build/docs
	@echo "build/docs/index.html"

format:
	@scripts/setup lint
	git ls-files '*.cpp' '*.h' | xargs clang-format -i
	web/run format

check-format:
	@scripts/setup lint
	git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run --Werror
	web/run check-format

tidy:
	@scripts/setup lint
	cmake --preset debug
	git ls-files 'src/*.cpp' 'apps/*.cpp' | xargs -P $(JOBS) -n 4 clang-tidy --quiet -p build/debug --extra-arg=-Wno-unknown-warning-option
	web/run lint

economies: build
	elasticities/remake
	economies/remake

clean:
	rm -rf build out
