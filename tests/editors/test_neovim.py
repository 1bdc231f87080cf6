"""Neovim, set up as docs/editors.md says, shows findings and explanations."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NVIM = shutil.which("nvim", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}") or ""
ASK = """
local function answer()
  vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end)
  local found = vim.diagnostic.get(0)[1]
  vim.api.nvim_win_set_cursor(0, { 1, #'𠮷推行“' })
  local place = vim.lsp.util.make_position_params(0, vim.lsp.get_clients()[1].offset_encoding)
  local _, hover = next(vim.lsp.buf_request_sync(0, 'textDocument/hover', place, 10000))
  vim.api.nvim_buf_set_lines(0, 0, 1, false, { '无' })
  vim.wait(20000, function() return #vim.diagnostic.get(0) == 0 end)
  local told = { code = found.code, column = found.col, hover = hover.result.contents.value, left = #vim.diagnostic.get(0) }
  io.stdout:write(vim.json.encode(told))
end
local fine, fault = pcall(answer)
if not fine then io.stdout:write(vim.json.encode(fault)) end
vim.cmd('qa!')
"""


@pytest.mark.skipif(not NVIM, reason="Neovim is not installed")
def test_neovim_shows_findings_and_explanations(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    settings = re.findall(r"```lua\n(.*?)```", page, re.DOTALL)[0]
    (tmp_path / "init.lua").write_text(settings, encoding="utf-8")
    (tmp_path / "ask.lua").write_text(ASK, encoding="utf-8")
    (tmp_path / "kouhao").write_text(f'#!/bin/sh\nexec {sys.executable} -m kouhao "$@"\n', encoding="utf-8")
    (tmp_path / "kouhao").chmod(0o755)
    draft = tmp_path / "稿.txt"
    draft.write_text("𠮷推行“五好”(班子建设好、党员队伍好、工作机制好、群众反映好)建设。\n", encoding="utf-8")
    surroundings = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    program = [NVIM, "--headless", "-u", str(tmp_path / "init.lua"), str(draft), "-S", str(tmp_path / "ask.lua")]
    done = subprocess.run(program, capture_output=True, env=surroundings, cwd=tmp_path, check=False, timeout=90)
    told = json.loads(done.stdout)
    assert isinstance(told, dict), told
    assert told["code"] == "expansion-item-missing"
    assert told["column"] == len("𠮷推行“五好”(".encode())
    assert "班子建设好" in told["hover"]
    assert told["left"] == 0
