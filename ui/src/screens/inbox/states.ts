/** Where money without a sale came from and what became of it, in words. */
import type { IconName } from '../../components/icons';
import type { Tone } from '../../components/pill';
import type { InboxItem } from '../../generated/InboxItem';
import type { LangPref } from '../../generated/LangPref';
import { clockText, dateText } from '../../lib/time';
import { m } from '../../paraglide/messages.js';

export function isOpen(item: InboxItem): boolean {
  return item.state === 'waiting';
}

/** A source that this window does not know is shown as Rust wrote it. */
export function sourceWord(source: string): string {
  if (source === 'relay') return m.inbox_from_phone();
  if (source === 'statement') return m.inbox_from_statement();
  return source;
}

export interface StateLook {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

export function stateLook(state: string): StateLook {
  switch (state) {
    case 'waiting':
      return { word: m.inbox_state_waiting(), tone: 'belum', icon: 'hourglass' };
    case 'matched':
      return { word: m.inbox_state_matched(), tone: 'lunas', icon: 'circle-check' };
    case 'dismissed':
      return { word: m.inbox_state_dismissed(), tone: 'netral', icon: 'ban' };
    default:
      return { word: state, tone: 'netral', icon: 'circle-question-mark' };
  }
}

const MIDNIGHT = '00.00';

/** A statement often names the day alone, which Rust keeps as its first moment: then no hour is claimed. */
export function cameText(at: number, source: string, zone: string, lang: LangPref): string {
  const [day, clock] = [dateText(at, zone, lang), clockText(at, zone)];
  return source === 'statement' && clock === MIDNIGHT ? day : `${day} ${clock}`;
}
