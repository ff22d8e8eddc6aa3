export type ThemeMode = 'light' | 'dark';

const STORAGE_KEY = 'joblens.theme';

/** The theme that was chosen on this machine, else the system's. */
export function storedThemeMode(): ThemeMode {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (stored === 'light' || stored === 'dark') {
    return stored;
  }
  return window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

/** Choosing what the system says anyway forgets the choice, so that the page follows the system again. */
export function storeThemeMode(mode: ThemeMode): void {
  localStorage.removeItem(STORAGE_KEY);
  if (storedThemeMode() !== mode) {
    localStorage.setItem(STORAGE_KEY, mode);
  }
}
