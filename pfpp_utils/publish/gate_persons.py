"""Names of persons in texts, however they are written: in any order, with initials, in names of files."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+")
_POSSESSIVE, _APOSTROPHE = re.compile(r"(?<=\w)['\u2019]s\b"), re.compile(r"(?<=\w)['\u2019](?=\w)")
#: How far around a surname given names are looked for, in characters.
_WINDOW = 90
#: A short name in brackets, between a given name and a surname.
_BRACKETED = re.compile(r"\([^()\n]{1,20}\)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TITLES = re.compile(r"m(?:r|rs|s|x|iss)|dr|prof(?:essor)?|cllr|sir|dame|lord|lady|rev|mbe|obe|cbe|phd")
#: Words of forms and tags, which may stand between the parts of a name.
_BETWEEN = re.compile(
    "first|last|given|family|full|middle|names?|(?:fore|sur|last|first)name|td|th|tr|li|span|div|br|cell|value|label"
)
#: Words that stand in sentences as often as in names: together they are a name only with capitals.
_COMMON = re.compile(
    "will|mark|grace|hope|may|june|april|august|rose|joy|faith|bill|rob|sue|pat|jack|frank|art|dean|young|long|"
    "white|brown|green|black|grey|gray|king|hall|wood|woods|hill|field|fields|small|short|rich|day|best|good|"
    "church|park|parks|bush|stone|banks|bank|case|cook|baker|carter|page|price|rice|may|west|north|east|winter|"
    "summers|miles|major|chance|guy|dale|glen|heath|rocks?|reed|penny|ivy|iris|lily|holly|daisy|dawn|eve|gay|"
    "summer|sky|star|angel|bell|butcher|farmer|fisher|hunter|mason|miller|potter|smart|strong|swift|wise|love|"
    "moon|sharp|sparks|field|ford|brook|bridges|marsh|moss|pond|waters|rivers|lake|wells|drew|chase|pierce|"
    "skip|trip|buck|ray|gene|earnest|victor|max|sunny|misty|amber|ruby|pearl|crystal|coral|olive|violet|in|a|i"
)


class Persons:
    """Finds names of persons in texts: in any order, with initials, parted or run together."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]] = defaultdict(list)
        self._together: dict[str, str] = {}
        for name in dict.fromkeys(names):
            surname, comma, rest = name.partition(",")
            whole = f"{rest} {surname}" if comma else name
            words = tuple(word for word in _words(whole) if not _TITLES.fullmatch(word))
            written = (_words(one) for one in reversed(whole.split()))
            double = len(next((parts for parts in written if words and words[-1] in parts), ()))
            if sum(map(len, words)) > 3:  # initials and the like are nobody's name by themselves
                self._known[words[-1]].append((words[:-double], words[-double:-1], name))
            if len(words) > 1 and sum(map(len, words)) > 6:
                self._together |= {"".join(words): name, words[-1] + "".join(words[:-1]): name}

    def found(self, text: str) -> Iterator[str]:
        """Find names.

        Parameters
        ----------
        text
            Any text.

        Yields
        ------
        str
            Each name as it is known.
        """
        if not self._known:
            return
        folded = _folded(text)
        small = folded.lower()
        for last, known in self._known.items():
            seen: set[str] = set()
            firsts = {given[0] if given else last for given, _, _ in known}
            place = small.find(last)
            while place >= 0:
                start = max(0, place - _WINDOW)
                around = _BRACKETED.sub(_blank, folded[start : place + len(last) + _WINDOW])
                if not folded[place].isupper() and not any(one in around.lower() for one in firsts):
                    place = small.find(last, place + 1)
                    continue
                tokens = _tokens(around)
                number = next((n for n, (_, at) in enumerate(tokens) if at == place - start), None)
                if number is not None and tokens[number][0].lower() == last:
                    seen |= {
                        name
                        for given, prefix, name in known
                        if name not in seen and _is_name(tokens, number, given, prefix, folded[start:])
                    }
                place = small.find(last, place + 1)
            yield from seen
        for run, name in self._together.items():
            if run in small and re.search(rf"(?<![^\W_]){run}(?![^\W_])", small):
                yield name


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _tokens(text: str) -> list[tuple[str, int]]:
    """Words with where they begin; a word with capitals in it is several."""
    found = []
    for word in _WORD.finditer(text):
        cuts = [0, *(hump.start() for hump in _HUMP.finditer(word[0])), len(word[0])]
        for begin, end in pairwise(cuts):
            piece = word[0][begin:end]
            if not _BETWEEN.fullmatch(piece.lower()):
                found.append((piece, word.start() + begin))
    return found


def _is_name(
    tokens: list[tuple[str, int]], number: int, given: tuple[str, ...], prefix: tuple[str, ...], text: str
) -> bool:
    """Whether given names, or initials of them, stand beside a surname, which may be of two parts."""
    first, size, last = number - len(prefix), len(given), tokens[number][0]
    if first < 0 or tuple(word.lower() for word, _ in tokens[first:number]) != prefix:
        return False
    if not given:
        return _capital(last)
    before, after = [word for word, _ in tokens[:first]], [word for word, _ in tokens[number + 1 :]]
    middle = before[-size - 1 : -1] if before and len(before[-1]) == 1 else []
    for words in (before[-size:], after[:size], middle, before[-1:], after[:1]):
        written = tuple(word.lower() for word in words)
        whole = written == given or (written == given[:1] and size > 1)
        if whole and _as_a_name([*words, last]):
            return True
    begins, ends = tokens[first][1], tokens[number][1] + len(last)
    return _capital(last) and (_titled(before) or _initials(text[:begins], text[ends:], given))


def _initials(before: str, after: str, given: tuple[str, ...]) -> bool:
    """Whether the first letters of given names stand beside a surname: J. Doe, JM Doe, Doe, J."""
    letters = [word[0].upper() for word in given]
    first, more = letters[0], "".join(rf"(?:[. -]*{letter})?" for letter in letters[1:])
    stop = r"\.?" if first not in "AI" else r"\."
    leading = re.search(rf"(?<![^\W_]){first}{stop}{more}\.?[\s_]*$", before[-20:])
    trailing = re.match(rf"[,\s]+\s*{first}{more}(?:\.|(?=[\s,;)\]<(\"'/]|$))", after[:20])
    return bool(leading) or (trailing is not None and bool({",", "."} & set(trailing[0])))


def _titled(before: list[str]) -> bool:
    return bool(before) and bool(_TITLES.fullmatch(before[-1].lower())) and _capital(before[-1])


def _capital(word: str) -> bool:
    return word[:1].isupper()


def _as_a_name(words: list[str]) -> bool:
    """Whether words are written as a name is; rare ones are one in small letters too."""
    common = all(_COMMON.fullmatch(word.lower()) for word in words)
    return all(map(_capital, words)) or not (
        common or any(map(_capital, words[1:])) != any(map(_capital, words))
    )


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_folded(name))]


def _folded(text: str) -> str:
    """Take accents and apostrophes away."""
    if not text.isascii():
        text = re.sub("[\u0300-\u036f]+", "", unicodedata.normalize("NFKD", text))
    return _APOSTROPHE.sub("", _POSSESSIVE.sub(" s", text))
