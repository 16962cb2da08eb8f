# The two commands: `make demo` shows the whole relay on this machine, `make test` proves it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export NPM_CONFIG_UPDATE_NOTIFIER := false

LOCAL := src/Local/bin/Debug/net10.0/Local

.PHONY: help demo run test test-ansible callback simulate chaos fuzz load audit build clean

help:
	@echo "make demo   a playbook fails, and Slack shows it: on this machine alone, then it stops"
	@echo "make run    the relay, until Ctrl-C"
	@echo "make test   every test; HOST=func for the Functions app under the Core Tools"
	@echo "make test-ansible"
	@echo "            the callback's tests under the Ansible of Debian's later suites, as root; SUITES=sid for one of them"
	@echo "make simulate SEEDS=100000"
	@echo "            the relay under the faults of that many seeds; SEED=7 shows what happens in one, MUTANT=… plants a bug"
	@echo "make chaos  relays are killed, storage goes, Slack fails: about two minutes; SEED=… repeats one"
	@echo "make fuzz   50,000 hostile reports and 50,000 hostile messages; SEED=… repeats them"
	@echo "make load   50 senders for a minute, then more than there is room for, without storage"
	@echo "make audit  known vulnerabilities of what is used, where the registries answer"
	@echo "make build  everything"
	@echo "make clean  forget all that was built"

demo: build .make/ansible
	@bash src/Local/Demo/demo

run: build .make/ansible
	@bash src/Local/Demo/run

test: build .make/ansible .make/browser
	@bash tests/run

test-ansible:
	@bash tests/later-ansible $(or $(SUITES),trixie sid)

callback:
	@python3 src/Callback/join.py

simulate: .make/feed
	@bash .ci/step "Building" dotnet build tests/Simulation --nologo -v quiet
	@dotnet tests/Simulation/bin/Debug/net10.0/Simulation.dll simulate $(if $(SEED),seed=$(SEED),seeds=$(or $(SEEDS),2000)) $(if $(MUTANT),mutant=$(MUTANT))

chaos: build .make/ansible
	@EFFORT=long bash tests/one tests/EndToEnd/test_chaos.py

fuzz: build .make/ansible
	@export SEED=$${SEED:-$$RANDOM} && echo "SEED=$$SEED" && \
		EFFORT=long bash tests/one tests/EndToEnd/test_hostile_bodies.py && \
		MESSAGES=50000 timeout 1800 dotnet test tests/Relay.Tests --no-build --filter FullyQualifiedName~HostilePayload

load: build .make/ansible
	@EFFORT=long bash tests/one tests/EndToEnd/test_load.py
	@EFFORT=long bash tests/one tests/EndToEnd/test_overload.py

audit:
	@bash .ci/audit

build: .make/feed
	@bash .ci/step "Building" dotnet build Functions.sln --nologo -v quiet
	@bash .ci/step "Installing Azurite with npm, if it is not there" $(LOCAL) --install

# Asked again when the packages have changed.
.make/feed: Directory.Packages.props src/Functions/Functions.csproj
	@mkdir -p .make
	@echo "Asking the NuGet feed whether it has SlackNet"
	@bash .ci/feed
	@touch $@

.make/ansible: .ci/ansible
	@bash .ci/ansible

.make/browser: .ci/browser
	@bash .ci/browser

clean:
	@rm -rf .make .venv .without-slacknet artifacts
	@find src tests -type d \( -name bin -o -name obj -o -name node_modules \) -prune -exec rm -rf {} +
