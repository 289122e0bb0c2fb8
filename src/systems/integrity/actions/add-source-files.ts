import { QuatrainError } from "../../../platform/errors/quatrain-error.ts";
import type { UploadedFile } from "../../../platform/http/uploads.ts";
import type { DocumentReader as FileReader } from "../documents/port.ts";
import type { SourceRecord } from "../store/source-store.ts";
import { type AddSourcesDeps, addSources, checkText, type SourceText } from "./add-sources.ts";

export interface AddSourceFilesDeps extends AddSourcesDeps {
  readonly fileReader: FileReader;
}

/** A file that could not be taken, and why. */
export interface FailedFile {
  readonly filename: string;
  readonly error: string;
  readonly code: string;
}

/** Adds files to compare with; one that cannot be read fails alone. Titles are the files' own, or their names. */
export async function addSourceFiles(
  deps: AddSourceFilesDeps,
  files: readonly Pick<UploadedFile, "path" | "filename">[],
  given: Omit<SourceText, "text" | "textLength">,
  actor: string,
  signal?: AbortSignal,
): Promise<{ added: SourceRecord[]; failed: FailedFile[] }> {
  const added: SourceRecord[] = [];
  const failed: FailedFile[] = [];
  for (const { path, filename } of files) {
    try {
      const document = await deps.fileReader.read(path, filename, signal);
      const source: SourceText = {
        ...given,
        ...checkText(document.text, filename, deps.settings.maxTextLength),
        title: given.title ?? document.metadata.title ?? filename,
      };
      added.push(...(await addSources(deps, [source], actor, signal)));
    } catch (error) {
      if (!(error instanceof QuatrainError) || error.status >= 500 || error.status === 429) throw error;
      failed.push({ filename, error: error.message, code: error.code.toUpperCase() });
    }
  }
  return { added, failed };
}
