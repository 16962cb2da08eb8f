# The two commands: `make demo` shows the whole relay on this machine, `make test` proves it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export NPM_CONFIG_UPDATE_NOTIFIER := false

LOCAL := src/Local/bin/Debug/net10.0/Local

.PHONY: help demo run test simulate build clean

help:
	@echo "make demo   a playbook fails, and Slack messages tell of it: on this machine alone, then it stops"
	@echo "make run    the relay, until Ctrl-C"
	@echo "make test   every test"
	@echo "make build  everything"
	@echo "make clean  forget all that was built"
	@echo "make simulate SEEDS=100000   the relay in that many storms; SEED=7 shows what happens in one, MUTANT=… plants a bug"

demo: build .make/ansible
	@bash src/Local/Demo/demo

run: build .make/ansible
	@bash src/Local/Demo/run

test: build .make/ansible .make/infra .make/browser
	@bash tests/run

simulate: .make/feed
	@bash .ci/step "Building" dotnet build tests/Simulation --nologo -v quiet
	@dotnet tests/Simulation/bin/Debug/net10.0/Simulation.dll simulate $(if $(SEED),seed=$(SEED),seeds=$(or $(SEEDS),2000)) $(if $(MUTANT),mutant=$(MUTANT))

build: .make/feed
	@bash .ci/step "Building" dotnet build Functions.sln --nologo -v quiet
	@bash .ci/step "Installing Azurite with npm, if it is not there" $(LOCAL) --install

# Asked again when what src/Functions needs has changed.
.make/feed: Directory.Packages.props src/Functions/Functions.csproj tests/Functions.Tests/Functions.Tests.csproj
	@mkdir -p .make
	@echo "Asking the NuGet feed what it has"
	@bash .ci/feed
	@touch $@

# What the tests read Bicep with.
.make/infra: tests/infra/package-lock.json
	@mkdir -p .make
	@bash .ci/step "Installing the Bicep grammar with npm" npm --prefix tests/infra ci
	@touch $@

.make/ansible: .ci/ansible
	@bash .ci/ansible

.make/browser: .ci/browser
	@bash .ci/browser

clean:
	@rm -rf .make .venv .restricted-feed artifacts
	@find src tests -type d \( -name bin -o -name obj -o -name node_modules \) -prune -exec rm -rf {} +
