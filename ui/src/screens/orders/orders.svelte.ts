/** The orders of a gateway's shop with their filters, and the one that is open beside the list. */
import type { OrderView } from '../../generated/OrderView';
import type { OrdersView } from '../../generated/OrdersView';
import type { Gate } from '../../lib/gate.svelte';
import type { Call, Problem } from '../../lib/ipc';

export type End = 'order_complete' | 'order_cancel';

export class Orders {
  /** The provider's word; empty for all. */
  status = $state('');
  search = $state('');

  rows = $state.raw<readonly OrderView[] | null>(null);
  more = $state(false);
  order = $state.raw<OrderView | null>(null);
  loading = $state(false);
  ending = $state<End | null>(null);
  /** Of the list, and of the order that is open. */
  problem = $state.raw<Problem | null>(null);
  orderProblem = $state.raw<Problem | null>(null);

  readonly #call: Call;
  readonly #gate: Gate;
  #turn = 0;
  #openTurn = 0;
  /** How many the provider was asked to pass over, rows that stand twice included. */
  #passed = 0;

  constructor(call: Call, gate: Gate) {
    this.#call = call;
    this.#gate = gate;
  }

  /** Another status, another search: what was asked for before is over. */
  async turn(change: Partial<Pick<Orders, 'status' | 'search'>>): Promise<void> {
    Object.assign(this, change);
    await this.read();
  }

  /** The first page anew. Without an answer the list stays as it is. */
  async read(): Promise<void> {
    const answer = await this.#page(0);
    if (answer === null) return;
    this.rows = answer.orders;
    this.#passed = answer.orders.length;
    this.more = answer.more;
    const again = this.rows.find((row) => row.number === this.order?.number);
    if (again === undefined) this.close();
  }

  async next(): Promise<void> {
    if (!this.more || this.loading) return;
    const answer = await this.#page(this.#passed);
    if (answer === null) return;
    const held = this.rows ?? [];
    // An order that came in between two pages moves the others: one can stand on both.
    const known = new Set(held.map((row) => row.number));
    this.rows = [...held, ...answer.orders.filter((row) => !known.has(row.number))];
    this.#passed += answer.orders.length;
    this.more = answer.more;
  }

  /** What the list says at once, then all that the gateway says of it. */
  async open(order: OrderView): Promise<void> {
    this.order = order;
    this.orderProblem = null;
    await this.#look(order.number);
  }

  close(): void {
    this.#openTurn += 1;
    this.order = null;
    this.orderProblem = null;
  }

  /** Answers whether it was ended; a second press while the first is under way does nothing. */
  async end(what: End, notify: boolean, title: string): Promise<boolean> {
    const number = this.order?.number;
    if (number === undefined || this.ending !== null) return false;
    this.ending = what;
    this.orderProblem = null;
    const answer = await this.#gate.ask(what, { number, notify }, title);
    this.ending = null;
    if (answer === null) return false;
    if (answer.kind === 'done') {
      this.#openTurn += 1;
      this.#take(answer.value);
      return true;
    }
    const isOpen = this.order?.number === number;
    if (isOpen) this.orderProblem = answer;
    // It may have been ended all the same: only the gateway knows.
    if (isOpen && answer.kind === 'failed') await this.#look(number, true);
    return false;
  }

  async #look(number: string, quiet = false): Promise<void> {
    this.#openTurn += 1;
    const turn = this.#openTurn;
    const answer = await this.#call('order_show', { number });
    if (turn !== this.#openTurn) return;
    if (answer.kind === 'done') this.#take(answer.value);
    else if (!quiet) this.orderProblem = answer;
  }

  #take(order: OrderView): void {
    this.rows = this.rows?.map((row) => (row.number === order.number ? order : row)) ?? null;
    if (this.order?.number === order.number) this.order = order;
  }

  /** Null when it failed or a newer question has overtaken it. */
  async #page(offset: number): Promise<OrdersView | null> {
    this.#turn += 1;
    const turn = this.#turn;
    this.loading = true;
    const search = this.search.trim();
    const status = this.status === '' ? null : this.status;
    const answer = await this.#call('orders', { status, search: search === '' ? null : search, offset });
    if (turn !== this.#turn) return null;
    this.loading = false;
    this.problem = answer.kind === 'done' ? null : answer;
    return answer.kind === 'done' ? answer.value : null;
  }
}
