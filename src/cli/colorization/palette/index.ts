import type { Command } from "commander";
import { withServer } from "../../connection.ts";
import { withGlobalOptions } from "../../global-options.ts";
import { printResult } from "../../output.ts";
import { saveStream } from "../../save-stream.ts";
import { describePalette } from "./describe-palette.ts";
import { readPaletteFile } from "./palette-file.ts";
import { demandPart, noSuchPart, type PaletteOptions, takeApart } from "./scope.ts";
import { setPart } from "./set-part.ts";

/** Adds what can be done with a palette; without a verb it is listed. */
export function addPaletteCommands(palette: Command): void {
  palette.description("colours of characters, of a chapter or a series");
  verb(palette, "list", "[chapter]", "its characters' colours, and those it has settled on", true).action(
    list,
  );
  verb(palette, "set", "<words...>", "CHAPTER CHARACTER PART #RRGGBB: give a part of a character a colour")
    .option("--lock", "keep it whatever the references have")
    .option("--page <n>", "where it is: on this page of the chapter, together with --at")
    .option("--at <x,y>", "where it is on that page, in pixels")
    .option("--chapter <name>", "with --series: whose page it is")
    .option("--instead <colour>", "the references' colour that it takes the place of")
    .action(setPart);
  verb(palette, "lock", "<words...>", "CHAPTER CHARACTER PART: keep its colour").action(lockPart(true));
  verb(palette, "unlock", "<words...>", "CHAPTER CHARACTER PART: let it follow").action(lockPart(false));
  verb(palette, "rm", "<words...>", "CHAPTER CHARACTER [PART]: forget a colour or a character").action(
    remove,
  );
  verb(palette, "export", "[chapter]", "as JSON with what the parts are found by")
    .option("-o, --out <file>", "where to (default: standard output)")
    .action(exportPalette);
  verb(
    palette,
    "import",
    "<words...>",
    "CHAPTER FILE: the characters anew, as another export has them",
  ).action(importPalette);
}

function verb(palette: Command, name: string, words: string, text: string, isDefault = false): Command {
  return withGlobalOptions(
    palette
      .command(`${name} ${words}`, { isDefault })
      .description(text)
      .option("--series <name>", "of a series, in place of the chapter"),
  );
}

async function list(chapter: string | undefined, options: PaletteOptions, command: Command): Promise<void> {
  const { scope } = takeApart(given(chapter), options, command);
  await withServer(options, async (client) =>
    printResult(await scope.read(client, false), options.json, describePalette),
  );
}

function lockPart(locked: boolean) {
  return async (words: string[], options: PaletteOptions, command: Command): Promise<void> => {
    const { scope, rest } = takeApart(words, options, command, ["CHARACTER", "PART"]);
    const [name, label] = rest as [string, string];
    await withServer(options, async (client) => {
      demandPart(await scope.read(client, false), scope.name, name, label);
      const change = { characters: [{ name, colours: [{ label, locked }] }] };
      printResult(await scope.patch(client, change), options.json, describePalette);
    });
  };
}

async function remove(words: string[], options: PaletteOptions, command: Command): Promise<void> {
  const { scope, rest } = takeApart(words, options, command, ["CHARACTER", "PART"], 1);
  const [character, label] = rest as [string, string?];
  await withServer(options, async (client) => {
    const removed = await scope.remove(client, { character, label });
    if (removed.deleted === 0) throw noSuchPart(scope.name, character, label);
    printResult(removed, options.json, ({ deleted }) => `forgotten: ${deleted}`);
  });
}

async function exportPalette(
  chapter: string | undefined,
  options: PaletteOptions & { readonly out?: string },
  command: Command,
): Promise<void> {
  const { scope } = takeApart(given(chapter), options, command);
  const palette = await withServer(options, (client) => scope.read(client, true));
  const text = `${JSON.stringify({ characters: palette.characters })}\n`;
  if (options.out === undefined) {
    process.stdout.write(text);
    return;
  }
  const file = options.out;
  const bytes = await saveStream(file, new Blob([text]).stream());
  const colours = palette.characters.reduce((sum, { colours: own }) => sum + own.length, 0);
  printResult({ file, bytes, colours }, options.json, () => `${file}: ${colours} colours of characters`);
}

async function importPalette(words: string[], options: PaletteOptions, command: Command): Promise<void> {
  const { scope, rest } = takeApart(words, options, command, ["FILE"]);
  const characters = await readPaletteFile(rest[0]!);
  await withServer(options, async (client) =>
    printResult(await scope.put(client, { characters }), options.json, describePalette),
  );
}

function given(chapter: string | undefined): readonly string[] {
  return chapter === undefined ? [] : [chapter];
}
