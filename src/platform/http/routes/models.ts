import * as contract from "../../../contracts/platform/index.ts";
import { type BoundRoute, route } from "../bound-route.ts";

/** An engine, or pretrained weights. */
export interface ListedModel {
  readonly id: string;
  readonly alias: string | null;
  readonly system: string;
  readonly description: string;
  /** Built in, or its weights are there. */
  readonly isInstalled: boolean;
  readonly isBuiltIn: boolean;
  /** Of the installed weights. */
  readonly bytes: number | null;
  readonly record: { readonly sha256: string; readonly source: string; readonly installedAt: string } | null;
}

export function modelRoutes(list: () => Promise<readonly ListedModel[]>): BoundRoute[] {
  return [route(contract.listModels, async () => ({ models: (await list()).map(present) }))];
}

function present({ isInstalled, isBuiltIn, bytes, record, id, alias, system, description }: ListedModel) {
  return {
    id,
    alias,
    system,
    description,
    installed: isInstalled,
    built_in: isBuiltIn,
    bytes,
    sha256: record?.sha256 ?? null,
    source: record?.source ?? null,
    installed_at: record?.installedAt ?? null,
  };
}
