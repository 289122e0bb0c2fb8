import { latin } from "./latin.ts";
import { MARK, trimPunctuation } from "./markers.ts";

const NUMBER = "[A-Za-z]{0,3}\\d[\\d.]{0,6}[A-Za-z]?";
const DASH = "\\s?[-\\u2010\\u2011–—−]{1,3}\\s?";
const RANGE = `${NUMBER}(?:${DASH}${NUMBER})?\\+?`;
const RANGES = `${RANGE}(?:(?:,\\s?|;\\s|\\s(?:and|y|e|&)\\s|\\s)\\d+(?:${DASH}\\d+)?)*`;

/** Pages that say so: `pp. 12-34`, `págs. 3, 7`, `S. 27-63`, `368 pp.`, `abstract #3109`. */
const NAMED_PAGES = latin(
  `[\\s([,;:]{0,4}(?:\\b(?:pages?|pp?|págs?|páginas?|pags?|pgs?)\\b\\.?\\s?(?<range>${RANGES})|\\b(?:S\\.|ss\\.)\\s?(?<german>\\d+${DASH}\\d+)|(?<![-–\\d])\\b(?<total>\\d{1,4}(?:${DASH}\\d{1,4})?)\\s?(?:pp?\\b|págs?\\b|pages\\b|páginas\\b)\\.?|\\b(?<article>(?:abstract|article|artículo|art\\.)\\s#?[eE]?\\d+))[)\\]]?`,
  "i",
);
/** Volume and issue with their names: `Vol. 43, No. 2`, `v. 10, n. 2`, `20, no 3`, `n°95`, `2 vols.` */
const ISSUE_NAME = "(?:nos?\\b\\.?|núm\\b\\.?|num\\b\\.?|nº|n°|nr\\b\\.?|n\\.|issue|number|número|#)";
const VOLUME_VALUE = "(?:\\d{1,4}[A-Z]?(?:[/-]\\d+)?|[IVXLC]+\\b|[A-Z]-?\\d+)";
const GAP = "[\\s,:;.()\\[\\]]{0,6}";
const NAMED_VOLUME = latin(
  `[\\s(,;:]{0,4}(?:\\b(?:vols?|volumes?|v|tomo|t|bd|band)\\b\\.?\\s?(?<volume>${VOLUME_VALUE})(?![\\p{L}])(?:\\s?,?\\s?(?:${ISSUE_NAME})\\s?(?<issue>\\d+(?:[-–/]\\d+)?)|\\s?,?\\s?\\((?:${ISSUE_NAME}\\s?)?(?<bracketed>\\d{1,4}(?:[-–/]\\d{1,2})?)\\))?|(?<plain>\\d+)\\s?,?\\s?\\(?(?:${ISSUE_NAME})\\s?(?<plainIssue>\\d+(?:[-–/]\\d+)?)\\)?|(?:${ISSUE_NAME})\\s?(?<only>\\d+(?:[-–/]\\d+)?)(?!\\p{L})|\\b(?<count>\\d+)\\s(?:vols?|volumes|tomos|v)\\b\\.?)[)]?`,
  "i",
);
/** `27 (11)`, `A27(3)`, `93(September/October 2011)` */
const VOLUME_ISSUE = latin(
  `(?<=[\\s,;.:\\uE000])(?<volume>${VOLUME_VALUE}),?\\s?\\((?:(?:${ISSUE_NAME}|[Nn]os?\\.?|[Nn]º|[Nn]úm\\.?)\\s?)?(?<issue>\\d{1,4}(?:[-–/,]\\s?\\d{1,3})?|(?:Suppl|Supl|Pt|Part|Special|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Fall|Autumn|Winter)[\\p{L}\\d .,/–-]{0,20})\\)`,
  "",
);
/** `12: 345-6`, `12, 345–350`, `51:197–204`, `72, 899` */
const VOLUME_PAGES = latin(
  `(?<=[\\s,;.\\uE000])(?<volume>${VOLUME_VALUE})\\s?[,:;.]\\s?(?<pages>${NUMBER}${DASH}${NUMBER}|(?:e|S)?\\d+(?=${GAP}[\\uE000-\\uE003]*${GAP}$))`,
  "",
);
/** A range of pages without any name, behind what closes a field. */
const BARE_PAGES = latin(
  `(?<=[,:;.)\\uE000\\uE002]\\s?\\(?)(?<pages>${NUMBER}${DASH}${NUMBER}(?:,\\s?\\d+${DASH}\\d+)?)(?=\\)?\\s*(?:[.,;)\\uE000-\\uE006]|$))|(?<=\\s\\()(?!(?:1[4-9]|20)\\d\\d${DASH}(?:1[4-9]|20)\\d\\d)(?<bracketed>\\d{1,4}${DASH}\\d{1,4})(?=\\))|(?<=\\s)(?<loose>\\d+${DASH}\\d+)(?=[\\s.,;]*(?:[\\uE000-\\uE003]|$))`,
  "",
);
const ONE_PAGE = /\uE002[\s,:;.]*(?<pages>[A-Za-z]{0,2}\d{1,6}[A-Za-z]?)(?=[\s.,;()]*(?:[\uE000\uE003]|$))/;
/** A bare number where a volume would stand: before the pages or the date, or between the date and the pages. */
const BARE_VOLUME = latin(
  `(?<=[\\p{L}\\d.,)»”"*]\\s|\\uE000${GAP})(?<volume>\\d{1,4}[A-Z]?(?:[.,/-]\\s?\\d{1,4}){0,2}|[A-Z]\\d{1,3}|(?<=[,.]\\s)(?:[IVX]|[IVXLC]{2,6}))(?=${GAP}[\\uE000\\uE001]|[\\s.]*$)`,
  "",
);

export interface Locators {
  readonly volume: string;
  readonly issue: string;
  readonly pages: string;
  /** What is left, with marks in the places. */
  readonly rest: string;
}

/** Takes volume, issue and pages out of what follows authors; the date has left its mark already. O(length). */
export function takeLocators(text: string): Locators {
  let rest = text;
  let volume = "";
  let issue = "";
  let pages = "";
  const take = (pattern: RegExp, mark: string): Record<string, string | undefined> | null => {
    const match = pattern.exec(rest);
    if (match === null) return null;
    rest = `${rest.slice(0, match.index)} ${mark} ${rest.slice(match.index + match[0].length)}`;
    return match.groups ?? {};
  };
  const named = take(NAMED_PAGES, MARK.pages);
  if (named !== null) pages = named.range ?? named.german ?? named.total ?? named.article ?? "";
  const volumeNamed = take(NAMED_VOLUME, MARK.volume);
  if (volumeNamed !== null) {
    volume = volumeNamed.volume ?? volumeNamed.plain ?? volumeNamed.count ?? "";
    issue = volumeNamed.issue ?? volumeNamed.bracketed ?? volumeNamed.plainIssue ?? volumeNamed.only ?? "";
  } else {
    const both = take(VOLUME_ISSUE, MARK.volume);
    if (both !== null) ({ volume = "", issue = "" } = both);
  }
  if (volumeNamed === null && volume === "" && pages === "") {
    const joint = take(VOLUME_PAGES, MARK.volume + MARK.pages);
    if (joint !== null) ({ volume = "", pages = "" } = joint);
  }
  if (pages === "") {
    const bare = take(BARE_PAGES, MARK.pages) ?? take(ONE_PAGE, MARK.volume + MARK.pages);
    if (bare !== null) pages = bare.pages ?? bare.bracketed ?? bare.loose ?? "";
  }
  if (volume === "" && issue === "") {
    const bare = take(BARE_VOLUME, MARK.volume);
    if (bare !== null) volume = bare.volume ?? "";
  }
  return { volume, issue: issue.trim(), pages: trimPunctuation(pages), rest };
}
