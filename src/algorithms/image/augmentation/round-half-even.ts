/** To the nearest whole number, from the middle to the even one: as Python, and so torchvision and Pillow, round. */
export function roundHalfEven(value: number): number {
  const above = Math.round(value);
  return above - value === 0.5 && above % 2 !== 0 ? above - 1 : above;
}
