"""One document of all chapters: a title page, contents that link, then the chapters by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bs4.element import Tag

from pfpp_utils.publish.paper.chapters import Chapter, article

#: Prefix of the places in the contents where page numbers go.
NUMBER = "page-of-"


@dataclass(frozen=True)
class Cover:
    """What the title page says.

    Attributes
    ----------
    title, author, maker
        Of the book; what made it.
    language
        Code, such as ``en-GB``.
    lines
        Further lines: what made it, of which data, when.
    """

    title: str
    author: str
    language: str
    maker: str
    lines: tuple[str, ...] = ()


def document(folder: Path, chapters: list[Chapter], cover: Cover, *, styles: list[str]) -> str:
    """Put a document together.

    Parameters
    ----------
    folder
        The built book.
    chapters
        In order.
    cover
        The title page.
    styles
        Style sheets, from the folder of the book.

    Returns
    -------
    str
        HTML whose files are named from the folder of the book. A link to something that is not printed leads
        to its chapter.
    """
    names = {chapter.name for chapter in chapters}
    articles = [
        article((folder / f"{chapter.name}.html").read_text(encoding="utf-8"), chapter, names)
        for chapter in chapters
    ]
    _require_ends(articles)
    sheets = "\n".join(f'<link rel="stylesheet" href="{escape(style)}">' for style in styles)
    return "\n".join(
        [
            f'<!DOCTYPE html>\n<html lang="{escape(cover.language)}" data-theme="light" data-mode="light">',
            f'<head>\n<meta charset="utf-8">\n<title>{escape(cover.title)}</title>\n{sheets}\n</head>',
            f'<body class="paper">\n{_cover(cover)}',
            f"{_contents(chapters, articles)}\n<main class='bd-content'><div class='bd-article'>",
            *_body(chapters, articles),
            "</div></main>\n</body>\n</html>\n",
        ]
    )


def _require_ends(articles: list[Tag]) -> None:
    """Let links that lead to nothing on paper lead to the chapter instead."""
    known = {str(one["id"]) for found in articles for one in [found, *found.find_all(id=True)]}
    for found in articles:
        for link in found.select('a[href^="#"]'):
            target = str(link["href"])[1:]
            if target not in known:
                link["href"] = f"#{target.partition('--')[0]}"


def _cover(cover: Cover) -> str:
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in cover.lines if line)
    author = f'<p class="author">{escape(cover.author)}</p>' if cover.author else ""
    return f'<header class="cover">\n<p class="title">{escape(cover.title)}</p>\n{author}\n{lines}\n</header>'


def _contents(chapters: list[Chapter], articles: list[Tag]) -> str:
    lines, deep, part = (
        ['<nav class="chapters" aria-labelledby="contents">', '<h1 id="contents">Contents</h1>'],
        0,
        "",
    )
    for chapter, found in zip(chapters, articles, strict=True):
        wanted = max(chapter.depth, 1)
        if chapter.part != part:
            lines += ["</li></ul>"] * deep
            lines, deep, part = [*lines, f"<h2>{escape(chapter.part)}</h2>"], 0, chapter.part
        lines += ["</li></ul>"] * (deep - wanted) + (["</li>"] if deep >= wanted else [])
        lines += ["<ul>"] * (wanted - deep)
        deep = wanted
        lines.append(f"<li>{_entry(chapter, found)}")
    return "\n".join([*lines, *["</li></ul>"] * deep, "</nav>"])


def _entry(chapter: Chapter, found: Tag) -> str:
    number = f'<span class="number" id="{NUMBER}{escape(chapter.name)}">0000</span>'
    return f'<a href="#{escape(chapter.name)}"><span>{escape(title(found))}</span> {number}</a>'


def title(found: Tag) -> str:
    """Say what a chapter is called: its first heading.

    Parameters
    ----------
    found
        From :func:`pfpp_utils.publish.paper.chapters.article`.
    """
    heading = found.select_one(".rank-1")
    return " ".join(heading.get_text().split()) if heading else str(found["id"])


def _body(chapters: list[Chapter], articles: list[Tag]) -> Iterator[str]:
    part = ""
    for chapter, found in zip(chapters, articles, strict=True):
        if chapter.part != part:
            part = chapter.part
            yield f'<h1 class="part">{escape(part)}</h1>'
        yield str(found)
