"""The date of a document, by which readings are chosen."""

from __future__ import annotations

from datetime import date

import pytest

from kouhao.language.dates import document_date

TODAY = date.today().isoformat()  # noqa: DTZ011  as the program asks
DATES = {
    "某市人民政府\n2018年10月14日\n2013年以来，成绩显著。": "2018-10-14",
    "（二〇一九年三月五日）\n过去五年，我们回顾2013年。": "2019-03-05",
    "2013年以来，成绩显著。2013年是起点，今年是2025年，到2035年基本建成。": "2025",
    "2017年1月起试行，2019年全面推开。": "2019",
    "到2020年全面建成。": TODAY,
    "规划至2025年，力争2024年完成。": TODAY,
    "统筹推进，协调推进。": TODAY,
    "2099年的人怎样看？": TODAY,
}


@pytest.mark.parametrize(("text", "expected"), DATES.items())
def test_document_date(text: str, expected: str) -> None:
    assert document_date(text) == expected
