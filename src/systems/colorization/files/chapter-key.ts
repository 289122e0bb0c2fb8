import { slug } from "./page-names.ts";

/** A key has two names and a colon, and no more than the 200 characters that an address takes. */
const MAX_NAME = 99;
/** Letters and digits of scripts of which a slug leaves nothing. */
const OTHER_SCRIPT = /[[\p{L}\p{N}]--[\p{ASCII}\p{Script=Latin}]]/v;

/**
 * What a series, or a chapter, of dialect B is known by. The slug, as in its folder's name; where that would have lost
 * whole words the name itself, so that no two names in Japanese are one.
 */
export function nameKey(name: string, fallback: string): string {
  if (!OTHER_SCRIPT.test(name)) return slug(name, fallback).slice(0, MAX_NAME);
  const kept = name.trim().replaceAll(/[\p{Cc}/\\:]+/gu, "_");
  return kept.slice(0, MAX_NAME).toWellFormed();
}

/** The manga of clients that name none. */
export const DEFAULT_MANGA = "manga_default";

/**
 * What a chapter of dialect B is found by in dialect A, which knows no series: chapters of one name are apart, and no
 * slug has a colon. Clients that name no manga find theirs by the chapter's name alone.
 */
export function chapterKey(mangaName: string, chapterName: string): string {
  const manga = nameKey(mangaName, DEFAULT_MANGA);
  const chapter = nameKey(chapterName, "chapter_001");
  return manga === DEFAULT_MANGA ? chapter : `${manga}:${chapter}`;
}
