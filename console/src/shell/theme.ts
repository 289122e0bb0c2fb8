import { useEffect, useState } from "react";

export type Theme = "system" | "light" | "dark";

const STORED = "quatrain.theme";

/** Light, dark, or as the device is set. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => (localStorage.getItem(STORED) as Theme | null) ?? "system");
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(STORED, theme);
  }, [theme]);
  return [theme, setTheme];
}
