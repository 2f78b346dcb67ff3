/** The provider's words for an order, as word, colour and icon. */
import type { IconName } from '../../components/icons';
import type { Tone } from '../../components/pill';
import { m } from '../../paraglide/messages.js';

/** In the order of the chips; the empty word is all of them. */
export const STATUSES: readonly string[] = [
  '',
  'pending',
  'waiting_payment',
  'paid',
  'processing',
  'completed',
  'cancelled',
];

export interface StatusLook {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

/** A word that this window does not know is shown as the provider wrote it. */
export function statusLook(status: string): StatusLook {
  switch (status) {
    case '':
      return { word: m.show_all(), tone: 'netral', icon: 'list' };
    case 'pending':
      return { word: m.order_new(), tone: 'belum', icon: 'inbox' };
    case 'waiting_payment':
      return { word: m.order_waiting(), tone: 'belum', icon: 'hourglass' };
    case 'paid':
      return { word: m.order_paid(), tone: 'lunas', icon: 'banknote' };
    case 'processing':
      return { word: m.order_processing(), tone: 'lunas', icon: 'shopping-bag' };
    case 'completed':
      return { word: m.order_completed(), tone: 'netral', icon: 'circle-check' };
    case 'cancelled':
      return { word: m.order_cancelled(), tone: 'netral', icon: 'circle-x' };
    default:
      return { word: status, tone: 'netral', icon: 'circle-question-mark' };
  }
}
