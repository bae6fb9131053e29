# slotguard: the extension by PGXS, everything else by tools/, tests/ and web/demo/.
# `make help` lists the words; CONTRIBUTING.md explains them.

version := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" slotguard.control)
script  := build/sql/slotguard--$(version).sql
sources := $(sort $(wildcard extension/*.cpp))

EXTENSION   = slotguard
MODULE_big  = slotguard
OBJS        = $(sources:%.cpp=build/%.o)
DATA_built  = $(script)
EXTRA_CLEAN = build
# Our own names are bound within the module: an older one that is still loaded can't come between.
SHLIB_LINK  = -lical -Wl,-Bsymbolic

# Without exceptions, RTTI and guarded statics nothing needs the C++ runtime, which the linker is
# never asked for: a longjmp of PostgreSQL's may then pass any line.
PG_CXXFLAGS = -std=c++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics -I. \
	-Wextra -Wshadow -Wno-unused-parameter -Wno-register -Wno-missing-field-initializers

tests_in    = $(sort $(basename $(notdir $(wildcard $(1)))))
scheduled  := $(shell sed -n 's/^test: *//p' tests/regress/schedule 2>/dev/null)
REGRESS     = $(or $(scheduled),$(call tests_in,tests/regress/sql/*.sql))
ISOLATION   = $(call tests_in,tests/isolation/specs/*.spec)
REGRESS_OPTS   = --inputdir=tests/regress --outputdir=build/regress
ISOLATION_OPTS = --inputdir=tests/isolation --outputdir=build/isolation
# pg_regress makes its own folder, but not the one above it.
REGRESS_PREP   = build/regress/ build/isolation/

# Bitcode serves JIT inlining, and no function of ours is small enough to gain by it. `make
# with_llvm=yes` builds it all the same, for packagers.
ifneq ($(origin with_llvm),command line)
override with_llvm = no
endif

PG_CONFIG ?= pg_config
PGXS := $(wildcard $(shell $(PG_CONFIG) --pgxs 2>/dev/null))

all:

ifdef PGXS
include $(PGXS)
COMPILE.cxx.bc += $(PG_CXXFLAGS)
else
all install installcheck:
	@echo >&2 "PostgreSQL's server headers are missing: apt-get install postgresql-server-dev-15," \
	    "or point PG_CONFIG at another pg_config."; exit 1
clean:
	rm -rf build $(MODULE_big).so
distclean: clean
endif

clean: end-leftovers
distclean: remove-packages

.PHONY: demo test storm torture soak fuzz attack sanitize wasm bench bench-scale screenshots format help end-leftovers remove-packages

demo: ## start everything and show the page's address; DEMO_EXIT=1 plays the founding race and ends
	@tools/setup.sh demo && exec tools/cluster.sh run demo web/demo/demo.sh

# The C library writes over what is freed, so that whatever is used after it is found.
test storm torture soak: export MALLOC_PERTURB_ = 165

test: ## run every suite, or some: make test ONLY="regress wasm"
	@tools/setup.sh test && exec tools/cluster.sh run test tests/run.sh

storm: ## let many clients write at once for STORM_SECONDS (300), and count what came of it
	@tools/setup.sh demo && exec tools/cluster.sh run storm tools/node.sh tests/storm/long.mjs

torture: ## let TORTURE_CALLS calls (1000000) meet TORTURE_FAULTS faults (1000), and check their whole history
	@tools/setup.sh test && exec tools/cluster.sh run torture tools/node.sh tests/torture/long.mjs

soak: ## ask SOAK_MENTORS (10000) mentors by chance for every time of a day, and compare with their lists
	@tools/setup.sh test && exec tools/cluster.sh run soak tools/node.sh tests/property/soak.mjs

attack: ## send hostile inputs by chance for ATTACK_SECONDS (600); ATTACK_SANITIZED=1: to the sanitized build
	@tools/setup.sh test && exec $(if $(ATTACK_SANITIZED),tools/sanitize.sh) tools/cluster.sh run attack tools/node.sh tests/attack/long.mjs

sanitize: ## run regress, isolation, storm and attack on an extension built for the undefined behaviour sanitizer
	@tools/setup.sh test && exec tests/install/sanitize.sh

fuzz: ## let libFuzzer try the pure C++ for FUZZ_SECONDS (600) a target
	@tools/setup.sh test && FUZZ_SECONDS=$${FUZZ_SECONDS:-600} exec tests/fuzz/fuzz.sh

wasm: ## build the browser module into build/web/
	@tools/wasm.sh

bench: ## measure bookings, refusals and what follows them beside the usual ways, in half an hour
	@tools/setup.sh bench && exec tools/cluster.sh run bench bench/run.sh

# As PostgreSQL's manual advises. With the default, a large table would show the cost of its reads.
quarter_of_memory = $$(awk '/MemTotal/ { print int($$2 / 4096) "MB" }' /proc/meminfo)

bench-scale: ## measure one call beside ever more sessions, and draw docs/images/cost_by_sessions.svg
	@tools/setup.sh plot && CLUSTER_SETTINGS="shared_buffers = $(quarter_of_memory)" exec tools/cluster.sh run bench bench/scale.sh

screenshots: ## take the README's pictures of the pages, and more into build/screenshots/
	@tools/setup.sh test && exec tools/cluster.sh run screenshots tools/node.sh tests/browser/screenshots.mjs

format: ## lay out our C++ with clang-format
	@tools/format.sh

help: ## list these words
	@echo "make              build the extension (PG_CONFIG=… chooses the PostgreSQL)"
	@echo "make install      put it into PostgreSQL"
	@echo "make installcheck run its SQL and isolation tests on a server that you run"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r word meaning; \
	    do printf 'make %-12s %s\n' "$$word" "$$meaning"; done
	@echo "make clean        remove all that was built; make distclean: the npm packages too"

# A cluster that an earlier run could not stop (a kill -9, say) must end before its files go.
end-leftovers:
	@tools/cluster.sh sweep

remove-packages:
	rm -rf web/node_modules tests/node_modules bench/node_modules

build/%/:
	@mkdir -p $@

# One script is installed, however many files it is written in.
parts := $(patsubst %,sql/%.sql,slotguard journal setup_tables setup_constraints setup_guards adopt_sessions audit_sessions setup_booking check_journal check_booking)
$(script): $(parts) slotguard.control | build/sql/
	@cat $(parts) > $@.new && mv $@.new $@

# The flags stand in this file, so an edit of it rebuilds. `make -n` shows them.
build/extension/%.o: extension/%.cpp Makefile | build/extension/ build/.stamps/toolchain
	@echo "compiling $<"
	@$(CXX) $(CXXFLAGS) $(CPPFLAGS) -MMD -MP -MF $(@:.o=.d) -c -o $@ $<
build/extension/%.bc: extension/%.cpp Makefile | build/extension/ build/.stamps/toolchain
	$(COMPILE.cxx.bc) -o $@ $<

build/.stamps/toolchain: | build/.stamps/
	@command -v $(firstword $(CXX)) >/dev/null || { \
	    echo >&2 "A C++ compiler is missing: apt-get install g++"; exit 1; }
	@echo '#include <libical/ical.h>' | $(CXX) $(CPPFLAGS) -E -x c++ - >/dev/null 2>&1 || { \
	    echo >&2 "libical's headers are missing: apt-get install libical-dev"; exit 1; }
	@touch $@

-include $(OBJS:.o=.d)
