/** A place in a picture, in its own pixels, and the colour there. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** #rrggbb */
  readonly colour: string;
}

/** Where a click on a shown picture lies in the picture itself, whole pixels within it. */
export function naturalPlace(
  click: { readonly x: number; readonly y: number },
  box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  natural: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number } {
  const along = (at: number, from: number, length: number, size: number) =>
    Math.min(size - 1, Math.max(0, Math.floor(((at - from) / length) * size)));
  return {
    x: along(click.x, box.left, box.width, natural.width),
    y: along(click.y, box.top, box.height, natural.height),
  };
}

/** The colour of a picture's pixel. */
export function colourAt(picture: HTMLImageElement, x: number, y: number): string {
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext("2d")!;
  context.drawImage(picture, x, y, 1, 1, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
