"""Glossaries in the formats that other people's programs read."""

from kouhao.output.exports.page import html_page
from kouhao.output.exports.stardict import stardict_files
from kouhao.output.exports.tables import csv_table, json_array, markdown_document
from kouhao.output.exports.tbx import tbx_document

__all__ = ["csv_table", "html_page", "json_array", "markdown_document", "stardict_files", "tbx_document"]
