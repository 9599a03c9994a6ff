"""What is offered beside a figure or table: its data as CSV, and what a spreadsheet is made of."""

from __future__ import annotations

import json

import pandas as pd

from pfpp_utils.publish import markup


def csv(frame: pd.DataFrame) -> str:
    """Write a table as CSV: no formula left in it, and no more digits than every machine agrees on."""
    safe = frame.map(markup.bare).map(markup.defuse).round(6).rename(columns=markup.defuse)
    lines = safe.replace(
        "\r\n?", "\n", regex=True
    )  # a lone carriage return would split the row for some readers
    return lines.to_csv(index=False, lineterminator="\n")


def sheet(label: str, title: str, subtitle: str, source: str, **more: object) -> str:
    """Write what the book builder needs to make the spreadsheet, as JSON."""
    texts = {"title": f"{label}. {title}", "scope": subtitle, "source": source}
    return json.dumps({"name": label.replace(" ", "_"), **texts, **more})
