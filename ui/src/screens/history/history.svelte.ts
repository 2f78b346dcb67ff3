/** The list of a day's sales with its filters, and the sale that is open beside it. */
import type { HistoryCounts } from '../../generated/HistoryCounts';
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
  #turn = 0;

  constructor(call: Call) {
    this.#call = call;
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
    if (kept && this.sale !== null) await this.open(this.sale.sale_id);
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

  /** Null when it failed or a newer question has overtaken it. */
  async #page(before: number | null) {
    this.#turn += 1;
    const turn = this.#turn;
    this.loading = true;
    const search = this.search.trim();
    const ask = { date: this.date, show: this.show, search: search === '' ? null : search, before };
    const answer = await this.#call('history', ask);
    if (turn !== this.#turn) return null;
    this.loading = false;
    this.problem = answer.kind === 'done' ? null : answer;
    return answer.kind === 'done' ? answer.value : null;
  }
}
