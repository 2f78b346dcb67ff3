/** Puts language, theme and text size onto the page. */
import type { LangPref } from '../generated/LangPref';
import type { ThemePref } from '../generated/ThemePref';
import { setLocale } from '../paraglide/runtime.js';

export interface Look {
  readonly lang: LangPref;
  readonly theme: ThemePref;
  readonly text_size?: number;
}

let follow: (() => void) | null = null;

function wantsDark(theme: ThemePref, system: MediaQueryList): boolean {
  switch (theme) {
    case 'auto':
      return system.matches;
    case 'light':
      return false;
    case 'dark':
      return true;
  }
}

export function showLook(look: Look): void {
  const page = document.documentElement;
  void setLocale(look.lang, { reload: false });
  page.lang = look.lang;
  page.dataset['text'] = String(look.text_size ?? 100);
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const paint = (): void => {
    page.dataset['theme'] = wantsDark(look.theme, system) ? 'gelap' : 'terang';
  };
  paint();
  follow?.();
  system.addEventListener('change', paint);
  follow = () => system.removeEventListener('change', paint);
}
