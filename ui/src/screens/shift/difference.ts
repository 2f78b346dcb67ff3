/** A difference as word, colour and icon: never colour alone. */
import type { IconName } from '../../components/icons';
import type { Tone } from '../../components/pill';
import { m } from '../../paraglide/messages.js';

export function differenceLook(difference: number): { word: string; tone: Tone; icon: IconName } {
  if (difference < 0) return { word: m.difference_short(), tone: 'galat', icon: 'circle-minus' };
  if (difference > 0) return { word: m.difference_over(), tone: 'telat', icon: 'circle-plus' };
  return { word: m.difference_none(), tone: 'lunas', icon: 'circle-check' };
}
