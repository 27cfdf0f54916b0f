# SPDX-License-Identifier: EUPL-1.2
# The words of the house. `make help` lists them; meson does the work.
.DEFAULT_GOAL := build
BUILD := build
PORT ?= 8080
STORE ?= $(BUILD)/lindewaard.gpkg
SETUP_STAMP = $(BUILD)/.setup-$(1)-$(shell cksum < tools/setup | cut -d' ' -f1)

.PHONY: build run test check fmt bench fuzz e2e package help clean

help: ## this list
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1\t/p' Makefile | expand -t 20

build: $(call SETUP_STAMP,run) ## build the programs into build/release
	@tools/build release

run: build ## install what is missing, build, make the demo, serve it on 127.0.0.1:$(PORT)
	@test -e $(STORE) || { $(BUILD)/release/wijk demo $(STORE).new && mv $(STORE).new $(STORE); }
	@$(BUILD)/release/wijk serve $(STORE) --listen 127.0.0.1:$(PORT)

test: $(call SETUP_STAMP,test) ## every test, with the address, undefined-behaviour and thread sanitizers
	@tools/test

check: $(call SETUP_STAMP,test) ## format, layers, docs and warnings on gcc and clang
	@tools/check

fmt: $(call SETUP_STAMP,test) ## lay out the C code by .clang-format
	@git ls-files -co --exclude-standard '*.c' '*.h' | xargs -r clang-format -i

bench: $(call SETUP_STAMP,bench) build ## measure beside the named peers, in one run
	@bench/run

fuzz: $(call SETUP_STAMP,test) ## 60 seconds of fuzzing for every parser
	@tools/fuzz 60

e2e: $(call SETUP_STAMP,test) build ## the browser journeys only
	@tests/e2e/run

package: build ## one archive with the programs and the licences
	@tools/package

clean: ## remove what was built
	rm -rf $(BUILD)

$(BUILD)/.setup-%:
	@mkdir -p $(BUILD)
	@tools/setup $(firstword $(subst -, ,$*))
	@touch $@
