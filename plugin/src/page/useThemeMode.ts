import { useEffect, useState } from 'react';
import { storedThemeMode, storeThemeMode, type ThemeMode } from './themeMode';

/** The page's theme: it follows the system, until someone switches it. */
export function useThemeMode() {
  const [mode, setMode] = useState<ThemeMode>(storedThemeMode);
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: light)');
    const follow = () => setMode(storedThemeMode());
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, []);
  useEffect(() => {
    document.documentElement.style.colorScheme = mode;
    document.body.classList.toggle('theme-dark', mode === 'dark');
    document.body.classList.toggle('theme-light', mode === 'light');
  }, [mode]);

  const toggle = () => {
    const next = mode === 'dark' ? 'light' : 'dark';
    storeThemeMode(next);
    setMode(next);
  };
  return { mode, toggle };
}
