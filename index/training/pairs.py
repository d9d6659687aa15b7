"""Question-like queries made by rule from the sentences of a passage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from index.training.corpus import Article, Passage
from index.training.tokenizer import fold

_NUMBER = re.compile(r"\d[\d.,/]*")
_YEAR = re.compile(r"(1[5-9]|20)\d\d[.,;]?")
_CLAUSE = re.compile(r"[,;:()–]\s+")
_TAILS = ("là gì", "gì", "như thế nào", "ở đâu", "khi nào", "không", "là ai", "bao nhiêu", "vì sao", "nào", "ra sao")
_HEADS = ("Ai", "Cái gì", "Điều gì", "Khi nào", "Tại sao", "Nơi nào", "Có phải", "Bao nhiêu", "Cơ quan nào", "Vì sao")
_ENTITY = ("ai", "gì", "nào", "đâu", "người nào", "cái gì", "tổ chức nào", "cơ quan nào", "nước nào")
_SAYING = (
    "được quy định như thế nào",
    "gồm những gì",
    "được thực hiện như thế nào",
    "là bao nhiêu",
    "có được không",
    "đúng hay sai",
    "hay không",
    "vào thời gian nào",
    "do ai thực hiện",
    "để làm gì",
    "trong trường hợp nào",
)
_OPENING = (
    "Cho em hỏi",
    "Xin hỏi",
    "Theo quy định",
    "Cho biết",
    "Em muốn hỏi",
    "Có phải",
    "Hãy cho biết",
    "Nếu",
    "Ai là người",
)
_FILLER = (
    "em",
    "ạ",
    "thì",
    "có",
    "được",
    "phải",
    "cần",
    "những",
    "các",
    "và",
    "của",
    "cho",
    "trong",
    "khi",
    "như",
    "mình",
)
_DEFINITION = re.compile(r"^(?:\d+[.)] |[a-zđ]\) )?([^,;:()]{3,70}?) (?:\([^)]*\) )?(?:là|gồm|bao gồm) ")
_VIETNAMESE = re.compile(r"[ăâđêôơưà-ỹ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of the kinds of queries, and chances of what is done to them."""

    question: float = 0.62
    keywords: float = 0.14
    sentence: float = 0.08
    remove_source: float = 0.3
    only_source: float = 0.4
    folded: float = 0.16
    misspelt: float = 0.05
    drop_word: float = 0.1
    filler: float = 0.3
    news_headline: float = 0.55
    add_title: float = 0.3
    acronym: float = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and the passage it should find.

    Args:
        removed: the sentence to leave out of the passage, or -1.
        only: the sentences to leave of the passage, or (0, 0) for all.
    """

    query: str
    removed: int = -1
    only: tuple[int, int] = (0, 0)


def make_pair(article: Article, passage: Passage, mix: Mix, acronyms: dict[str, str], rng: Random) -> Pair:
    """One query for the passage: a rule-made question, keywords, a sentence, or its title and heading."""
    source = _draw(passage, rng)
    sentence = passage.sentences[source]
    draw, removed = rng.random(), -1
    if article.source == "news" and rng.random() < mix.news_headline:
        draw = 1.0
    if draw < mix.question:
        query = question(sentence, article, mix, rng)
    elif draw < mix.question + mix.keywords:
        query = keywords(passage, article, rng)
    elif draw < mix.question + mix.keywords + mix.sentence:
        query, removed = sentence, source
    else:
        query = headline(article, passage, rng) or question(sentence, article, mix, rng)
    if removed < 0 and rng.random() < mix.remove_source:
        removed = source
    if len(passage.sentences) < 3:
        removed = -1
    only = (source, source + rng.randint(1, 2)) if removed < 0 and rng.random() < mix.only_source else (0, 0)
    return Pair(disturb(swap_acronym(query, acronyms, mix, rng), mix, rng), removed, only)


def _draw(passage: Passage, rng: Random) -> int:
    """A sentence long enough to ask about, if a few draws find one."""
    at = 0
    for _ in range(4):
        at = rng.randrange(len(passage.sentences))
        if passage.sentences[at].count(" ") >= 6:
            break
    return at


def headline(article: Article, passage: Passage, rng: Random) -> str:
    """What stands above the passage: heading and title, or a news story's title or abstract."""
    if article.source == "news":
        return article.title if rng.random() < 0.5 or not article.summary else article.summary
    if not passage.heading:
        return ""
    if article.source == "legal" and rng.random() < 0.5:
        return passage.heading
    return f"{article.title} {passage.heading}" if rng.random() < 0.5 else f"{passage.heading} {article.title}"


def keywords(passage: Passage, article: Article, rng: Random) -> str:
    """A few words of one or two neighbouring sentences, mostly in order, rare-looking ones preferred."""
    at = rng.randrange(len(passage.sentences))
    words = " ".join(passage.sentences[at : at + rng.randint(1, 2)]).split()
    wanted = rng.randint(3, 9)
    start = rng.randrange(max(1, len(words) - 3 * wanted))
    window = words[start : start + 3 * wanted]
    chosen = [w for w in window if rng.random() < (0.75 if w[:1].isupper() or w[:1].isdigit() else 0.3)]
    if rng.random() < 0.3:
        chosen.insert(0, article.title)
    return " ".join(chosen or window)


def question(sentence: str, article: Article, mix: Mix, rng: Random) -> str:
    """A clause of the sentence with a number or a name replaced by a question word, words dropped, the title added."""
    defined = _DEFINITION.match(sentence)
    if defined and rng.random() < 0.35:
        return rng.choice(("{} là gì?", "Thế nào là {}?", "{} gồm những gì?", "{} là")).format(defined.group(1))
    words = clause(sentence, rng)
    words, asked = ask(words, rng)
    kept = [w for w in words if rng.random() >= mix.drop_word] or words
    if not asked:
        kept = [*kept, rng.choice(_TAILS + _SAYING)] if rng.random() < 0.7 else [rng.choice(_HEADS), *kept]
    elif rng.random() < 0.3:
        half = rng.randrange(len(kept))
        kept = kept[half:] + kept[:half]
    if rng.random() < mix.filler:
        kept.insert(rng.randrange(len(kept) + 1), rng.choice(_FILLER))
        kept = [rng.choice(_OPENING), *kept] if rng.random() < 0.5 else kept
    text = " ".join(kept).strip(",;.: ")
    if article.title and rng.random() < (mix.add_title if article.source != "news" else 0.05):
        text = f"Theo {article.title}, {text}" if article.source == "legal" else f"{text} {article.title}"
    return text + "?"


def clause(sentence: str, rng: Random) -> list[str]:
    """A run of 5 to 18 words that starts, if it can, where a clause starts."""
    words = sentence.split()
    length = rng.randint(6, 18)
    if len(words) <= length:
        return words
    starts = [0, *(len(sentence[: m.end()].split()) for m in _CLAUSE.finditer(sentence))]
    starts = [s for s in starts if s + 6 <= len(words)]
    start = rng.choice(starts) if starts and rng.random() < 0.7 else rng.randrange(len(words) - 5)
    return words[start : start + length]


def ask(words: list[str], rng: Random) -> tuple[list[str], bool]:
    """Replace one number or one capitalised name by a question word, where there is one."""
    spots = [i for i, w in enumerate(words) if _NUMBER.match(w)]
    if spots and rng.random() < 0.7:
        at = rng.choice(spots)
        if _YEAR.fullmatch(words[at]):
            return [*words[:at], rng.choice(("nào", "bao nhiêu")), *words[at + 1 :]], True
        return [*words[:at], rng.choice(("bao nhiêu", "mấy", "bao nhiêu")), *words[at + 1 :]], True
    names = [i for i, w in enumerate(words) if i and w[:1].isupper()]
    if not names or rng.random() < 0.4:
        return words, False
    first = last = rng.choice(names)
    while last + 1 < len(words) and words[last + 1][:1].isupper():
        last += 1
    return [*words[:first], rng.choice(_ENTITY), *words[last + 1 :]], True


def disturb(query: str, mix: Mix, rng: Random) -> str:
    """Take the diacritics off, or misspell one word, or leave the query as it is."""
    draw = rng.random()
    if draw < mix.folded:
        return fold(query)
    if draw < mix.folded + mix.misspelt:
        words = query.split()
        at = rng.randrange(len(words)) if words else 0
        if words:
            words[at] = misspell(words[at], rng)
        return " ".join(words)
    return query


def misspell(word: str, rng: Random) -> str:
    """A wrong tone, two letters swapped, or a letter lost."""
    if _VIETNAMESE.search(word) and rng.random() < 0.5:
        return fold(word)
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 2)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return swapped if rng.random() < 0.5 else word[:at] + word[at + 1 :]


def swap_acronym(query: str, acronyms: dict[str, str], mix: Mix, rng: Random) -> str:
    """Write one acronym of the query in full, or one full form as its acronym (`acronyms` holds both directions)."""
    if rng.random() >= mix.acronym:
        return query
    words = query.split()
    for size in range(min(7, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            key = " ".join(words[at : at + size]).strip("?,.;:")
            other = acronyms.get(key if size == 1 else key.lower())
            if other:
                return " ".join([*words[:at], other, *words[at + size :]])
    return query


_DEFINED = re.compile(r"((?:[^\W\d]+[ -]){2,9})\(([A-ZĐ&-]{2,8})\)")


def find_acronyms(text: str, found: dict[tuple[str, str], int]) -> None:
    """Count "Mặt trận Tổ quốc (MTTQ)": the letters must be the initials of the words before the bracket."""
    for match in _DEFINED.finditer(text):
        short = match.group(2)
        letters = [c for c in short if c.isalpha()]
        words = match.group(1).replace("-", " ").split()[-len(letters) :]
        if [fold(w[0]).upper() for w in words] == [fold(letter) for letter in letters]:
            key = (short, " ".join(words).lower())
            found[key] = found.get(key, 0) + 1


def acronym_table(found: dict[tuple[str, str], int], least: int = 3) -> dict[str, str]:
    """Both directions, the most frequent reading of each."""
    table: dict[str, str] = {}
    for (short, full), times in sorted(found.items(), key=lambda item: (item[1], item[0])):
        if times >= least:
            table[short] = full
            table[full] = short
    return table
