/** Money that came without a sale: the list, the one that is open beside it, and the two words that settle it. */
import type { InboxItem } from '../../generated/InboxItem';
import type { PaymentView } from '../../generated/PaymentView';
import type { Gate } from '../../lib/gate.svelte';
import type { Call, Problem } from '../../lib/ipc';
import { m } from '../../paraglide/messages.js';
import { isOpen } from './states';

export class Inbox {
  /** Also what a person settled. */
  all = $state(false);
  items = $state.raw<readonly InboxItem[] | null>(null);
  loading = $state(false);
  settling = $state(false);
  /** The payment that the last money was given to. */
  matched = $state.raw<PaymentView | null>(null);
  /** Of the list, and of the word that was given. */
  problem = $state.raw<Problem | null>(null);
  settleProblem = $state.raw<Problem | null>(null);

  #chosen = $state<string | null>(null);
  readonly item = $derived(this.items?.find((item) => item.id === this.#chosen) ?? null);

  readonly #call: Call;
  readonly #gate: Gate;
  readonly #onwaiting: (count: number) => void;
  #turn = 0;

  constructor(call: Call, gate: Gate, onwaiting: (count: number) => void) {
    this.#call = call;
    this.#gate = gate;
    this.#onwaiting = onwaiting;
  }

  choose(id: string): void {
    this.#chosen = id;
    this.settleProblem = null;
  }

  async show(all: boolean): Promise<void> {
    this.all = all;
    await this.read();
  }

  /** Without an answer the list stays as it is. */
  async read(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.loading = true;
    const answer = await this.#call('inbox', { all: this.all });
    if (turn !== this.#turn) return;
    this.loading = false;
    this.problem = answer.kind === 'done' ? null : answer;
    if (answer.kind !== 'done') return;
    // What waits stands first; the sort keeps Rust's order otherwise, the newest above.
    this.items = answer.value.items.toSorted((one, other) => Number(isOpen(other)) - Number(isOpen(one)));
    // The first is open until another is chosen; money that comes meanwhile never takes its place.
    if (this.item === null) this.#chosen = this.items[0]?.id ?? null;
    this.#onwaiting(answer.value.waiting);
  }

  /** Answers whether the money was given to that sale. */
  async match(item: InboxItem, sale: string): Promise<boolean> {
    return this.#settle(async () => {
      const title = m.inbox_match_pin({ sale });
      const answer = await this.#gate.ask('inbox_match', { id: item.id, sale }, title);
      if (answer?.kind === 'done') this.matched = answer.value;
      return answer;
    });
  }

  async dismiss(item: InboxItem, reason: string): Promise<boolean> {
    return this.#settle(() => this.#gate.ask('inbox_dismiss', { id: item.id, reason }, m.inbox_dismiss_title()));
  }

  /** A second press while the first is under way does nothing. */
  async #settle(ask: () => Promise<{ kind: 'done' } | Problem | null>): Promise<boolean> {
    if (this.settling) return false;
    this.settling = true;
    this.matched = null;
    this.settleProblem = null;
    const answer = await ask();
    this.settling = false;
    if (answer === null) return false;
    this.settleProblem = answer.kind === 'done' ? null : answer;
    // Somebody else may have settled it: what is shown is what Rust says now.
    await this.read();
    return answer.kind === 'done';
  }
}
