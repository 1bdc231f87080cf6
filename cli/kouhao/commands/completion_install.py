"""`kouhao completion`: the scripts through which a shell asks for completions, and where they are put.

A script is a file of its own; where a shell does not find it by its name, one line in the shell's start-up file reads it.
"""

from __future__ import annotations

import os
import subprocess
from importlib.resources import files
from pathlib import Path

from kouhao.commands.console import terminal
from kouhao.commands.inputs.glossaries import settings_folder
from kouhao.errors import KouhaoError
from kouhao.files import read_file, write_file

_SUFFIXES = {"bash": "bash", "zsh": "zsh", "fish": "fish", "powershell": "ps1"}
"""How the files end in which the scripts of shells lie, beside this one."""


def complete_in_shell(*, action: str, shell: str) -> int:
    """Install the completion of a shell, or show its script."""
    name = shell or _present_shell()
    if name not in _SUFFIXES:
        raise KouhaoError("E_USAGE", f"不支持“{name}”的补全", hint="请写明 bash、zsh、fish 或 powershell。")
    if action == "show":
        terminal.write(_script(name))
        return terminal.OK
    if action != "install":
        raise KouhaoError("E_USAGE", f"没有这种做法：“{action}”", hint="请写 install（安装）或 show（输出脚本）。")
    for path in _install(name):
        terminal.tell(f"已写入 {path}")
    terminal.tell(f"已为 {name} 装好自动补全，重新打开终端后生效。")
    return terminal.OK


def _script(shell: str) -> str:
    """Return the script through which a shell asks for completions."""
    return files("kouhao.commands").joinpath(f"completion.{_SUFFIXES[shell]}").read_text(encoding="utf-8")


def _present_shell() -> str:
    if os.name == "nt":
        return "powershell"
    return Path(os.environ.get("SHELL", "bash")).name


def _install(shell: str) -> list[Path]:
    """Write what the shell needs, and return the files that were written."""
    home = Path(settings_folder()).parent.parent if os.name == "nt" else Path(os.environ.get("HOME", ""))
    if not (settings_folder() and home.is_absolute() and home.is_dir()):
        hint = f"请设好环境变量 HOME；或把 kouhao completion show {shell} 的输出放进启动文件。"
        raise KouhaoError("E_NOT_FOUND", "找不到主文件夹", path=str(home), hint=hint)
    if shell == "fish":
        folder = Path(settings_folder()).parent / "fish" / "completions"
        return [_write(folder / f"{name}.fish", _script(shell)) for name in ("kouhao", "kh")]
    script = _write(Path(settings_folder()) / f"completion.{_SUFFIXES[shell]}", _script(shell))
    name = "'" + str(script).replace("'", "''" if shell == "powershell" else "'\\''") + "'"
    line = f". {name}" if shell == "powershell" else f"[ -f {name} ] && . {name}"
    start = _start_file(shell)
    return [script, _add_line(start, f"{line}  # kouhao 自动补全\n")]


def _start_file(shell: str) -> Path:
    """Return the file that a shell reads when it starts."""
    if shell == "bash":
        return Path.home() / ".bashrc"
    if shell == "zsh":
        return Path.home() / os.environ.get("ZDOTDIR", "") / ".zshrc"
    for program in ("pwsh", "powershell"):
        try:
            asked = [program, "-NoProfile", "-Command", "$PROFILE"]
            told = subprocess.run(asked, capture_output=True, text=True, check=True)  # noqa: S603  fixed words
        except (OSError, subprocess.CalledProcessError):
            continue
        return Path(told.stdout.strip())
    hint = "请把 kouhao completion show powershell 的输出加进 PowerShell 的 $PROFILE 文件。"
    raise KouhaoError("E_NOT_FOUND", "找不到 PowerShell", hint=hint)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text.encode("utf-8"))
    return path


def _add_line(path: Path, line: str) -> Path:
    """Add a line to a start-up file that lacks it; what stands there stays as it is."""
    present = read_file(path) if path.exists() else b""
    if line.encode() not in present:
        path.parent.mkdir(parents=True, exist_ok=True)
        gap = b"\n" if present and not present.endswith(b"\n") else b""
        write_file(path, present + gap + line.encode(), was=present if path.exists() else None)
    return path
