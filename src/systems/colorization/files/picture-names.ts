const PICTURE = /\.(png|jpe?g|jpe|jfif|webp|gif|bmp|tiff?)$/i;

/** Whether a file is meant as a page: it has its number then, also where it turns out to be damaged. */
export function isNamedAsPicture(name: string): boolean {
  return PICTURE.test(name);
}
