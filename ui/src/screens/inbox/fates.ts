/** What becomes of a statement's rows, in words. */
import type { Tone } from '../../components/pill';
import type { StatementDone } from '../../generated/StatementDone';
import { m } from '../../paraglide/messages.js';
import type { Use } from './statement.svelte';

export function useWord(use: Use): string {
  switch (use) {
    case 'date':
      return m.statement_date();
    case 'amount':
      return m.statement_amount();
    case 'time':
      return m.statement_time();
    case 'text':
      return m.statement_text();
    case 'direction':
      return m.statement_direction();
    case 'status':
      return m.statement_status();
  }
}

export interface Fate {
  readonly word: string;
  readonly tone: Tone;
}

/** A fate that this window does not know is shown as Rust wrote it. */
export function fateLook(fate: string): Fate {
  switch (fate) {
    case 'pays':
      return { word: m.fate_pays(), tone: 'lunas' };
    case 'repeats':
      return { word: m.fate_repeats(), tone: 'netral' };
    case 'inbox':
      return { word: m.fate_inbox(), tone: 'belum' };
    case 'before':
      return { word: m.fate_before(), tone: 'netral' };
    case 'not_in':
      return { word: m.fate_not_in(), tone: 'netral' };
    case 'unreadable':
      return { word: m.fate_unreadable(), tone: 'galat' };
    default:
      return { word: fate, tone: 'netral' };
  }
}

export interface Said {
  readonly what: string;
  readonly text: string;
  /** Worth a look: nothing was taken of it, or a person must say more. */
  readonly look: boolean;
}

const LINES_NAMED = 12;

/** What an import did, a sentence for each thing that happened. */
export function saidOf(done: StatementDone): Said[] {
  const named = done.unreadable.slice(0, LINES_NAMED).join(', ');
  const lines = done.unreadable.length > LINES_NAMED ? `${named}, …` : named;
  const all: [number, Said][] = [
    [done.paid, { what: 'paid', text: m.statement_paid({ count: done.paid }), look: false }],
    [done.inbox, { what: 'inbox', text: m.statement_inbox({ count: done.inbox }), look: true }],
    [done.repeated, { what: 'repeated', text: m.statement_repeated({ count: done.repeated }), look: false }],
    [done.before, { what: 'before', text: m.statement_before({ count: done.before }), look: false }],
    [done.not_in, { what: 'not-in', text: m.statement_not_in({ count: done.not_in }), look: false }],
    [
      done.unreadable.length,
      { what: 'unreadable', text: m.statement_lines({ count: done.unreadable.length, lines }), look: true },
    ],
  ];
  return all.filter(([count]) => count > 0).map(([, said]) => said);
}
