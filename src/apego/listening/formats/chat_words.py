"""The signs of a CHAT utterance, turned into text that a visitor can read.

The signs are those of MacWhinney's CHAT manual (TalkBank, talkbank.org/manuals/CHAT.pdf).
What is retraced is left out as the manual's analyses do, a replacement stands for what it
replaces, letters in round brackets are restored, acts and sounds stand in square brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from apego.listening.transcript import Mark

MOST_REPEATS = 20  # [x 400] is a slip, or a trap
MOST_NESTED = 20  # groups within groups; real files have two

_TOKEN = re.compile(
    r"\[[^\[\]]*\]"  # a code: [/] [>] [= a gloss] [=! laughs]
    # endings and links: +... +/. +" +<
    r"|\+(?:\"/\.|\"\.|\.\.\.|\.\.\?|//[.?]|/[.?]|!\?|\.|[\"^<,+≈≋](?!\w))"
    r"|[<>]"
    r"|[.?!,;](?=[^\W\d])"  # a stop that a word was typed onto
    r"|[^\s<>\[\]]+"
    r"|[\[\]]"
)
_ENDINGS = {
    "+...": "…", "+..?": "…?", "+/.": "–", "+/?": "–?", "+//.": "–", "+//?": "–?", "+!?": "?!",
    '+"/.': ":", '+".': ".", "+.": ".", "-.": ".", "-?": "?", "-!": "!", "-,": ",", "‡": ",", "„": ",",
}  # fmt: skip
_STOPS = frozenset(".?!,;:")
_OPENING = frozenset("“¿¡")
_NOT_HEARD = "[unintelligible]"
_UNHEARD = frozenset(("xxx", "xx", "yyy", "yy"))
_PAUSE = re.compile(r"\((?:\.{1,3}|\d[\d:.]*)\)|#+[\w_]*")
# Before 2010 fillers were written as fragments are: &um is said, &abu is a word broken off.
_FILLER = re.compile(r"(?:u+h*m*|m+|h+m+|a+h+|e+[hrm]+|o+h+|a+w+)", re.IGNORECASE)
_PUT_IN = re.compile(r"&\*([A-Za-z0-9]{1,7})[:=](.+)")
_LENGTHENED = re.compile(r"(?<=[^\W\d_]):+")
_JOINED = re.compile(r"(?<=\w)[+_](?=\w)")
# Stress, syllables, pitch, overlap and loudness of Conversation Analysis.
_PROSODY = dict.fromkeys(map(ord, "ˈˌː^≠↑↓↗↘⇗⇘→↫∆∇°▁▔☺♋⁇∬Ϋ∲§⌈⌉⌊⌋⤆⤇◉∙∾⁑⁎"))
_BEFORE_AND_AFTER = re.compile(r"<[^<>]*>|\$=?\w*")
_SUNG = "song"
_SHORTENED = {"voc": "vocalizes", "sung": "sings", "laugh": "laughs", "gasp": "gasps"}


@dataclass(frozen=True, slots=True)
class Readable:
    """An utterance's text; whether it was only done and not said; the words that others put in."""

    text: str
    is_act: bool = False
    marks: frozenset[Mark] = frozenset()
    put_in: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Pieces:
    """What has been read of one group in angle brackets; a word stands with the acts that go with it."""

    items: list[list[str]] = field(default_factory=list)

    def add(self, piece: str) -> None:
        self.items.append([piece])

    def add_act(self, act: str) -> None:
        if self.items:
            self.items[-1].append(act)
        else:
            self.items.append([act])

    def take(self) -> list[str]:
        """Take back what the code that follows speaks of: the last word or group, and a comma behind it."""
        while self.items and all(_is_sign(piece) for piece in self.items[-1]):
            self.items.pop()
        return self.items.pop() if self.items else []


def readable(raw: str) -> Readable:
    """Give an utterance as readable text.

    >>> readable("because I [/] I wan(t) [=! laughs] the <the blue> [//] red +... ").text
    'because I want [laughs] the red…'
    >>> readable("xxx niah [: yeah] [?] have_to@s:eng .").text
    '[unintelligible] yeah have to.'
    >>> readable("0 .").is_act
    True
    """
    groups = [_Pieces()]
    put_in: list[tuple[str, str]] = []
    broken: list[str] = []
    acted = sung = babbled = False
    for sign in _TOKEN.findall(raw):
        if sign == "<":
            if len(groups) <= MOST_NESTED:
                groups.append(_Pieces())
        elif sign == ">":
            _close(groups)
        elif sign.startswith("["):
            sung = sung or sign.strip("[]+ ") == _SUNG
            _apply(sign[1:-1].strip(), groups[-1])
        elif sign == "0":
            acted = True
        elif found := _PUT_IN.fullmatch(sign):
            put_in.append((found[1], _bare(found[2])))
        elif _is_fragment(sign):
            broken.append(_bare(sign.lstrip("&+~")))
        elif piece := _piece(sign):
            babbled = babbled or "@b" in sign
            groups[-1].add(piece)
    while len(groups) > 1:
        _close(groups)
    pieces = [piece for item in groups[0].items for piece in item]
    if broken and not acted and all(_is_sign(piece) for piece in pieces):
        # Nothing but a word broken off, or babble, was heard: that is what the child said.
        pieces, babbled = [*broken, *pieces], True
    text = _joined(pieces)
    if sung and text:
        text = f"♪ {text} ♪"
    marks = frozenset({Mark.SOUND}) if babbled else frozenset[Mark]()
    return Readable(text, acted and not _has_word(pieces), marks, tuple(put_in))


def acts_told(tier: str, speaker: str = "") -> str:
    """Give what a line below the utterance tells, in square brackets; nothing for an empty one.

        >>> acts_told("<aft> CHI turns , looks at jack+in+the+box . $=2 CHI sits", "CHI")
        '[turns, looks at jack in the box. sits]'

    The speaker's own code at the head of a clause is left out: the turn is the speaker's.
    """
    told = _JOINED.sub(" ", _BEFORE_AND_AFTER.sub(" ", tier).translate({ord("["): "(", ord("]"): ")"}))
    if speaker:
        told = re.sub(rf"(^|[.;]) *{re.escape(speaker)}\b(?!')", r"\1", told.strip())
    told = re.sub(r"\s+([.,;:?!])", r"\1", " ".join(told.split())).strip(" .,;")
    told = _SHORTENED.get(told, told)
    return f"[{told}]" if any(sign.isalpha() for sign in told) else ""


def _close(groups: list[_Pieces]) -> None:
    """End the innermost group: from here on it stands as one thing. A stray sign changes nothing."""
    if len(groups) > 1:
        inner = groups.pop()
        groups[-1].items.append([piece for item in inner.items for piece in item])


def _apply(code: str, pieces: _Pieces) -> None:
    """Do what a code in square brackets asks for the word or group before it; most ask nothing here."""
    if re.fullmatch(r"/{1,3}|/-|/\?", code):
        pieces.take()
    elif code.startswith("=!"):
        if told := acts_told(code[2:]):
            pieces.add_act(told)
    elif code.startswith(":"):
        replaced = [piece for word in code.lstrip(": ").split() if (piece := _piece(word))]
        if replaced:
            pieces.take()
            pieces.items.append(replaced)
    elif found := re.fullmatch(r"[x×] ?(\d{1,4})", code):
        again = pieces.take()
        pieces.items.append(again * max(1, min(int(found[1]), MOST_REPEATS)))


def _is_fragment(token: str) -> bool:
    """True for a word broken off (&+w), a sound that is no word (&~ga), and both as old files write them."""
    if not token.startswith("&") or token[1:2] in ("=", "-", "*", "{", "}", ""):
        return False
    return not _FILLER.fullmatch(_bare(token[1:]))


def _piece(token: str) -> str:
    """Give one word, act or sign as it should read; nothing for what is no part of the talk."""
    if token in _ENDINGS:
        return _ENDINGS[token]
    if token in _STOPS:
        return token
    if token.startswith("&=") or token.startswith("&{"):
        return acts_told(
            re.sub(r"^&(?:=|\{[ln]=)(?:0|ges:|imit:)?", "", token).replace(":", " ").replace("_", " ")
        )
    if token.startswith(("+", "[", "]", "&}", "0", "00", "$")) or _PAUSE.fullmatch(token):
        return ""
    if token.startswith("&"):
        return _bare(token.lstrip("&-"))
    word, _, kind = token.partition("@")
    if word in _UNHEARD:
        return _NOT_HEARD
    if word == "www":
        return "[untranscribed]"
    bare = _bare(word)
    return f"♪ {bare} ♪" if kind == "si" and bare else bare


def _bare(word: str) -> str:
    """Give a word without the signs of how it sounded: wan(t), no::, ˈba^by, ice+cream, have_to."""
    word = word.partition("@")[0].translate(_PROSODY)
    word = _LENGTHENED.sub("", word.replace("(", "").replace(")", ""))
    return " ".join(_JOINED.sub(" ", word.strip("_+")).split())


def _is_sign(piece: str) -> bool:
    return not any(sign.isalnum() for sign in piece)


def _has_word(pieces: list[str]) -> bool:
    return any(not piece.startswith("[") and not _is_sign(piece) for piece in pieces)


def _joined(pieces: list[str]) -> str:
    """Set signs behind the word that they belong to, past an act between them; none behind acts alone."""
    text: list[str] = []
    last: int | None = None  # where a sign goes: the last word, or what stands for words not heard
    is_said = False
    for piece in pieces:
        if not _is_sign(piece) or piece in _OPENING:
            if piece == _NOT_HEARD and text[-1:] == [piece]:
                continue
            is_word = not piece.startswith("[")
            is_said = is_said or is_word
            last = len(text) if is_word or piece == _NOT_HEARD else last
            text.append(piece)
        elif last is not None and is_said:
            text[last] = text[last].rstrip(",;") + piece
    return re.sub(r"([“¿¡]) ", r"\1", " ".join(text)).strip()
