"""Packs of plausible slogans for the benches, the same for the same size and seed."""

from __future__ import annotations

import json
import random
from pathlib import Path

NUMERALS = "两三四五六七八九十"
MEASURES = ("个", "项", "大", "")
HEADS = [
    "党建",
    "服务",
    "治理",
    "改革",
    "创新",
    "民生",
    "人才",
    "产业",
    "生态",
    "平安",
    "法治",
    "文化",
    "教育",
    "医疗",
    "养老",
    "就业",
    "住房",
    "交通",
    "环保",
    "安全",
    "数字",
    "智慧",
    "廉政",
    "作风",
    "制度",
    "机制",
    "队伍",
    "阵地",
    "品牌",
    "平台",
]
TAILS = [
    "到位",
    "覆盖",
    "提升",
    "同步",
    "联动",
    "融合",
    "提质",
    "增效",
    "攻坚",
    "清零",
    "达标",
    "贯通",
    "下沉",
    "共享",
    "共建",
    "公开",
    "承诺",
    "走访",
    "督办",
    "问效",
    "赋能",
    "引领",
    "聚力",
    "惠民",
    "便民",
    "先行",
    "示范",
    "创优",
    "规范",
    "落地",
]
VERBS = [
    "推进",
    "加强",
    "优化",
    "完善",
    "深化",
    "健全",
    "强化",
    "打造",
    "建设",
    "落实",
    "创新",
    "提升",
    "拓展",
    "夯实",
    "激活",
    "聚焦",
    "服务",
    "保障",
    "规范",
    "支持",
]


def write_pack(path: Path, size: int, seed: int = 20210701) -> list[str]:
    """Write a JSON Lines pack of `size` entries and return its terms, each once."""
    chance = random.Random(seed)  # noqa: S311  reproducible, not secret
    terms: dict[str, None] = {}
    with path.open("w", encoding="utf-8") as pack:
        pack.write(json.dumps({"source": {"id": path.stem, "title": "生成的词库"}}, ensure_ascii=False) + "\n")
        while len(terms) < size:
            term, items = _slogan(chance)
            if term not in terms:
                terms[term] = None
                pack.write(json.dumps(_entry(term, items), ensure_ascii=False) + "\n")
    return list(terms)


def _slogan(chance: random.Random) -> tuple[str, list[str]]:
    count = chance.randrange(2, 6)
    head, tail = chance.choice(HEADS), chance.choice(TAILS)
    numeral = chance.choice(NUMERALS)
    items = [chance.choice(VERBS) + chance.choice(HEADS) + tail for _ in range(count)]
    shape = chance.randrange(4)
    if shape == 0:
        return f"{head}{numeral}{chance.choice(MEASURES)}{tail}{chance.choice(HEADS)}", items
    if shape == 1:
        return f"{numeral}{chance.choice(HEADS)}{chance.choice(NUMERALS)}{tail}{head}", items
    if shape == 2:
        return f"{numeral}{chance.choice(MEASURES)}{head}{tail}{chance.choice(TAILS)}{chance.choice(HEADS)}", items
    return f"{chance.choice(VERBS)}{head}、{chance.choice(VERBS)}{chance.choice(HEADS)}{tail}", items


def _entry(term: str, items: list[str]) -> dict[str, object]:
    full = "、".join(items)
    parts = [{"name": term, "items": items}]
    return {"term": term, "basis": "stated", "full": full, "parts": parts, "quote": f"推行“{term}”({full})。"}
