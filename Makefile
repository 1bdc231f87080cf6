# kouhao: `make run` looks a slogan up, `make test` runs everything that CI runs, `make help` lists what else there is.
Q ?= 五好
export QUERY := $(value $(if $(value q),q,Q))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
BIN := .venv/bin
READY := .venv/.ready
STAMP := .venv/.installed

.PHONY: run help test lint docs dist check bench truth fit bundle licences wheelhouse wheels clean fuzz

run: $(READY)  ## 装好所需的，查一个词：make run Q=三进三同步
	@$(BIN)/kouhao -- "$$QUERY" || test $$? -eq 1

help:  ## 列出这些用法
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 10

test: lint  ## 装好并跑完全部检查，与 CI 相同（几分钟）
	$(BIN)/python -m pytest

lint: $(STAMP)  ## 只查写法和类型（半分钟）
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kouhao fmt --check glossary

check: test dist  ## 全部检查，再打包

docs: $(STAMP)  ## 重画 README 里的图
	$(BIN)/python -m tests.picture

fuzz: $(STAMP)  ## 用坏文件反复试每个读的和写的地方（一刻钟）
	KOUHAO_THOROUGH=1 KOUHAO_EXAMPLES=300 $(BIN)/python -m pytest tests/fuzz tests/faults tests/store tests/index

dist: $(STAMP)  ## 打包到 dist/
	rm -rf build dist
	$(BIN)/python -m build

bench: $(STAMP)  ## 量速度和准确（一刻钟）
	$(BIN)/python -m tests.benchmarks.lookup_accuracy
	$(BIN)/python -m tests.benchmarks.harvest_accuracy
	$(BIN)/python tests/benchmarks/check_accuracy.py
	$(BIN)/python tests/benchmarks/check_beside.py
	$(BIN)/python -m tests.benchmarks.coverage
	$(BIN)/python -m tests.benchmarks.document_reading
	$(BIN)/python -m tests.benchmarks.speed

bundle:  ## 做成不用 Python、不用网络的程序：make bundle PYTHON=…（几分钟）
	$(PYTHON) release/bundle.py

wheelhouse: $(STAMP)  ## 备好另一台电脑的安装包：make wheelhouse MACHINE="Linux aarch64" VERSION=3.13
	$(BIN)/python release/wheelhouse.py "$(MACHINE)" "$(VERSION)"

licences: $(STAMP)  ## 重列依赖的许可证
	$(BIN)/python release/licences.py

wheels: $(STAMP)  ## 各平台的依赖是否有现成的安装包
	$(BIN)/python release/wheels.py

truth: $(STAMP)  ## 量查词对不对：没有用来定参数的词（几分钟）
	$(BIN)/python -m tests.benchmarks.truth

fit: $(STAMP)  ## 重算由数据定出的参数
	$(BIN)/python -m tests.fit.count_background
	$(BIN)/python -m tests.fit.count_harvest
	$(BIN)/python -m tests.fit.fit_preceding
	$(BIN)/python -m tests.fit.learn_harvest
	$(BIN)/python -m tests.fit.fit_decision
	$(BIN)/python -m tests.fit.fit_edges

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "kouhao 需要 Python 3.11 或更新的版本。" >&2; exit 1; }
	@echo "正在安装，约一分钟，只在第一次和更新以后……" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable .
	@touch $@

$(STAMP): $(READY)
	@echo "正在安装开发工具，约两分钟……" >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable . --group dev
	@touch $@

clean:  ## 删去安装和打包的结果
	rm -rf .venv build dist cli/*.egg-info
