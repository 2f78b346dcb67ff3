/** What happened with a sale's payments, as the history tells it: one entry for each piece of evidence that says more. */
import type { IconName } from '../../components/icons';
import type { Tone } from '../../components/pill';
import type { EvidenceView } from '../../generated/EvidenceView';
import type { PaymentView } from '../../generated/PaymentView';
import { rupiah } from '../../lib/money';
import { m } from '../../paraglide/messages.js';

export interface Entry {
  readonly key: string;
  readonly at: number;
  readonly title: string;
  readonly detail: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

interface Told {
  readonly title: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

/** Null: a step on the way that says nothing to a person. */
function told(state: string, by: string): Told | null {
  switch (state) {
    case 'planned':
    case 'submitting':
      return null;
    case 'pending':
      return { title: m.event_pending({ by }), tone: 'belum', icon: 'qr-code' };
    case 'unverified':
      return { title: m.event_unverified(), tone: 'luring', icon: 'qr-code' };
    case 'unknown':
      return { title: m.event_unknown({ by }), tone: 'luring', icon: 'cloud-off' };
    case 'rejected':
      return { title: m.event_rejected({ by }), tone: 'galat', icon: 'circle-x' };
    case 'failed':
      return { title: m.event_failed({ by }), tone: 'galat', icon: 'circle-x' };
    case 'expired':
      return { title: m.event_expired({ by }), tone: 'netral', icon: 'timer' };
    case 'cancelled':
      return { title: m.event_cancelled({ by }), tone: 'netral', icon: 'ban' };
    case 'confirmed':
      return { title: m.event_confirmed(), tone: 'lunas', icon: 'user-check' };
    case 'paid':
      return { title: m.event_paid(), tone: 'lunas', icon: 'check' };
    default:
      return { title: m.event_other({ by, state }), tone: 'netral', icon: 'circle-question-mark' };
  }
}

function detail(evidence: EvidenceView, payment: PaymentView): string {
  const parts = [
    evidence.state === 'paid' || evidence.state === 'pending' || evidence.state === 'unverified'
      ? rupiah(evidence.amount ?? payment.total)
      : null,
    evidence.state === 'paid' && payment.gateway_id !== null ? m.event_invoice({ id: payment.gateway_id }) : null,
    evidence.state === 'cancelled' || evidence.state === 'expired' ? m.event_watched() : null,
    evidence.reason,
    evidence.review?.message ?? null,
  ];
  return parts.filter((part) => part !== null && part !== '').join(', ');
}

/** Oldest first. */
export function timelineOf(payments: readonly PaymentView[]): Entry[] {
  const entries = payments.flatMap((payment) => {
    const by = payment.cash ? m.cash() : payment.own_qris ? m.own_qris() : (payment.gateway_title ?? '');
    return payment.evidence.flatMap((evidence, place): Entry[] => {
      const known = told(evidence.state, by);
      if (known === null) return [];
      const tone = evidence.review === null ? known.tone : 'telat';
      const key = `${payment.id}/${place}`;
      return [{ ...known, key, at: evidence.at, detail: detail(evidence, payment), tone }];
    });
  });
  return entries.sort((a, b) => a.at - b.at);
}
