/** Rupiah as people read it. Amounts are whole rupiah in a `number` (the engine keeps them below 2^53). */

import type { LangPref } from '../generated/LangPref';

const NBSP = '\u00a0';
const MINUS = '\u2212';

/** `10.387`, negative `-5.000`: for lists and receipts, where "Rp" would only repeat itself. */
export function grouped(amount: number): string {
  const digits = String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, '.');
  return amount < 0 ? `-${digits}` : digits;
}

/** `Rp 10.387` with a no-break space, negative `-Rp 5.000`. */
export function rupiah(amount: number): string {
  return amount < 0 ? `-Rp${NBSP}${grouped(-amount)}` : `Rp${NBSP}${grouped(amount)}`;
}

/** What a person typed as an amount, `Rp 10.000.000` or `10000000`, in rupiah; null when it is none. */
export function digitsOf(typed: string): number | null {
  const text = typed.trim().replace(/^rp/i, '').trim();
  if (!/^(\d{1,15}|\d{1,3}(\.\d{3}){1,4})$/.test(text)) return null;
  return Number(text.replaceAll('.', ''));
}

/** `0,07%`: how much of `whole` a part is, without its sign; null when there is no whole to speak of. */
export function percentOf(part: number, whole: number, lang: LangPref): string | null {
  if (whole <= 0) return null;
  const hundredths = Math.round((Math.abs(part) / whole) * 10_000);
  const [point, least] = lang === 'id' ? [',', '< 0,01%'] : ['.', '< 0.01%'];
  if (hundredths === 0 && part !== 0) return least;
  return `${Math.floor(hundredths / 100)}${point}${String(hundredths % 100).padStart(2, '0')}%`;
}

/** A unique code beside a price: `+ 347` where it was added, `−3` where it was taken off. */
export function uniqueCode(code: number): string {
  return code < 0 ? `${MINUS}${grouped(-code)}` : `+${NBSP}${grouped(code)}`;
}
