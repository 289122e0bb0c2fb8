import * as contract from "../../../contracts/colorization/index.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { type ChangePaletteDeps, changePalette } from "../actions/change-palette.ts";
import { readSeries } from "../actions/read-characters.ts";
import { scopeOfSeries } from "../characters.ts";
import { presentCharacters, presentSettled } from "../present-palette.ts";
import type { PaletteStore } from "../store/palette-store.ts";

export interface PaletteRouteDeps extends ChangePaletteDeps {
  readonly palettes: PaletteStore;
}

/** Colours that chapters have settled on, and colours of characters. */
export function paletteRoutes(deps: PaletteRouteDeps): BoundRoute[] {
  const chapter = async (chapterId: string, full = false) => ({
    chapter_id: chapterId,
    ...presentSettled(await deps.palettes.findOfChapter(chapterId)),
    characters: presentCharacters(await deps.parts.list(chapterId), full),
  });
  const series = async (name: string, full = false) => ({
    series: name,
    characters: presentCharacters(await deps.parts.list(scopeOfSeries(name)), full),
  });
  const changeChapter = async (chapterId: string, body: object, anew: boolean, signal: AbortSignal) => {
    await changePalette(deps, { scope: chapterId, chapterId, anew, signal }, { ...body });
    return chapter(chapterId);
  };
  const changeSeries = async (name: string, body: object, anew: boolean, signal: AbortSignal) => {
    await changePalette(deps, { scope: scopeOfSeries(name), chapterId: null, anew, signal }, { ...body });
    return series(name);
  };

  return [
    route(contract.chapterPalette, ({ input }) => chapter(input.chapter_id, input.full)),
    route(contract.putChapterPalette, ({ input: { chapter_id: id, ...body }, signal }) =>
      changeChapter(id, body, true, signal),
    ),
    route(contract.patchChapterPalette, ({ input: { chapter_id: id, ...body }, signal }) =>
      changeChapter(id, body, false, signal),
    ),
    route(contract.deleteChapterPalette, async ({ input: { chapter_id: id, character, label } }) => ({
      deleted: await deps.parts.remove(id, character, label),
    })),
    route(contract.seriesPalette, ({ input }) => series(readSeries(input.series), input.full)),
    route(contract.putSeriesPalette, ({ input: { series: name, ...body }, signal }) =>
      changeSeries(readSeries(name), body, true, signal),
    ),
    route(contract.patchSeriesPalette, ({ input: { series: name, ...body }, signal }) =>
      changeSeries(readSeries(name), body, false, signal),
    ),
    route(contract.deleteSeriesPalette, async ({ input: { series: name, character, label } }) => ({
      deleted: await deps.parts.remove(scopeOfSeries(readSeries(name)), character, label),
    })),
  ];
}
