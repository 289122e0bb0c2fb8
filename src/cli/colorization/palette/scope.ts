import type { Command } from "commander";
import type { QuatrainClient } from "../../../client/index.ts";
import * as contract from "../../../contracts/colorization/index.ts";
import type { AnswerOf, ClientInputOf } from "../../../contracts/route.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { GlobalOptions } from "../../global-options.ts";

export interface PaletteOptions extends GlobalOptions {
  readonly series?: string;
}

/** What both kinds of palettes answer; only a chapter has colours that it has settled on. */
export type Palette =
  | AnswerOf<typeof contract.chapterPalette>
  | (AnswerOf<typeof contract.seriesPalette> & { readonly colours?: undefined });

type Change = Pick<ClientInputOf<typeof contract.patchChapterPalette>, "characters">;
type Removal = Pick<ClientInputOf<typeof contract.deleteChapterPalette>, "character" | "label">;

/** The palette of a chapter or of a series. */
export interface PaletteScope {
  readonly name: string;
  read(client: QuatrainClient, full: boolean): Promise<Palette>;
  put(client: QuatrainClient, change: Change): Promise<Palette>;
  patch(client: QuatrainClient, change: Change): Promise<Palette>;
  remove(client: QuatrainClient, removal: Removal): Promise<{ readonly deleted: number }>;
}

/**
 * Takes the words of a command apart: the chapter comes first unless `--series` stands for it.
 * @param wanted what the words after the chapter are called; the last ones may be absent, down to `least`
 * @throws CommanderError where there are too few words or too many
 */
export function takeApart(
  words: readonly string[],
  { series }: PaletteOptions,
  command: Command,
  wanted: readonly string[] = [],
  least = wanted.length,
): { scope: PaletteScope; rest: readonly string[] } {
  const names = series === undefined ? ["CHAPTER", ...wanted] : wanted;
  const fewest = names.length - (wanted.length - least);
  if (words.length < fewest || words.length > names.length) {
    const inWords = `${names.length > 0 ? names.join(" ") : "nothing"}${series === undefined ? "" : " beside --series"}`;
    command.error(`error: takes ${inWords}, not ${words.length} words`);
  }
  if (series !== undefined) return { scope: ofSeries(series), rest: words };
  return { scope: ofChapter(words[0]!), rest: words.slice(1) };
}

/** @throws QuatrainError `no_such_colour` (404) where the palette does not have it */
export function demandPart({ characters }: Palette, where: string, character: string, part: string): void {
  const has = characters.some(
    ({ name, colours }) => name === character && colours.some(({ label }) => label === part),
  );
  if (!has) throw noSuchPart(where, character, part);
}

export function noSuchPart(where: string, character: string, part?: string) {
  const what = part === undefined ? `character ${character}` : `${part} of ${character}`;
  return userError(
    "no_such_colour",
    404,
    `The palette of ${where} has no ${what}: \`colorize palette\` lists what it has`,
  );
}

function ofChapter(chapterId: string): PaletteScope {
  const chapter = { chapter_id: chapterId };
  return {
    name: chapterId,
    read: (client, full) => client.call(contract.chapterPalette, { ...chapter, full }),
    put: (client, change) => client.call(contract.putChapterPalette, { ...chapter, ...change }),
    patch: (client, change) => client.call(contract.patchChapterPalette, { ...chapter, ...change }),
    remove: (client, removal) => client.call(contract.deleteChapterPalette, { ...chapter, ...removal }),
  };
}

function ofSeries(series: string): PaletteScope {
  return {
    name: series,
    read: (client, full) => client.call(contract.seriesPalette, { series, full }),
    put: (client, change) => client.call(contract.putSeriesPalette, { series, ...change }),
    patch: (client, change) => client.call(contract.patchSeriesPalette, { series, ...change }),
    remove: (client, removal) => client.call(contract.deleteSeriesPalette, { series, ...removal }),
  };
}
