import { describe, expect, test } from "vitest";
import type { Language } from "../language.ts";
import { countSyllables } from "./syllables.ts";

/** Parted by hand. */
const PARTED: Readonly<Record<Language, string>> = {
  es: `ca-sa fuer-za a-é-re-o pa-ís gui-ta-rra quie-ro ver-güen-za a-ho-ra pro-hí-be bú-ho des-ahu-ciar Pa-ra-guay muy y
    yo hay ley le-yes cons-truir cons-truí cons-truí-ais le-í-ais ciu-dad viu-da rui-do dí-a ma-íz o-ír re-al po-e-ta
    cre-er te-a-tro al-co-hol va-hí-do buey es-tu-diáis lim-piéis ha-bí-a can-ción u-ni-ver-si-dad in-ves-ti-ga-ción
    le-er es-tu-dian-te a-gua an-ti-güe-dad guion trans-por-te lí-ne-a i-de-a hé-ro-e ca-ca-hue-te hue-vo ma-yor pla-ya
    chi-í-ta an-ti-in-fla-ma-to-rio quin-ce bai-le cau-sa rei-na deu-da hoy es-toy a-brí-ais pe-rí-o-do cuí-da-te
    a-ca-dé-mi-co ex-pe-rien-cia te-o-rí-a ÁR-BOL`,
  pt: `ca-sa his-tó-ria a-le-gri-a di-a á-gua quan-do lín-gua lin-gua-gem coi-sa mui-to mãe pão a-ções o-pi-ni-ão
    re-gi-ão sa-ú-de pa-ís ra-i-nha ru-im a-in-da ca-ir po-lu-i-ção po-e-ta co-or-de-nar ao vi-a-gem so-ci-al
    es-pe-ci-al ci-ên-cia ex-pe-ri-ên-cia sé-rie fre-quen-te que quin-ze mai-or prai-a mei-o i-dei-a di-á-rio cui-da-do
    ques-tão põe i-gual su-a mu-lher vi-o-lên-cia so-ci-e-da-de pro-du-ção na-ci-o-nal se-cre-tá-ria fa-zi-am ju-iz
    qual-quer`,
  en: `the stu-dent teach-er read-ing re-quest na-tion so-cial ques-tion u-ni-ver-si-ty re-search es-say state-ment
    com-plete com-plete-ly de-ci-ded want-ed walked played em-ployed call-ing called ta-bles ta-ble lit-tle peo-ple
    e-du-ca-tion im-por-tant dif-fi-cult sci-en-tif-ic so-ci-e-ty pa-tient va-ri-e-ty qui-et busi-ness i-de-a be-ing
    mu-se-um ra-di-o pre-vi-ous se-ri-ous con-scious cre-ate cre-at-ed re-la-tion-ship un-der-stand-ing gov-ern-ment
    how-ev-er there-fore lan-guage u-nique col-league rhy-thm crit-i-cis-m au-to-mat-ic-ally ac-tu-al jan-u-ar-y don't
    box-es hous-es chang-es makes hopes ho-ping`,
};

test.each(["es", "en", "pt"] as const)("%s: words parted by hand", (language) => {
  const words = PARTED[language].split(/\s+/);
  const wrong = words.filter(
    (word) => countSyllables(word.replaceAll("-", ""), language) !== word.split("-").length,
  );
  expect(wrong).toEqual([]);
  expect(words.length).toBeGreaterThanOrEqual(language === "pt" ? 30 : 60);
});

describe("a word", () => {
  test("of several parts has the syllables of all", () => {
    expect(countSyllables("teórico-práctico", "es")).toBe(7);
    expect(countSyllables("well-being", "en")).toBe(3);
  });

  test("without a vowel has one syllable, without a letter none", () => {
    expect(countSyllables("CSS", "es")).toBe(1);
    expect(countSyllables("2015", "es")).toBe(0);
  });

  test("reads the same with its accents apart", () => {
    expect(countSyllables("país".normalize("NFD"), "es")).toBe(2);
  });
});
