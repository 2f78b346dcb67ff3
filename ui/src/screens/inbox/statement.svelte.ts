/** One statement's file on its way into the books: chosen, its columns said once, looked at, imported. */
import type { StatementDone } from '../../generated/StatementDone';
import type { StatementView } from '../../generated/StatementView';
import { base64Of } from '../../lib/file';
import type { Gate } from '../../lib/gate.svelte';
import type { Problem } from '../../lib/ipc';
import { m } from '../../paraglide/messages.js';

/** What a column can be read as; without the first two nothing can be taken. */
export const USES = ['date', 'amount', 'time', 'text', 'direction', 'status'] as const;
export type Use = (typeof USES)[number];
export const NEEDED: readonly Use[] = ['date', 'amount'];

/** Column numbers counted from 1, as text; empty where the file has no such column. */
export type Columns = Record<Use, string>;

const NONE: Columns = { date: '', amount: '', time: '', text: '', direction: '', status: '' };

/** The columns that Rust reads, by their place: two columns can have the same heading. */
export function columnsOf(view: StatementView): Columns {
  const columns = { ...NONE };
  for (const use of USES) {
    const heading = view.map[use];
    if (heading !== undefined) columns[use] = String(view.header.indexOf(heading) + 1);
  }
  return columns;
}

export function mapOf(columns: Columns): Record<string, string> {
  return Object.fromEntries(USES.filter((use) => columns[use] !== '').map((use) => [use, columns[use]]));
}

export class Statement {
  name = $state('');
  view = $state.raw<StatementView | null>(null);
  columns = $state.raw<Columns>(NONE);
  /** A column was changed since the rows were read. */
  edited = $state(false);
  busy = $state<'read' | 'import' | null>(null);
  done = $state.raw<StatementDone | null>(null);
  problem = $state.raw<Problem | null>(null);

  readonly complete = $derived(NEEDED.every((use) => this.columns[use] !== ''));
  /** What is imported is what was looked at. */
  readonly ready = $derived(this.view !== null && this.view.rows.length > 0 && this.complete && !this.edited);

  readonly #gate: Gate;
  #file = '';
  /** As said for the rows that are shown; empty while Rust's own reading stands. */
  #map: Record<string, string> = {};

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  async choose(file: File): Promise<void> {
    if (this.busy !== null) return;
    this.busy = 'read';
    this.view = null;
    this.done = null;
    this.problem = null;
    this.name = file.name;
    try {
      this.#file = await base64Of(file);
    } catch {
      this.busy = null;
      this.problem = { kind: 'refused', code: 'file_unreadable', message: m.statement_unreadable() };
      return;
    }
    this.busy = null;
    await this.#read({});
  }

  set(use: Use, column: string): void {
    this.columns = { ...this.columns, [use]: column };
    this.edited = true;
  }

  async reread(): Promise<void> {
    if (this.complete) await this.#read(mapOf(this.columns));
  }

  /** Answers whether it was imported. */
  async take(): Promise<boolean> {
    if (!this.ready || this.busy !== null) return false;
    this.busy = 'import';
    const input = { name: this.name, file: this.#file, map: this.#map };
    const answer = await this.#gate.ask('statement_import', input, m.statement_pin({ name: this.name }));
    this.busy = null;
    if (answer === null) return false;
    this.problem = answer.kind === 'done' ? null : answer;
    if (answer.kind !== 'done') return false;
    this.done = answer.value;
    this.view = null;
    return true;
  }

  async #read(map: Record<string, string>): Promise<void> {
    if (this.busy !== null) return;
    this.busy = 'read';
    const input = { name: this.name, file: this.#file, map };
    const answer = await this.#gate.ask('statement_preview', input, m.statement_pin({ name: this.name }));
    this.busy = null;
    if (answer === null) return;
    this.problem = answer.kind === 'done' ? null : answer;
    if (answer.kind !== 'done') return;
    this.view = answer.value;
    this.#map = map;
    this.edited = false;
    if (Object.keys(map).length === 0) this.columns = columnsOf(answer.value);
  }
}
