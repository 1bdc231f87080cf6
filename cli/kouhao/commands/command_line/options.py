"""Every command with its arguments, options and help: the one table behind both doors, the help, completion and the man page.

Plain data, and part of the start-up path.
"""

from __future__ import annotations

from kouhao.output.entries import FIELDS

_FORMATS = "text plain json jsonl tsv markdown"
FOR_MACHINES = ("gcc", "sarif", "rdjsonl", "github")
_OF_FINDINGS = " ".join(f"--format={form}" for form in FOR_MACHINES)
"""The formats of findings that tell errors in ways of their own."""

_FINDING_FORMATS = "text gcc json jsonl sarif rdjsonl github"
_RULES = (
    "expansion-item-missing expansion-item-extra expansion-item-altered expansion-item-order count-mismatch term-misspelt "
    "term-superseded term-variant inconsistent unexplained-first-use quote-style companion known-number superseded-reading"
)
RULES = tuple(_RULES.split())
ARRAYS = ("lookup", "list", "show", "random")
"""The commands whose JSON is an array."""

BASES = "stated explained self-explaining mentioned cited"
_OFFERS = {"文件": "file", "文件夹": "file", "路径": "file", "规则": "rule", "主题": "topic"}
"""What completion proposes for the values of options, where these do not name it."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Value = str | int | bool | Sequence[str] | None
    """What an option or argument gives its command."""


class Option:
    """An option: its spellings with what its value is called (--glossary -g <路径>), the parameter that it sets, and its help.

    An option without a value is a switch, and sets `to`; a value is a word, one of `choices` if there are any, and a whole
    number from `least` to `most` where these are set. `offers` names what completion proposes. `needs` and `excludes` are the options
    without and with which it would mean nothing, `--format=tsv` one with that value.
    """

    def __init__(
        self,
        spellings: str,
        help: str,  # noqa: A002  as Typer calls it
        *,
        sets: str = "",
        to: Value = True,
        default: Value = None,
        choices: str = "",
        several: bool = False,
        least: int | None = None,
        most: int | None = None,
        offers: str = "",
        needs: str = "",
        excludes: str = "",
    ) -> None:
        self.spellings = tuple(word for word in spellings.split() if word[0] == "-")
        self.value = spellings.partition("<")[2].rstrip(">")
        self.sets = sets or self.spellings[0].lstrip("-").replace("-", "_")
        self.default: Value = default if default is not None else ("" if self.value else False)
        self.choices, self.offers = tuple(choices.split()), offers or _OFFERS.get(self.value, "")
        self.help, self.to, self.several, self.least, self.most = help, to, several, least, most
        self.needs, self.excludes = needs, excludes.split()


class Argument:
    """What stands in a command line without a dash: one word or, with `several`, any number; `missing` asks for it."""

    def __init__(
        self,
        sets: str,
        name: str,
        help: str,  # noqa: A002  likewise
        *,
        several: bool = False,
        missing: str = "",
        offers: str = "file",
    ) -> None:
        self.sets, self.name, self.help = sets, name, help
        self.several, self.missing, self.offers = several, missing, offers


class Command:
    """A command: where its function is, what it does, what it takes, examples with their meaning, and what else to know."""

    def __init__(
        self,
        name: str,
        place: str,
        summary: str,
        *,
        arguments: tuple[Argument, ...] = (),
        options: tuple[Option, ...] = (),
        examples: tuple[tuple[str, str], ...] = (),
        notes: tuple[str, ...] = (),
    ) -> None:
        self.module, _, self.function = place.partition(":")
        self.name, self.summary = name, summary
        self.arguments, self.options, self.examples, self.notes = arguments, options, examples, notes


FORMAT = Option("--format <格式>", "输出格式；终端上默认 text，管道里默认 plain", choices=_FORMATS)
TABLE_FORMAT = Option("--format <格式>", "输出格式；终端上默认 text，管道里默认 tsv", choices="text tsv json jsonl")
JSON = Option("--json", "输出 JSON，供程序读取；同 --format json", sets="format", to="json")
FINDING_FORMAT = Option("--format <格式>", "输出格式", choices=_FINDING_FORMATS, default="text")
COLOR = Option(
    "--color <何时>", "颜色：auto 自动、always 总是、never 从不", choices="auto always never", default="auto"
)
GLOSSARY = Option("--glossary -g <路径>", "加用自己的词库（文件或文件夹，可多次使用）", sets="paths", several=True)
NO_BUILTIN = Option("--no-builtin", "不用内置词库", sets="builtin", to=False, default=True)
BUILTIN = Option(
    "--builtin <名称>",
    "只用这个内置词库：putuo-2021 普陀区、national 全国",
    choices="putuo-2021 national",
    several=True,
)
SKIP_UNREADABLE = Option("--skip-unreadable", "文件夹里读不了的文稿只列出，不算出错")
HELP = Option("--help -h", "显示这段说明")
VERSION = Option("--version -V", "显示版本")
OUTPUT_ENCODING = Option("--output-encoding <编码>", "文字输出用这种编码，例如 gbk；JSON 总是 UTF-8")
GLOSSARIES = (GLOSSARY, NO_BUILTIN, BUILTIN)
JSONL_IN = Option(
    "--jsonl-in",
    '输入是一行一个 {"id","text"}，每行答一行，次序不变',
    excludes="--fix --diff --output --in-place --stdin-filename --baseline --write-baseline --watch "
    + " ".join(f"--format={form}" for form in ("text", "tsv", *_FINDING_FORMATS.split()) if form[:4] != "json"),
)
ONLY_MATCHING = Option("--only-matching", "用 --jsonl-in 时，没有查到什么的行不答", needs="--jsonl-in")

_LOOKUPS = (
    Command(
        "lookup",
        "lookup:lookup",
        "查词：给出完整展开、依据和出处",
        arguments=(
            Argument(
                "queries", "词", "要查的词，可以写多个；- 表示从标准输入读，一行一个", several=True, offers="term"
            ),
        ),
        options=(
            FORMAT,
            JSON,
            Option(
                "--field <字段>",
                "只输出这个字段，items 一行一项",
                choices=" ".join(FIELDS),
                excludes="--template --format --json --explain",
            ),
            Option(
                "--template <样式>",
                "按样式输出，如 '{term}：{full}'（字段同 --field，\\n 换行、\\t 制表）",
                excludes="--format --json --explain",
            ),
            Option("--copy", "同时复制到剪贴板（由终端支持）"),
            Option("--exact", "精确查找：只认词条原文及其异写、拼音、首字母，不纠错"),
            Option("--limit <数>", "每个词最多显示几条", default=5, least=1),
            Option("--min-score <数>", "把握不低于此数才算查到；0 由程序判断", default=0, least=0, most=100),
            Option("--explain", "说明是怎样匹配到的"),
            Option("--stdin", "从标准输入读要查的词，一行一个"),
            Option("--null -0", "标准输入以空字符分隔（配合 find -print0）"),
            *GLOSSARIES,
            COLOR,
            Option("--verbose -v", "显示详细信息，如缓存位置"),
        ),
        examples=(
            ("kouhao 五好", "汉字、拼音（wuhao）、首字母（wh）都可以"),
            ("kouhao 三近三同步", "音近、形近、多字少字也能查到"),
            ("kouhao 招商引资同步", "从其中一项找到整条"),
            ("kouhao 三进三同步 五个百", "一次查多个"),
            ("cat 词表.txt | kouhao -", "一行一个，成批地查"),
        ),
    ),
    Command(
        "list",
        "entries:list_entries",
        "列出词条，可按主题或依据筛选",
        options=(
            Option("--topic <主题>", "只列这个主题"),
            Option("--basis <依据>", "只列这种依据", choices=BASES),
            FORMAT,
            JSON,
            *GLOSSARIES,
            COLOR,
        ),
        examples=(
            ("kouhao list", "列出全部词条"),
            ("kouhao list --topic 人才工作", "列出一个主题的词条"),
            ("kouhao list --basis mentioned --format tsv", "文件只提及、没有解释的词条，作成表格"),
        ),
    ),
    Command(
        "show",
        "entries:show",
        "按词条原文或编号精确取出",
        arguments=(Argument("term", "词", "词条的原文或编号", missing="请写词条或编号", offers="term"),),
        options=(FORMAT, JSON, *GLOSSARIES, COLOR),
        examples=(("kouhao show 五好", ""), ("kouhao show putuo-2021/五好 --json", "")),
    ),
    Command(
        "cite",
        "entries:cite",
        "照公文的写法引用一个词：展开，以及发布机构、题名、日期",
        arguments=(
            Argument("terms", "词", "要引用的词，可以写多个", several=True, missing="请写要引用的词", offers="term"),
        ),
        options=(
            Option("--format <格式>", "输出格式", choices="text markdown json", default="text"),
            JSON,
            *GLOSSARIES,
        ),
        examples=(("kouhao cite 五好", ""), ("kouhao cite --format markdown 五好", "")),
    ),
    Command(
        "sources",
        "entries:list_sources",
        "列出词库的来源，以及各有多少条",
        options=(TABLE_FORMAT, JSON, *GLOSSARIES),
        examples=(("kouhao sources", ""),),
    ),
    Command(
        "topics",
        "entries:list_topics",
        "列出主题，以及各有多少条",
        options=(TABLE_FORMAT, JSON, *GLOSSARIES),
        examples=(("kouhao topics", ""),),
    ),
    Command(
        "random",
        "entries:show_random",
        "随机看一条口号",
        options=(Option("--topic <主题>", "只从这个主题里选"), FORMAT, JSON, *GLOSSARIES, COLOR),
        examples=(("kouhao random", ""), ("kouhao random --topic 基层党建", "")),
    ),
)
_DOCUMENTS = (
    Command(
        "check",
        "check:check_documents",
        "检查文稿里的口号：展开漏项、错项、次序、数目、错别字、前后不一致",
        arguments=(Argument("files", "文件", "文档或文件夹，可以写多个；- 是标准输入", several=True),),
        options=(
            FINDING_FORMAT,
            JSON,
            Option("--fix", "自动改正只有一种正确改法的问题；Word 文档写成批注，另存一份"),
            Option("--diff", "预览改动；不加 --fix 时不改文件", excludes="--format --json"),
            Option("--output <文件>", "改正后的文稿写入此文件", needs="--fix"),
            Option("--in-place", "允许把批注写进原来的 Word 文档", needs="--fix"),
            Option("--enable <规则>", "启用默认不查的规则", several=True),
            Option("--disable <规则>", "不查这条规则", several=True),
            Option("--ignore <规则|词|位置>", "不提示这条规则、这个词或这一处（文件:行）", several=True, offers="rule"),
            Option("--severity <规则=级别>", "改变一条规则的级别：error、warning、note", several=True, offers="rule"),
            Option("--fail-on <级别>", "有这一级以上的问题时退出码为 1", choices="error warning note"),
            Option("--as-of <日期>", "以这一天的说法为准；不写则以文件的日期为准"),
            Option("--stdin-filename <文件>", "标准输入是这个文件的内容"),
            Option("--init", "在当前文件夹写一份带注释的 kouhao.toml"),
            Option("--baseline <文件>", "不再提示此文件中已记录的问题"),
            Option(
                "--write-baseline <文件>",
                "把目前的问题记入此文件，供 --baseline 使用",
                excludes="--fix --diff --watch --baseline",
            ),
            Option("--explain <规则>", "说明一条规则", excludes=_OF_FINDINGS),
            Option("--rules", "列出全部规则", excludes=_OF_FINDINGS),
            Option("--text", "含空字符的文件也按文本读取"),
            SKIP_UNREADABLE,
            JSONL_IN,
            ONLY_MATCHING,
            Option("--jobs -j <数>", "用 --jsonl-in 时，用几个进程", default=1, least=1, needs="--jsonl-in"),
            Option(
                "--watch",
                "一直看着这些文件夹，存盘一次检查一次；Word 文档另存批注（要装 kouhao[watch]）",
                excludes="--fix --diff",
            ),
            Option("--exit-zero", "发现问题时退出码仍为 0"),
            *GLOSSARIES,
            COLOR,
        ),
        examples=(
            ("kouhao check 报告.docx", ""),
            ("kouhao check --fix --diff 讲话稿.txt", ""),
            ("kouhao check --format sarif 文稿/ > 结果.sarif", ""),
            ("kouhao check --watch 文件夹", "在 Word 或 WPS 里存盘，就另存一份 X.批注.docx"),
            ("kouhao check --explain count-mismatch", ""),
        ),
        notes=("文中写 kouhao: ignore 可以不提示这一行；设置写在 kouhao.toml 里。",),
    ),
    Command(
        "expand",
        "expand:expand",
        "把文中的口号展开：“五好”变成“五好”（班子建设好、…）",
        arguments=(Argument("files", "文件", "文档，可以写多个；写 - 或省略，则读标准输入", several=True),),
        options=(
            Option("--all", "每一处都展开；不写则只展开全文第一处", sets="every"),
            Option("--replace", "用展开代替口号", excludes="--footnotes"),
            Option("--footnotes", "展开写成脚注，放在文末"),
            Option("--stdin-filename <文件>", "标准输入是这个文件的内容"),
            Option("--term <词>", "只展开这个词", several=True, offers="term"),
            *GLOSSARIES,
        ),
        examples=(
            ("kouhao expand 讲话稿.txt > 展开稿.txt", ""),
            ("cat 讲话稿.txt | kouhao expand --footnotes", ""),
            ("kouhao expand --term 五好 --all 讲话稿.txt", ""),
        ),
        notes=(
            "已有解释的、一看就明白的、词库里没有展开的，网址和代码里的，都不动；其余没有展开的，说明原因。再运行一次，结果不变。",
        ),
    ),
    Command(
        "scan",
        "scan:scan_texts",
        "列出文中的每一处口号：文件、行、列、词、编号、文中的写法",
        arguments=(Argument("files", "文件", "文档或文件夹，可以写多个；写 - 或省略，则读标准输入", several=True),),
        options=(
            Option("--format <格式>", "输出格式；jsonl 一行一处", choices="text tsv json jsonl", default="text"),
            JSON,
            SKIP_UNREADABLE,
            JSONL_IN,
            ONLY_MATCHING,
            Option("--jobs -j <数>", "用几个进程", default=1, least=1),
            Option("--exit-zero", "没有找到、或有的行不合格时，退出码仍为 0"),
            Option("--term <词>", "只找这个词", several=True, offers="term"),
            *GLOSSARIES,
        ),
        examples=(
            ("kouhao scan 讲话稿.txt", ""),
            ("kouhao scan --format tsv 文件夹/ > 口号.tsv", ""),
            ("cat 记录.jsonl | kouhao scan --jsonl-in -j 2", ""),
        ),
    ),
    Command(
        "harvest",
        "harvest:harvest_documents",
        "从文档里找出有展开的口号，写成词库草稿，供人审核",
        arguments=(
            Argument(
                "files", "文件", "文档或文件夹，可以写多个；- 是标准输入", several=True, missing="请写明要读的文档"
            ),
        ),
        options=(
            Option(
                "--format <格式>", "输出格式：yaml 是词库草稿，jsonl 一行一处", choices="yaml jsonl", default="yaml"
            ),
            Option("--into <文件>", "把新词作为草稿加进这个词库文件", excludes="--format=jsonl"),
            Option("--all", "没有把握的也列出，并且注明", sets="doubtful"),
            Option("--new", "只列词库里没有的词"),
            SKIP_UNREADABLE,
            *GLOSSARIES,
        ),
        examples=(
            ("kouhao harvest 工作总结.docx", ""),
            ("kouhao harvest 报告/ --new > 新词.yaml", "同一个词在几处出现，合成一条，处数多的在前"),
            ("kouhao harvest --format jsonl --all 报告/ > 候选.jsonl", ""),
            ("kouhao harvest 工作总结.docx --into 我的词库.yaml", ""),
        ),
        notes=("草稿带有 draft: true，查词时不用；审核以后删去这一行。",),
    ),
    Command(
        "lsp",
        "servers:serve_editor",
        "供编辑器使用：边写边查，悬停看展开，补全，改正（要装 kouhao[lsp]）",
        options=GLOSSARIES,
        examples=(("kouhao lsp", "由编辑器启动，见 docs/editors.md"),),
    ),
    Command(
        "serve",
        "servers:serve_page",
        "打开一个本机网页：查词，粘贴或拖进文稿检查，不用终端",
        options=(
            Option("--port <数>", "用这个端口；不写就任选一个", default=0, least=0, most=65535),
            Option("--no-open", "不打开浏览器，只印出地址", sets="open", to=False, default=True),
            *GLOSSARIES,
        ),
        examples=(("kouhao serve", ""),),
        notes=("只有本机能用，地址里带一次性的口令；不联网，不留记录。",),
    ),
)
_CURATION = (
    Command(
        "add",
        "add:add",
        "在词库里加一条：各项由程序从原句里提出，由您改定；查对无误才写入",
        arguments=(Argument("file", "文件", "词库文件；没有就新建", missing="请写明词库文件"),),
        options=(
            Option("--term <词>", "词；不写就用引文里有展开的那个"),
            Option("--quote <句子>", "原文的句子，一字不差"),
            Option("--item <项>", "一项（可多次使用）；不写就从引文里找", several=True),
            Option("--topic <主题>", "主题"),
            Option("--note <文字>", "说明"),
            Option("--title <文字>", "来源的题名；词库还没有这个来源，就添上它"),
            Option("--publisher <文字>", "新来源：发布机构"),
            Option("--published <日期>", "新来源：发布日期"),
            Option("--evidence <文件>", "新来源：原文的文本文件"),
        ),
        examples=(
            ("kouhao add 我的词库.yaml", "一步一步地问"),
            ("kouhao add 我的词库.yaml --quote '做到“三个能”（能学、能讲、能写）。'", ""),
        ),
    ),
    Command(
        "edit",
        "edit:edit",
        "用编辑器打开一个词条；改完仍是合格的词库才写回",
        arguments=(Argument("term", "词", "要改的词，或词条的编号", missing="请写要改的词", offers="term"),),
        options=(GLOSSARY,),
        examples=(("kouhao edit -g 我的词库.yaml 三个能", ""), ("EDITOR=nano kouhao edit -g 我的词库.yaml 三个能", "")),
    ),
    Command(
        "import",
        "import_:import_table",
        "把表格变成词库草稿；第一行是列名：词、展开、各项、主题、引文、来源、说明",
        arguments=(
            Argument(
                "file",
                "表格",
                "带表头的表格：.xlsx、.xls、.et、.ods、.csv、.md 或 .html；或者 export 导出的 .json",
                missing="请写明表格文件",
            ),
        ),
        options=(Option("--output -o <文件>", "写到这个新的词库文件；省略则打印出来"),),
        examples=(("kouhao import 口号表.xlsx -o 我的词库.yaml", ""),),
        notes=("有问题的行会列出行号；其余的写成草稿（draft: true），核对以后删去这一行。",),
    ),
    Command(
        "export",
        "export:export",
        "把词库导出成别的格式",
        options=(
            Option("--format <格式>", "输出格式（必填）", choices="csv json markdown html stardict tbx"),
            Option("--output -o <文件>", "写入此文件；stardict 是文件夹"),
            *GLOSSARIES,
        ),
        examples=(
            ("kouhao export --format html -o 口号.html", "一个网页，能查，能打印"),
            ("kouhao export --format csv -o 口号.csv", "用表格软件打开"),
            ("kouhao export --format tbx -o 口号.tbx", "给术语软件（ISO 30042）"),
            ("kouhao export --format stardict -o 口号/", "给 GoldenDict、sdcv"),
        ),
    ),
    Command(
        "validate",
        "validate:validate",
        "检查词库：引文是否原样、各项是否齐全、数目是否相符、能否查到",
        arguments=(Argument("paths", "文件", "词库文件或文件夹，可以写多个；省略则查内置词库", several=True),),
        options=(FINDING_FORMAT, JSON, Option("--evidence <文件夹>", "存放来源原文的文件夹", several=True), COLOR),
        examples=(
            ("kouhao validate", ""),
            ("kouhao validate 我的词库.yaml", ""),
            ("kouhao validate --format sarif glossary > 结果.sarif", ""),
        ),
    ),
    Command(
        "fmt",
        "fmt:format_files",
        "统一词库文件的格式：字段的次序、引号；注释留在原处，内容、编码和换行不变",
        arguments=(
            Argument("paths", "文件", "词库文件或文件夹，可以写多个", several=True, missing="请写明要整理的词库文件"),
        ),
        options=(Option("--check", "只查是否统一，不改文件"),),
        examples=(("kouhao fmt 我的词库.yaml", ""), ("kouhao fmt --check glossary", "")),
    ),
    Command(
        "diff",
        "diff:diff",
        "说明两份词库之间改了哪些词条、哪些项、哪些引文",
        arguments=(
            Argument(
                "old", "旧", "原来的词库：文件、文件夹，或 git 版本:路径（HEAD:glossary）", missing="请写明原来的词库"
            ),
            Argument("new", "新", "现在的词库，写法相同", missing="请写明现在的词库"),
        ),
        options=(
            Option(
                "--format <格式>", "输出格式；markdown 用于合并请求", choices="text markdown json jsonl", default="text"
            ),
            JSON,
        ),
        examples=(
            ("kouhao diff 旧词库.yaml 新词库.yaml", ""),
            ("kouhao diff --format markdown HEAD:glossary glossary", ""),
        ),
    ),
)
_OTHERS = (
    Command(
        "config",
        "config:show_config",
        "显示设置、词库和缓存在哪里，由什么决定",
        arguments=(Argument("action", "做法", "show 显示", missing="请写 kouhao config show", offers="show"),),
        options=(Option("--format <格式>", "输出格式", choices="text json", default="text"), JSON),
        examples=(("kouhao config show", ""),),
    ),
    Command(
        "completion",
        "completion_install:complete_in_shell",
        "为命令行安装自动补全（按 Tab 键）",
        arguments=(
            Argument(
                "action", "做法", "install 安装，show 输出补全脚本", missing="请写 install 或 show", offers="action"
            ),
            Argument("shell", "命令行", "bash、zsh、fish 或 powershell；省略则为当前所用的", offers="shell"),
        ),
        examples=(
            ("kouhao completion install", "为当前命令行安装"),
            ("kouhao completion show zsh", "输出补全脚本，自行安放"),
        ),
        notes=("安装时写一个脚本，并在启动文件里加一行；除此之外不改动任何设置。",),
    ),
    Command(
        "help",
        "help:show_help",
        "显示一个命令的说明",
        arguments=(Argument("names", "命令", "命令的名字；省略则显示总的说明", several=True, offers="command"),),
        examples=(("kouhao help list", ""),),
    ),
)
GROUPS = {"查词的命令": _LOOKUPS, "文稿的命令": _DOCUMENTS, "词库的命令": _CURATION, "其他命令": _OTHERS}
COMMANDS = {command.name: command for group in GROUPS.values() for command in group}
"""The commands by name; any other first word is a query."""
