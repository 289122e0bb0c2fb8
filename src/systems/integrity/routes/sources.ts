import * as contract from "../../../contracts/integrity/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { type BoundRoute, route } from "../../../platform/http/bound-route.ts";
import { type AddSourceFilesDeps, addSourceFiles } from "../actions/add-source-files.ts";
import { addSources, readNames, readSources } from "../actions/add-sources.ts";
import { type DeleteSourceDeps, deleteSource } from "../actions/delete-source.ts";
import { listSources } from "../actions/list-sources.ts";
import { actorOf } from "../actor.ts";
import { presentSource } from "../present/sources.ts";
import type { SourceRecord } from "../store/source-store.ts";

/** Texts to compare with that are no cases: spec/integrity.md section 5. */
export function sourceRoutes(deps: AddSourceFilesDeps & DeleteSourceDeps): BoundRoute[] {
  const { sources } = deps;

  const find = async (id: string): Promise<SourceRecord> => {
    const found = await sources.findSource(id);
    if (found === null) throw noSuchSource();
    return found;
  };

  return [
    route(contract.addSources, async ({ input, files, principal, signal }) => {
      const actor = actorOf(principal);
      const { added, failed } =
        files.file.length > 0
          ? await addSourceFiles(deps, files.file, readNames(input), actor, signal)
          : {
              added: await addSources(deps, readSources(input, deps.settings.maxTextLength), actor, signal),
              failed: [],
            };
      const [first] = failed;
      if (added.length === 0 && first !== undefined) {
        const reasons = failed.map(({ filename, error }) => `${filename}: ${error}`).join("; ");
        throw userError(first.code.toLowerCase(), 400, reasons.slice(0, 4_000));
      }
      return {
        status: "success" as const,
        id: added[0]?.id ?? null,
        sources: added.map(presentSource),
        failed,
      };
    }),

    route(contract.listSources, async ({ input }) => {
      const page = await listSources(sources, input);
      return {
        status: "success" as const,
        total: page.total,
        returned: page.sources.length,
        sources: page.sources.map(presentSource),
        next_cursor: page.nextCursor,
      };
    }),

    route(contract.getSource, async ({ input }) => {
      const found = await find(input.source_id);
      const texto = await deps.documents.textOf(found.id);
      return { status: "success" as const, source: { ...presentSource(found), texto } };
    }),

    route(contract.deleteSource, async ({ input, principal }) => {
      if (!(await deleteSource(deps, input.source_id, actorOf(principal)))) throw noSuchSource();
      return { status: "success" as const, deleted: true as const, id: input.source_id };
    }),
  ];
}

function noSuchSource() {
  return userError("source_not_found", 404, "Source not found");
}
