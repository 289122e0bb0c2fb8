import { createHash } from "node:crypto";
import type { CharacterColour } from "../../algorithms/colouring/port.ts";
import { fromHex } from "./hex-colour.ts";

/** A place that a user has pointed at: on a page of a chapter, or on a picture. Pixels. */
export interface PartPlace {
  /** A picture below a data root, or an upload's id; null for a page. */
  readonly picture: string | null;
  readonly chapterId: string | null;
  readonly pageNum: number | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** SHA-256 of the page's original: on that very page the place holds by itself. Null until it was looked at. */
  readonly pageSha256: string | null;
}

/** A part of a character, as a client asks for it. What is null is to be found, or stays as it is. */
export interface PartOrder {
  readonly name: string;
  readonly label: string;
  /** `#rrggbb` */
  readonly colour: string | null;
  readonly locked: boolean | null;
  /** `#rrggbb`: the references' colour that this one takes the place of. */
  readonly instead: string | null;
  readonly places: readonly PartPlace[];
  /** How it looks, where that is known from an export. */
  readonly descriptors: readonly (readonly number[])[];
}

/** A part of a character with its colour. */
export interface Part {
  readonly name: string;
  readonly label: string;
  readonly colour: string;
  readonly locked: boolean;
  readonly instead: string | null;
  readonly places: readonly PartPlace[];
  readonly descriptors: readonly (readonly number[])[];
}

/** Characters are kept for a chapter, or for all chapters of a series. */
export const scopeOfSeries = (series: string) => `/series/${series}`;

/** Parts of one scope at most, and descriptors of one part. */
export const MAX_PARTS = 128;
export const MAX_DESCRIPTORS = 240;

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** What tells a part from all others. */
export const partId = ({ name, label }: Pick<Part, "name" | "label">) => `${name}\n${label}`;

/** A part as the engine takes it. */
export function toCharacterColour(part: Part): CharacterColour {
  const { colour, locked, instead, descriptors } = part;
  return {
    id: partId(part),
    colour: fromHex(colour),
    locked,
    descriptors,
    instead: instead === null ? null : fromHex(instead),
  };
}
