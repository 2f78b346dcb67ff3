/**
 * Times in the shop's zone. Indonesia's three zones have no daylight saving, so a fixed offset is exact, and the
 * computer's own zone (often set wrong) never shows. Deliberately absent: parsing, the business date (Rust's).
 */
import type { LangPref } from '../generated/LangPref';

const HOUR = 3_600_000;
const HOURS_AHEAD: Record<string, number> = { WIB: 7, WITA: 8, WIT: 9 };

const MONTHS: Record<LangPref, readonly string[]> = {
  id: ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};

/** The moment moved so that its UTC fields read as the shop's wall clock. */
function shifted(at: number, zone: string): Date {
  return new Date(at + (HOURS_AHEAD[zone] ?? 7) * HOUR);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `19.41` */
export function clockText(at: number, zone: string): string {
  const date = shifted(at, zone);
  return `${two(date.getUTCHours())}.${two(date.getUTCMinutes())}`;
}

/** `19.41.52` */
export function clockSeconds(at: number, zone: string): string {
  return `${clockText(at, zone)}.${two(shifted(at, zone).getUTCSeconds())}`;
}

/** `20 Nov 2026` */
export function dateText(at: number, zone: string, lang: LangPref): string {
  return isoToText(isoDate(at, zone), lang);
}

/** `2026-11-20` */
export function isoDate(at: number, zone: string): string {
  return shifted(at, zone).toISOString().slice(0, 10);
}

/** `2026-11-20` -> `20 Nov 2026` */
export function isoToText(iso: string, lang: LangPref): string {
  const [year, month, day] = iso.split('-').map(Number);
  return `${day ?? ''} ${MONTHS[lang][(month ?? 1) - 1] ?? ''} ${year ?? ''}`;
}

/** `2026-11-20` -> 4: the day of the week, Monday 0. */
export function isoWeekday(iso: string): number {
  return (new Date(`${iso}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** `2026-11-20`, -1 -> `2026-11-19` */
export function isoMoved(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * 24 * HOUR).toISOString().slice(0, 10);
}

/** `2026-11-20` -> `Nov 2026` */
export function monthText(iso: string, lang: LangPref): string {
  return isoToText(iso, lang).split(' ').slice(1).join(' ');
}

/** `2026-11-20`, -1 -> `2026-10-01` */
export function monthMoved(iso: string, months: number): string {
  const [year, month] = iso.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 + months, 1)).toISOString().slice(0, 10);
}

/** The month's days as a calendar's cells, Monday first; null before the first. */
export function monthCells(iso: string): (string | null)[] {
  const first = monthMoved(iso, 0);
  const count = (Date.parse(monthMoved(iso, 1)) - Date.parse(first)) / (24 * HOUR);
  const blank = (new Date(first).getUTCDay() + 6) % 7;
  const days = Array.from({ length: count }, (_, at) => isoMoved(first, at));
  return [...Array<null>(blank).fill(null), ...days];
}

/** Time left: `09.18`, above an hour `1.09.18`, never below `00.00`. */
export function remainingText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}.${two(seconds % 60)}`;
  return hours > 0 ? `${hours}.${rest}` : rest;
}

export type AgeUnit = 'seconds' | 'minutes' | 'hours' | 'days';

/** An age in its largest whole unit. */
export function age(ms: number): { count: number; unit: AgeUnit } {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return { count: seconds, unit: 'seconds' };
  if (seconds < 3600) return { count: Math.floor(seconds / 60), unit: 'minutes' };
  if (seconds < 86_400) return { count: Math.floor(seconds / 3600), unit: 'hours' };
  return { count: Math.floor(seconds / 86_400), unit: 'days' };
}

/** The shop zone that this computer's clock suggests. */
export function zoneOfComputer(minutesBehindUtc: number): 'WIB' | 'WITA' | 'WIT' {
  if (minutesBehindUtc === -480) return 'WITA';
  if (minutesBehindUtc === -540) return 'WIT';
  return 'WIB';
}
