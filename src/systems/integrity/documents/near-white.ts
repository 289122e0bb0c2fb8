/** From this on (of 255, every channel) letters cannot be told from white paper. */
const NEAR_WHITE = 240;

/** Whether a colour is white, or nearly: `ffffff`, `#fff`. Other notations are no white. */
export function isNearWhite(color: string | undefined): boolean {
  const [, hex = ""] = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(color?.trim() ?? "") ?? [];
  if (hex === "") return false;
  const width = hex.length / 3;
  return [0, 1, 2].every((channel) => {
    const digits = hex.slice(channel * width, (channel + 1) * width);
    return Number.parseInt(width === 1 ? digits + digits : digits, 16) >= NEAR_WHITE;
  });
}
