/** A sale's state as word, colour and icon: never colour alone. */
import type { PaymentPill } from '../lib/payments';
import { m } from '../paraglide/messages.js';
import type { IconName } from './icons';

export type Tone = 'lunas' | 'belum' | 'telat' | 'luring' | 'galat' | 'netral';

export interface PillLook {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
  readonly solid: boolean;
}

export function pillLook(pill: PaymentPill): PillLook {
  switch (pill) {
    case 'paid':
      return { word: m.pill_paid(), tone: 'lunas', icon: 'circle-check', solid: true };
    case 'confirmed':
      return { word: m.pill_confirmed(), tone: 'lunas', icon: 'user-check', solid: true };
    case 'unpaid':
      return { word: m.pill_unpaid(), tone: 'belum', icon: 'hourglass', solid: true };
    case 'unverified':
      return { word: m.pill_unverified(), tone: 'luring', icon: 'cloud-off', solid: false };
    case 'late':
      return { word: m.pill_late(), tone: 'telat', icon: 'timer', solid: false };
    case 'under':
      return { word: m.pill_under(), tone: 'galat', icon: 'trending-down', solid: false };
    case 'over':
      return { word: m.pill_over(), tone: 'telat', icon: 'trending-up', solid: false };
    case 'duplicate':
      return { word: m.pill_duplicate(), tone: 'galat', icon: 'copy', solid: false };
    case 'review':
      return { word: m.pill_review(), tone: 'telat', icon: 'circle-question-mark', solid: false };
    case 'reversed':
      return { word: m.pill_reversed(), tone: 'galat', icon: 'undo-2', solid: false };
    case 'cancelled':
      return { word: m.pill_cancelled(), tone: 'netral', icon: 'circle-x', solid: false };
  }
}
