/**
 * The shift between the cashier and the drawer: opening, the blind count, the difference, the Z. What was counted stays
 * here while the shift is open, so that looking at another screen loses nothing.
 */
import type { Answer } from '../generated/Answer';
import type { Difference } from '../generated/Difference';
import type { PieceView } from '../generated/PieceView';
import type { ShiftClosed } from '../generated/ShiftClosed';
import type { ShiftNow } from '../generated/ShiftNow';
import type { WordInput } from '../generated/WordInput';
import { m } from '../paraglide/messages.js';
import { door } from './door.svelte';
import type { Gate } from './gate.svelte';
import type { Call, Problem } from './ipc';
import { counted, sumOf, type Counts } from './pieces';

export type Step = 'reading' | 'open' | 'count' | 'difference' | 'closed';
export type ShiftBusy = 'open' | 'lock' | 'close' | null;

export class Shift {
  now = $state.raw<ShiftNow | null>(null);
  difference = $state.raw<Difference | null>(null);
  closed = $state.raw<ShiftClosed | null>(null);
  /** Who took the drawer over with this close; null after an ordinary one. */
  taker = $state<string | null>(null);
  /** Counting once more after a count was locked. */
  recounting = $state(false);
  /** Somebody asked to hand over: the count comes first. */
  handing = $state(false);
  counts = $state.raw<Counts>({});
  witness = $state('');
  reason = $state('');
  busy = $state<ShiftBusy>(null);
  problem = $state.raw<Problem | null>(null);

  readonly #call: Call;
  readonly #gate: Gate;
  /** The shift that the count belongs to. */
  #of: number | null = null;
  /** Why it could not be read the last time. */
  #unread: Problem | null = null;

  constructor(call: Call, gate: Gate) {
    this.#call = call;
    this.#gate = gate;
  }

  get step(): Step {
    if (this.closed !== null) return 'closed';
    if (this.now === null) return 'reading';
    if (this.now.open === null) return 'open';
    return this.now.open.counted === null || this.recounting ? 'count' : 'difference';
  }

  get pieces(): readonly PieceView[] {
    return this.now?.pieces ?? [];
  }

  get total(): number {
    return sumOf(this.pieces, this.counts);
  }

  /** Whether anything was counted, be it nothing. */
  get begun(): boolean {
    return Object.values(this.counts).some((typed) => typed !== '');
  }

  set(key: string, typed: string): void {
    this.problem = null;
    this.counts = { ...this.counts, [key]: typed };
  }

  /** Reads where the shift stands; after a locked count also what it comes to now. */
  async read(): Promise<void> {
    const answer = await this.#call('shift_now', {});
    if (answer.kind !== 'done') {
      this.#unread = this.problem = answer;
      return;
    }
    this.#take(answer.value);
    if (this.step === 'difference' && !(await this.#readDifference())) return;
    // What an act was refused for stays; that it could not be read is over.
    if (this.problem === this.#unread) this.problem = null;
  }

  async #readDifference(): Promise<boolean> {
    const answer = await this.#call('shift_difference', {});
    if (answer.kind === 'done') this.difference = answer.value;
    else this.#unread = this.problem = answer;
    return answer.kind === 'done';
  }

  #take(now: ShiftNow): void {
    const number = now.open?.number ?? null;
    if (number !== this.#of) this.#forget();
    this.#of = number;
    this.now = now;
  }

  #forget(): void {
    this.difference = null;
    this.recounting = false;
    this.handing = false;
    this.counts = {};
    this.witness = '';
    this.reason = '';
  }

  async open(float: number): Promise<void> {
    const now = await this.#act('open', () => this.#gate.ask('shift_open', { float }, m.shift_open()));
    if (now !== null) this.#take(now);
  }

  /** Locks the count; only then does Rust tell what was expected. */
  async lock(): Promise<void> {
    const ask = { pieces: counted(this.pieces, this.counts), total: null, witness: this.#words(this.witness) };
    const found = await this.#act('lock', () => this.#gate.ask('shift_count', ask, m.count_lock()));
    if (found === null || this.now === null) return;
    this.difference = found;
    this.recounting = false;
    this.now = { ...this.now, open: found.shift };
  }

  /** Back to the count, which still stands as it was typed, or as it was locked before this window began. */
  recount(): void {
    const locked = this.now?.open?.counted?.pieces ?? null;
    if (!this.begun && locked !== null) {
      this.counts = Object.fromEntries(Object.entries(locked).map(([key, count]) => [key, String(count)]));
    }
    this.problem = null;
    this.recounting = true;
  }

  async close(): Promise<void> {
    const ask = { reason: this.#words(this.reason) };
    const closed = await this.#act('close', () => this.#gate.ask('shift_close', ask, m.shift_close()));
    if (closed !== null) this.#end(closed, null);
  }

  /** With the PIN of whoever takes over. Answers the problem that keeps the question open. */
  async handOver(word: WordInput): Promise<Problem | null> {
    if (this.busy !== null) return null;
    this.busy = 'close';
    const taker = door.view.people.find((person) => person.id === word.person)?.name ?? '';
    const answer = await this.#call('shift_hand_over', { reason: this.#words(this.reason) }, word);
    this.busy = null;
    if (answer.kind !== 'done') return answer;
    this.#end(answer.value, taker);
    return null;
  }

  #end(closed: ShiftClosed, taker: string | null): void {
    this.#forget();
    this.#of = null;
    this.now = null;
    this.problem = null;
    this.closed = closed;
    this.taker = taker;
  }

  /** The Z was read: back to what comes next. */
  async finish(): Promise<void> {
    this.putAway();
    await this.read();
  }

  /** A Z that was left standing. */
  putAway(): void {
    this.closed = null;
    this.taker = null;
  }

  #words(text: string): string | null {
    return text.trim() === '' ? null : text.trim();
  }

  /** One act at a time: a second press while the first is under way does nothing. */
  async #act<T>(busy: ShiftBusy, ask: () => Promise<Answer<T> | null>): Promise<T | null> {
    if (this.busy !== null) return null;
    this.busy = busy;
    this.problem = null;
    const answer = await ask();
    this.busy = null;
    if (answer === null) return null;
    if (answer.kind === 'done') return answer.value;
    this.problem = answer;
    return null;
  }
}
