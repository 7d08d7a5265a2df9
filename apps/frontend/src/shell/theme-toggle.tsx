'use client';

import { HalfMoonIcon } from './icons.tsx';
import { currentTheme, rememberTheme } from './theme.ts';

export function ThemeToggle() {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label="Switch between light and dark"
      title="Switch between light and dark"
      onClick={() => rememberTheme(currentTheme() === 'dark' ? 'light' : 'dark')}
    >
      <HalfMoonIcon />
    </button>
  );
}
