/** What a payment means for the screen. Every state is named; a word that is not known counts as waiting. */
import type { HistoryShow } from '../generated/HistoryShow';
import type { Notice } from '../generated/Notice';
import type { PaymentView } from '../generated/PaymentView';
import type { Pill } from '../generated/Pill';

const SANDBOX = 'sandbox';

export type PaymentState =
  | 'planned'
  | 'submitting'
  | 'unknown'
  | 'rejected'
  | 'pending'
  | 'unverified'
  | 'failed'
  | 'expired'
  | 'cancelled'
  | 'confirmed'
  | 'paid';

const STATES: readonly PaymentState[] = [
  'planned',
  'submitting',
  'unknown',
  'rejected',
  'pending',
  'unverified',
  'failed',
  'expired',
  'cancelled',
  'confirmed',
  'paid',
];

/** A state that this window does not know is an open question, not an end. */
export function stateOf(payment: PaymentView): PaymentState {
  return STATES.find((state) => state === payment.state) ?? 'unknown';
}

/** Which face the full-screen sheet wears. */
export type Face = 'paid' | 'waiting' | 'unverified' | 'over' | 'blocked';

export function faceOf(payment: PaymentView): Face {
  const state = stateOf(payment);
  switch (state) {
    case 'paid':
    case 'confirmed':
      return 'paid';
    case 'unverified':
      return payment.presentment === null ? 'blocked' : 'unverified';
    case 'planned':
    case 'submitting':
    case 'unknown':
    case 'pending':
    case 'expired':
      return payment.presentment === null ? 'blocked' : 'waiting';
    case 'rejected':
      return 'blocked';
    case 'failed':
    case 'cancelled':
      return payment.presentment === null ? 'blocked' : 'over';
  }
}

/** The time is up: by the gateway's word, or by the clock while the gateway has not said so yet. */
export function isExpired(payment: PaymentView, now: number): boolean {
  return stateOf(payment) === 'expired' || (payment.expires_at !== null && now >= payment.expires_at);
}

/** Whether taking it back still means something. */
export function canCancel(payment: PaymentView): boolean {
  switch (stateOf(payment)) {
    case 'planned':
    case 'submitting':
    case 'unknown':
    case 'pending':
    case 'unverified':
      return true;
    case 'rejected':
    case 'failed':
    case 'expired':
    case 'cancelled':
    case 'confirmed':
    case 'paid':
      return false;
  }
}

/** A bill of a gateway's sandbox. */
export function isSandbox(payment: PaymentView): boolean {
  return payment.notices.some((notice) => notice.code === SANDBOX);
}

/** What the cashier must read beside the sheet; that it is a sandbox's bill stands over all of it. */
export function toldNotices(payment: PaymentView): Notice[] {
  return payment.notices.filter((notice) => notice.code !== SANDBOX);
}

/** Rust's pills of a sale, and that its money was taken back. */
export type PaymentPill = Pill | 'reversed';

export function isReversed(payment: PaymentView): boolean {
  return payment.flags.includes('reversed');
}

/** Its money, or a part of it, came although the sale had been paid for. */
export function isTwice(payment: PaymentView): boolean {
  return payment.flags.includes('duplicate');
}

const PAID_TWICE = 'paid_twice';

/** What of it is the customer's: all of a payment beside the one that covered the sale, else what came above its total. */
export function surplusOf(payment: PaymentView): number {
  if (!isTwice(payment)) return 0;
  const beside = payment.notices.some((notice) => notice.code === PAID_TWICE);
  // A person's word says that the money came, and names no amount.
  if (beside) return payment.received > 0 ? payment.received : payment.total;
  return Math.max(0, payment.received - payment.total);
}

export function pillOf(payment: PaymentView): PaymentPill {
  const flags = payment.flags;
  if (isReversed(payment)) return 'reversed';
  if (isTwice(payment)) return 'duplicate';
  if (flags.includes('under')) return 'under';
  if (flags.includes('over')) return 'over';
  if (flags.includes('late')) return 'late';
  if (flags.includes('needs_review')) return 'review';
  switch (stateOf(payment)) {
    case 'paid':
      return 'paid';
    case 'confirmed':
      return 'confirmed';
    case 'unverified':
      return 'unverified';
    case 'cancelled':
      return 'cancelled';
    case 'planned':
    case 'submitting':
    case 'unknown':
    case 'rejected':
    case 'pending':
    case 'failed':
    case 'expired':
      return 'unpaid';
  }
}

/**
 * The newer of two views of one payment. An answer and a push can overtake each other; evidence only grows, so the
 * view with more of it is the later one.
 */
export function newer(held: PaymentView, come: PaymentView): PaymentView {
  if (come.evidence.length !== held.evidence.length) {
    return come.evidence.length > held.evidence.length ? come : held;
  }
  return (come.checked_at ?? 0) >= (held.checked_at ?? 0) ? come : held;
}

/** Which of the tray's three groups an open payment is in. */
export type TrayGroup = 'waiting' | 'late' | 'unverified';

export function trayGroup(payment: PaymentView): TrayGroup {
  const pill = pillOf(payment);
  switch (pill) {
    case 'late':
    case 'under':
    case 'over':
    case 'duplicate':
    case 'review':
    case 'reversed':
      return 'late';
    case 'unverified':
      return 'unverified';
    case 'paid':
    case 'confirmed':
    case 'unpaid':
    case 'cancelled':
      return 'waiting';
  }
}

export const HISTORY_SHOWS: readonly HistoryShow[] = ['all', 'paid', 'unpaid', 'late', 'unverified', 'cancelled'];
