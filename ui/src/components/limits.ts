/** What one payment may be, in words. */
import { rupiah } from '../lib/money';
import { m } from '../paraglide/messages.js';

interface Limits {
  readonly minimum: number;
  readonly maximum: number | null;
}

export function limitsWord({ minimum, maximum }: Limits): string {
  return maximum === null
    ? m.from_amount({ from: rupiah(minimum) })
    : m.from_to_amount({ from: rupiah(minimum), to: rupiah(maximum) });
}

/** Why `amount` is outside; null when it is not. */
export function outside({ minimum, maximum }: Limits, amount: number): string | null {
  if (maximum !== null && amount > maximum) return m.at_most({ amount: rupiah(maximum) });
  return amount < minimum ? m.at_least({ amount: rupiah(minimum) }) : null;
}
