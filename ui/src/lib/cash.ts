/** Notes and coins at the counter. What is due and how it is rounded is Rust's business. */
import { grouped } from './money';

/** Nobody hands over more digits than this. */
const DIGITS_MAX = 9;

/** The amount being typed, with one key (`7`, `00`, `000`) more. Leading zeros are none. */
export function given(typed: string, key: string): string {
  const next = (typed + key).replace(/^0+/, '');
  return next.length > DIGITS_MAX ? typed : next;
}

/** `1 × 20.000 · 1 × 500`: the change in the fewest pieces, as from a full drawer. */
export function changeIn(pieces: readonly number[], change: number): string {
  const parts: string[] = [];
  let left = change;
  for (const piece of pieces) {
    const count = Math.floor(left / piece);
    if (count > 0) parts.push(`${count} × ${grouped(piece)}`);
    left -= count * piece;
  }
  return parts.join(' · ');
}
