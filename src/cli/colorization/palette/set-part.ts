import type { Command } from "commander";
import { withServer } from "../../connection.ts";
import { printResult } from "../../output.ts";
import { describePalette } from "./describe-palette.ts";
import { type PaletteOptions, takeApart } from "./scope.ts";

export interface SetOptions extends PaletteOptions {
  readonly lock?: boolean;
  readonly page?: string;
  readonly at?: string;
  readonly instead?: string;
  readonly chapter?: string;
}

const COLOUR = /^#?[0-9a-f]{6}$/i;
const POINT = /^(\d+),(\d+)$/;

/** Gives a part of a character a colour; a part that is new has to be pointed at, or say what it takes the place of. */
export async function setPart(words: string[], options: SetOptions, command: Command): Promise<void> {
  const { scope, rest } = takeApart(words, options, command, ["CHARACTER", "PART", "#RRGGBB"]);
  const [name, label, colour] = rest as [string, string, string];
  const part = {
    label,
    colour: hexColour(colour, command),
    // what is new follows the work unless it is locked; what is there keeps its state
    ...(options.lock === true ? { locked: true } : {}),
    ...(options.instead === undefined ? {} : { instead: hexColour(options.instead, command) }),
    ...pointedAt(options, command),
  };
  await withServer(options, async (client) => {
    const { characters } = await scope.read(client, false);
    const known = characters
      .find((character) => character.name === name)
      ?.colours.some((one) => one.label === label);
    const change = { characters: [{ name, colours: [known ? part : { locked: false, ...part }] }] };
    printResult(await scope.patch(client, change), options.json, describePalette);
  });
}

/** `#` may be left out: shells read it as the beginning of a comment. */
function hexColour(text: string, command: Command): string {
  if (!COLOUR.test(text)) command.error(`error: ${text} is no colour: write it as "#a0283c" or a0283c`);
  return `#${text.replace("#", "").toLowerCase()}`;
}

function pointedAt({ page, at, chapter, series }: SetOptions, command: Command) {
  if (page === undefined && at === undefined) return {};
  const point = POINT.exec(at ?? "");
  if (point === null || !/^\d{1,6}$/.test(page ?? "")) {
    command.error("error: --page and --at belong together: --page 3 --at 120,400");
  }
  if (series !== undefined && chapter === undefined) {
    command.error("error: beside --series, --chapter names the chapter whose page it is");
  }
  const place = { page_num: Number(page), x: Number(point[1]), y: Number(point[2]) };
  return { at: [chapter === undefined ? place : { ...place, chapter_id: chapter }] };
}
