/** What can be coloured or serve as a reference, as `<input accept>`. */
export const PICTURES = ".png,.jpg,.jpeg,.webp,.bmp,.tif,.tiff";
export const PAGES = `${PICTURES},.zip,.cbz`;
