/** `12.3 MB`, in powers of ten. */
export function bytesText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** `1:23`, `1:02:03`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}

/** `91.2 %` of a share 0..1; null where there is none. */
export function percentText(share: number | null | undefined): string | null {
  return share == null ? null : `${(share * 100).toFixed(1)} %`;
}

/** Four digits: `0.4312`, `3.000e-4`; null where there is none. */
export function figureText(value: number | null | undefined): string | null {
  if (value == null) return null;
  return value !== 0 && Math.abs(value) < 0.001
    ? value.toExponential(2)
    : String(Number(value.toPrecision(4)));
}

/** `1 picture`, `2 pictures`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
