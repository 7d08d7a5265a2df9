export type Theme = 'light' | 'dark';

/** Remembers the choice. Without it the page follows the system. */
export const THEME_COOKIE = 'theme';
const ONE_YEAR_S = 31_536_000;

export function parseTheme(value: string | undefined): Theme | undefined {
  return value === 'light' || value === 'dark' ? value : undefined;
}

/** The theme on screen now: the remembered one, else the system's. */
export function currentTheme(): Theme {
  return (
    parseTheme(document.documentElement.dataset['theme']) ??
    (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
  );
}

/** Shows a theme and remembers it; the server renders it from the cookie, so nothing flashes. */
export function rememberTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${ONE_YEAR_S}; samesite=lax`;
}
