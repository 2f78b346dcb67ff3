/** Notes and coins as they are counted: what is typed for each kind, and what it comes to. */
import type { PieceView } from '../generated/PieceView';

/** What was typed for each piece, by its key. Empty: nothing was typed. */
export type Counts = Readonly<Record<string, string>>;

/** Nobody counts more than this of one kind. */
const DIGITS_MAX = 5;

/** The count being typed, with one key (`7`, `00`) more. A zero can be typed, leading zeros cannot. */
export function pieceTyped(typed: string, key: string): string {
  const next = (typed + key).replace(/^0+(?=\d)/, '');
  return next.length > DIGITS_MAX ? typed : next;
}

/** One more or one less, never below zero. */
export function pieceMoved(typed: string, by: 1 | -1): string {
  const next = String(Math.max(0, Number(typed) + by));
  return next.length > DIGITS_MAX ? typed : next;
}

export function countOf(counts: Counts, key: string): number {
  return Number(counts[key] ?? '');
}

export function sumOf(pieces: readonly PieceView[], counts: Counts): number {
  return pieces.reduce((sum, piece) => sum + piece.value * countOf(counts, piece.key), 0);
}

/** What Rust is told: what is not named was not there. */
export function counted(pieces: readonly PieceView[], counts: Counts): Record<string, number> {
  const there = pieces.filter((piece) => countOf(counts, piece.key) > 0);
  return Object.fromEntries(there.map((piece) => [piece.key, countOf(counts, piece.key)]));
}
