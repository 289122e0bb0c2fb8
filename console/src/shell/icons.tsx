/** Drawn for this console, 20 x 20, in the colour of the text beside them. */

const PATHS = {
  overview: "M3 9.5 10 3l7 6.5V17h-4.5v-4.5h-5V17H3Z",
  inspection: "M8.5 3.5a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM12.3 12.3 17 17M8.5 6.2v4.6M6.2 8.5h4.6",
  colorization:
    "M10 3c2.8 3.3 5 5.7 5 8.6A5 5 0 0 1 5 11.6C5 8.700 7.200 6.300 10 3ZM10 14.200a2.600 2.600 0 0 0 2.600-2.600",
  training: "M3 16.500h14M4 13l3.500-3 3 2 5.500-7M12.500 5H16v3.500",
  integrity: "M5 3h7l3 3v11H5ZM12 3v3h3M7.500 9.500h5M7.500 12h5M7.500 14.500h3",
  accounts: "M10 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM4 17c.500-3.500 2.500-5 6-5s5.500 1.500 6 5",
  jobs: "M4 5h12M4 10h8M4 15h10",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
