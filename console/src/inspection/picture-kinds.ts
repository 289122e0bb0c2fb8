/** What can be inspected, as `<input accept>`. */
export const PICTURES = ".png,.jpg,.jpeg,.bmp,.webp,.tif,.tiff";
