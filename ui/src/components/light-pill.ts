/** A gateway's light as a pill. */
import type { IconName } from './icons';
import type { Tone } from './pill';
import type { Light } from '../generated/Light';
import { m } from '../paraglide/messages.js';

export function lightPill(light: Light): { tone: Tone; icon: IconName; word: string } {
  switch (light) {
    case 'ready':
      return { tone: 'lunas', icon: 'circle-check', word: m.light_ready() };
    case 'slow':
      return { tone: 'belum', icon: 'triangle-alert', word: m.light_slow() };
    case 'down':
      return { tone: 'luring', icon: 'cloud-off', word: m.light_down() };
    case 'unknown':
      return { tone: 'netral', icon: 'circle-question-mark', word: m.light_unknown() };
  }
}
