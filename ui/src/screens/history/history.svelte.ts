/** The list of a day's sales with its filters, and the sale that is open beside it. */
import type { Answer } from '../../generated/Answer';
import type { HistoryAsk } from '../../generated/HistoryAsk';
import type { HistoryCounts } from '../../generated/HistoryCounts';
import type { HistoryPage } from '../../generated/HistoryPage';
import type { HistoryRow } from '../../generated/HistoryRow';
import type { HistoryShow } from '../../generated/HistoryShow';
import type { SaleView } from '../../generated/SaleView';
import type { Call, Problem } from '../../lib/ipc';

export class Pages {
  /** Null is today, by the shop's business date. */
  date = $state<string | null>(null);
  show = $state<HistoryShow>('all');
  search = $state('');

  rows = $state.raw<readonly HistoryRow[]>([]);
  counts = $state.raw<HistoryCounts | null>(null);
  next = $state<number | null>(null);
  /** The date that the rows are of, and today's. */
  shownDate = $state<string | null>(null);
  today = $state<string | null>(null);
  sale = $state.raw<SaleView | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);

  #call: Call;
  readonly #ask: (what: HistoryAsk) => Promise<Answer<HistoryPage> | null>;
  #turn = 0;
  /** A sale that another screen asked for: it stays open though it may be of another day, until something else is. */
  #wanted: string | null;

  /** Days that are over may take a PIN: `ask` asks for it, and answers null when the person gave up. */
  constructor(call: Call, wanted: string | null = null, ask?: (what: HistoryAsk) => Promise<Answer<HistoryPage> | null>) {
    this.#call = call;
    this.#ask = ask ?? ((what) => call('history', what));
    this.#wanted = wanted;
  }

  /** Another day, another state, another search: what was asked for before is over. */
  async turn(change: Partial<Pick<Pages, 'date' | 'show' | 'search'>>): Promise<void> {
    Object.assign(this, change);
    this.#wanted = null;
    await this.read(true);
  }

  async choose(saleId: string): Promise<void> {
    this.#wanted = null;
    await this.open(saleId);
  }

  /** Reads the first page anew. `follow`: opens the newest sale when none is open. */
  async read(follow: boolean): Promise<void> {
    const answer = await this.#page(null);
    if (answer === null) return;
    this.rows = answer.rows;
    this.counts = answer.counts;
    this.next = answer.next;
    this.shownDate = answer.date;
    if (this.date === null) this.today = answer.date;
    const kept = this.sale !== null && this.rows.some((row) => row.sale_id === this.sale?.sale_id);
    const first = this.rows[0];
    if (this.#wanted !== null) await this.open(this.#wanted);
    else if (kept && this.sale !== null) await this.open(this.sale.sale_id);
    else if (follow && first !== undefined) await this.open(first.sale_id);
    else this.sale = null;
  }

  async more(): Promise<void> {
    if (this.next === null || this.loading) return;
    const answer = await this.#page(this.next);
    if (answer === null) return;
    // A sale that changed between two pages can stand on both.
    const known = new Set(this.rows.map((row) => row.sale_id));
    this.rows = [...this.rows, ...answer.rows.filter((row) => !known.has(row.sale_id))];
    this.next = answer.next;
  }

  async open(saleId: string): Promise<void> {
    const answer = await this.#call('sale_show', { sale_id: saleId });
    if (answer.kind === 'done') this.sale = answer.value;
    else this.problem = answer;
  }

  async #today(): Promise<HistoryPage | null> {
    this.date = null;
    return this.#page(null);
  }

  /** Null when it failed or a newer question has overtaken it. */
  async #page(before: number | null): Promise<HistoryPage | null> {
    this.#turn += 1;
    const turn = this.#turn;
    this.loading = true;
    const search = this.search.trim();
    const ask = { date: this.date, show: this.show, search: search === '' ? null : search, before };
    const answer = this.date === null ? await this.#call('history', ask) : await this.#ask(ask);
    if (turn !== this.#turn) return null;
    this.loading = false;
    // The question was given up: today is open to everybody.
    if (answer === null) return this.#today();
    this.problem = answer.kind === 'done' ? null : answer;
    return answer.kind === 'done' ? answer.value : null;
  }
}
