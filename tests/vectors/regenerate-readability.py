#!/usr/bin/env python3
"""Regenerates readability.json: figures of texts drawn from words that were parted into syllables by hand.

The formulas are written here a second time, from the papers; nothing of the TypeScript is used.
Run with any Python 3 that has numpy:  python3 tests/vectors/regenerate-readability.py
"""
import collections
import json
import pathlib
import random

import numpy

WORDS = {
    "es": "la el de que y en los se un por con u-na su pa-ra co-mo más o pe-ro sus le ya fue es-te ha des-de to-do nos "
    "du-ran-te u-no ni con-tra o-tros fue-ron e-se es-to mí an-tes al-gu-nos qué u-nos yo o-tro o-tras o-tra él tan-to "
    "e-sa es-tos mu-cho quie-nes na-da mu-chos cual po-co e-lla es-tar es-tas al-gu-nas al-go no-so-tros u-ni-ver-si-dad "
    "es-tu-dian-te in-ves-ti-ga-ción his-to-ria ciu-dad cam-po li-bro re-sul-ta-do mé-to-do cien-cia te-o-rí-a "
    "es-cue-la pro-fe-so-ra a-gua pa-ís ca-mi-no tra-ba-jo",
    "en": "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they "
    "which one you were her all she there would their we him been has when who will more no if out so said what up its "
    "a-bout in-to than them can on-ly oth-er new some could time these two may then do first an-y my now such like "
    "stu-dent pa-per re-sult meth-ods his-to-ry teach-er rea-son gar-den win-dow let-ter num-ber re-mem-ber "
    "im-por-tant",
    "pt": "a o de que e do da em um pa-ra com u-ma os no se na por mais as dos co-mo mas foi ao e-le das tem seu su-a ou "
    "ser quan-do mui-to há nos já es-tá eu tam-bém só pe-lo pe-la a-té is-so e-la en-tre e-ra de-pois sem mes-mo "
    "ter seus quem nas me es-se e-les es-tão vo-cê ti-nha fo-ram es-sa num nem su-as meu mi-nha u-ni-ver-si-da-de "
    "es-tu-dan-te his-tó-ria ci-da-de li-vro tra-ba-lho re-sul-ta-do mé-to-do es-co-la pa-ís á-gua ci-ên-cia",
}


def syllables(hyphenated):
    return hyphenated.count("-") + 1


def one_way(words, factor=0.72):
    factors, types, tokens = 0.0, set(), 0
    ratio = 1.0
    for word in words:
        tokens += 1
        types.add(word)
        ratio = len(types) / tokens
        if ratio < factor:
            factors += 1
            types, tokens, ratio = set(), 0, 1.0
    if tokens:
        factors += (1 - ratio) / (1 - factor)
    return len(words) / factors


def describe(language, sentences):
    hyphenated = [word for sentence in sentences for word in sentence]
    words = [fold(word.replace("-", "")) for word in hyphenated]
    lengths = numpy.array([len(sentence) for sentence in sentences], float)
    count = collections.Counter(words)
    per_word = sum(syllables(word) for word in hyphenated) / len(words)
    per_sentence = len(words) / len(sentences)
    figures = {
        "words": len(words),
        "sentences": len(sentences),
        "mean_sentence_words": lengths.mean(),
        "mean_word_letters": numpy.mean([len(word.replace("-", "")) for word in hyphenated]),
        "burstiness": (lengths.std() - lengths.mean()) / (lengths.std() + lengths.mean()),
        "type_token_ratio": len(count) / len(words),
        "hapax_ratio": sum(1 for n in count.values() if n == 1) / len(words),
        "mtld": (one_way(words) + one_way(words[::-1])) / 2 if len(words) >= 100 else None,
        "syllables_per_word": per_word,
    }
    if language == "es":
        figures["fernandez_huerta"] = 206.84 - 60 * per_word - 1.02 * per_sentence
        figures["szigriszt_pazos"] = 206.835 - 62.3 * per_word - per_sentence
    if language == "en":
        figures["flesch"] = 206.835 - 84.6 * per_word - 1.015 * per_sentence
    if language == "pt":
        figures["flesch_martins"] = 248.835 - 84.6 * per_word - 1.015 * per_sentence
    return {key: None if value is None else round(float(value), 6) for key, value in figures.items()}


def fold(word):
    return word.translate(str.maketrans("áàâãéêíóôõúüç", "aaaaeeiooouuc"))


# Before a full stop these would be abbreviations.
NEVER_LAST = {"no", "al", "a", "e", "o", "y"}


def draw(language, seed):
    rng = random.Random(seed)
    vocabulary = WORDS[language].split()
    weights = [1 / (rank + 4) for rank in range(len(vocabulary))]
    sentences = []
    for _ in range(rng.randint(8, 25)):
        sentence = rng.choices(vocabulary, weights, k=rng.choice([4, 7, 9, 12, 18, 30]))
        while sentence[-1].replace("-", "") in NEVER_LAST or len(sentence[-1]) < 3:
            sentence[-1] = rng.choice(vocabulary)
        sentences.append(sentence)
    return sentences


def text_of(sentences):
    plain = [" ".join(word.replace("-", "") for word in sentence) for sentence in sentences]
    return " ".join(sentence[0].upper() + sentence[1:] + "." for sentence in plain)


cases = []
for language in ("es", "en", "pt"):
    for seed in range(6):
        sentences = draw(language, seed)
        if sum(map(len, sentences)) < 100:
            sentences += draw(language, seed + 100)
        cases.append({"language": language, "text": text_of(sentences), "figures": describe(language, sentences)})

document = {"source": "regenerate-readability.py: formulas from the papers, syllables parted by hand", "cases": cases}
target = pathlib.Path(__file__).with_name("readability.json")
target.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
