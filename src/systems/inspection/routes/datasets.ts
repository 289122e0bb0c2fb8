import type { Readable } from "node:stream";
import * as contract from "../../../contracts/inspection/index.ts";
import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import { Answer, type BoundRoute, type RouteRequest, route } from "../../../platform/http/bound-route.ts";
import type { FileStore } from "../../../platform/storage/file-store.ts";
import { clearSamples, type DeleteDeps, deleteSample } from "../actions/delete-samples.ts";
import { readSidecar } from "../actions/read-dataset.ts";
import { type UploadDeps, uploadSamples } from "../actions/upload-samples.ts";
import { pictureKey } from "../file-keys.ts";
import { presentClasses } from "../present.ts";
import { type DatasetPlace, type Label, labelOf, resolveRecipe } from "../roi.ts";
import { doerOf } from "./doer-of.ts";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  bmp: "image/bmp",
  webp: "image/webp",
  tif: "image/tiff",
  tiff: "image/tiff",
};

/** contracts/inspection.md "Dataset endpoints". */
export function datasetRoutes(deps: UploadDeps & DeleteDeps): BoundRoute[] {
  const { reader, files } = deps;

  const upload =
    (label: Label) => async (request: RouteRequest<typeof contract.uploadOk | typeof contract.uploadNg>) => {
      const place = placeOf(request);
      const saved = await uploadSamples(deps, {
        place,
        label,
        pictures: request.files.images,
        metas: request.input.metas,
        skipKnown: request.input.skip_known,
      });
      return { status: "ok" as const, saved, label, ...echo(request, place) };
    };

  /** The picture that a query names, wherever it may be read from. */
  const find = async (request: FileRequest, code: string, message: string) => {
    const { label, filename } = request.input;
    const picture = await reader.findPicture(placeOf(request), labelOf(label), baseNameOf(filename));
    if (picture === null) throw userError(code, 404, message);
    return picture;
  };

  return [
    route(contract.uploadOk, upload("ok")),
    route(contract.uploadNg, upload("ng")),

    route(contract.listDataset, async (request) => {
      const place = placeOf(request);
      return {
        status: "ok" as const,
        classes: presentClasses(await reader.findPictures(place)),
        ...echo(request, place),
      };
    }),

    route(contract.getDatasetFile, async (request) => {
      const { place, label, filename } = await find(request, "file_not_found", "file not found");
      const type = MEDIA_TYPES[filename.split(".").at(-1)!.toLowerCase()] ?? "application/octet-stream";
      return Answer.bytes(type, await openPicture(files, pictureKey(place, label, filename)));
    }),

    route(contract.getDatasetMeta, async (request) => {
      const sidecar = await readSidecar(files, await find(request, "meta_not_found", "meta not found"));
      if (sidecar === null) throw userError("meta_not_found", 404, "meta not found");
      return { ...sidecar };
    }),

    route(contract.deleteDatasetFile, async (request) => {
      const place = placeOf(request);
      const label = labelOf(request.input.label);
      const filename = baseNameOf(request.input.filename);
      const deleted = await deleteSample(
        deps,
        place,
        label,
        filename,
        doerOf(request.input.operator_id, request),
      );
      return { deleted, filename, label, ...echo(request, place) };
    }),

    route(contract.clearDataset, async (request) => {
      const place = placeOf(request);
      const label = labelOf(request.input.label);
      const cleared = await clearSamples(deps, place, label, doerOf(request.input.operator_id, request));
      return { cleared, label, ...echo(request, place) };
    }),
  ];
}

/** @throws QuatrainError `file_not_found` (404), also when somebody took the file away */
async function openPicture(files: FileStore, key: string): Promise<Readable> {
  try {
    return await files.open(key);
  } catch (error) {
    if (!(error instanceof QuatrainError) || error.status >= 500) throw error;
    throw userError("file_not_found", 404, "file not found");
  }
}

type FileRequest = Pick<RouteRequest<typeof contract.getDatasetFile>, "input" | "headers">;

type PlaceRequest = {
  readonly input: { role_id: string; roi_id: string; recipe_id?: string };
  readonly headers: RouteRequest["headers"];
};

function placeOf({ input, headers }: PlaceRequest): DatasetPlace {
  return {
    recipeId: resolveRecipe(input.recipe_id, headers["x-recipe-id"]),
    roleId: input.role_id,
    roiId: input.roi_id,
  };
}

/** A client may send a path; only its last part is a name. */
function baseNameOf(filename: string): string {
  return filename.split(/[\\/]/).at(-1) ?? "";
}

function echo({ requestId }: { readonly requestId: string }, place: DatasetPlace) {
  return { role_id: place.roleId, roi_id: place.roiId, request_id: requestId, recipe_id: place.recipeId };
}
