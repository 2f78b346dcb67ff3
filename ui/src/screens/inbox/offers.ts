/** Which sales money could be of: the open payments, the likeliest first. Deliberately absent: deciding, which a person does. */
import type { PaymentView } from '../../generated/PaymentView';

export interface Offer {
  readonly payment: PaymentView;
  /** What the shop's own QRIS of this sale asks for. */
  readonly asked: number;
  /** The money above what was asked, in rupiah; below zero where it falls short. */
  readonly over: number;
}

/** How well the money fits: the exact total, the price typed at the sticker, a sale whose QR was another's, anything. */
function fit({ payment, over }: Offer, amount: number): number {
  if (payment.own_qris && over === 0) return 0;
  if (payment.amount !== amount) return 3;
  return payment.own_qris ? 1 : 2;
}

/** One for each sale: money is given to a sale, however many QRs it has. */
export function offersOf(payments: readonly PaymentView[], amount: number): Offer[] {
  const offers = payments.map((payment) => {
    // At a gateway's QR the money cannot have come here: it would be the price, typed at the sticker.
    const asked = payment.own_qris ? payment.total : payment.amount;
    return { payment, asked, over: amount - asked };
  });
  const rank = (one: Offer, other: Offer): number =>
    fit(one, amount) - fit(other, amount) ||
    Number(other.payment.own_qris) - Number(one.payment.own_qris) ||
    Math.abs(one.over) - Math.abs(other.over) ||
    other.payment.started_at - one.payment.started_at;
  const seen = new Set<string>();
  return offers.toSorted(rank).filter(({ payment }) => {
    const known = seen.has(payment.sale_id);
    seen.add(payment.sale_id);
    return !known;
  });
}
