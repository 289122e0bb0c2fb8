import { QuatrainError, userError } from "../../platform/errors/quatrain-error.ts";

const MAX_LENGTH = 100;

/**
 * What a client called a picture, fit for messages: the last part of the path, without control characters, of
 * bounded length; "picture 3" where nothing is left.
 *
 * @param index its place in the request, from 0
 */
export function spokenName(filename: string, index: number): string {
  const [name = ""] = filename.split(/[\\/]/).slice(-1);
  const clean = name
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, "")
    .trim();
  return clean === "" ? `picture ${index + 1}` : [...clean].slice(0, MAX_LENGTH).join("");
}

/** Adds the picture's name to what is wrong with it: among two hundred the user must find it. */
export async function namingPicture<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof QuatrainError) || error.status >= 500) throw error;
    throw userError(error.code, error.status, `${name}: ${error.message}`, { filename: name });
  }
}
