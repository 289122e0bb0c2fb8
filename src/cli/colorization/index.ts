import { type Command, InvalidArgumentError, Option } from "commander";
import { withGlobalOptions } from "../global-options.ts";
import { type ColorizeOptions, colourPages } from "./colour-pages.ts";
import { addPaletteCommands } from "./palette/index.ts";

type GivenOptions = Omit<ColorizeOptions, "style"> & { readonly style?: readonly string[] };

export function addColorizationCommands(program: Command): void {
  const colorize = withGlobalOptions(
    program
      .command("colorize")
      .description("colour manga pages from a style reference")
      .usage("[options] <pages...>  or  colorize palette ...")
      .argument("<pages...>", "pictures, folders of them, zip or cbz")
      .option("--style <picture>", "coloured picture of the same characters; may be repeated", collect)
      .option(
        "-o, --out <file>",
        "archive of coloured pages (default: beside the first page, as -coloured.cbz)",
      )
      .option(
        "--strength <share>",
        "0 leaves the pages as they are, 1 colours them fully",
        (text) => numberWithin(text, 0, 1),
        1,
      )
      .option("--seed <number>", "the same seed gives the same bytes (default: one for each page)", (text) =>
        numberWithin(text, 0, Number.MAX_SAFE_INTEGER),
      )
      .option("--chapter <name>", "pages of one chapter share their colours", "command-line")
      .addOption(
        new Option("--engine <name>", "flux where the server has a ComfyUI")
          .choices(["embedded", "flux"])
          .default("embedded"),
      ),
  ).action((pages: string[], { style, ...options }: GivenOptions, command: Command) => {
    // not a required option of commander's: that would hold for `colorize palette` too
    if (style === undefined) command.error("error: required option '--style <picture>' not specified");
    return colourPages(pages, { ...options, style });
  });
  addPaletteCommands(colorize.command("palette"));
  addPaletteCommands(program.command("colorize-palette", { hidden: true }));
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function numberWithin(text: string, least: number, most: number): number {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (number >= least && number <= most) return number;
  throw new InvalidArgumentError(`It has to be a number from ${least} to ${most}.`);
}
