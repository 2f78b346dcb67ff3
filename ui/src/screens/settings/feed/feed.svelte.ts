/** What happened besides sales, page by page. Somebody below a supervisor needs one's PIN for each page. */
import type { FeedAsk } from '../../../generated/FeedAsk';
import type { FeedItem } from '../../../generated/FeedItem';
import type { FeedView } from '../../../generated/FeedView';
import type { Answer } from '../../../generated/Answer';
import type { Problem } from '../../../lib/ipc';

/** Null when the person gave up at the PIN. */
export type AskFeed = (ask: FeedAsk) => Promise<Answer<FeedView> | null>;

export interface Day {
  date: string;
  items: FeedItem[];
}

export class Feed {
  notable = $state(false);
  items = $state.raw<readonly FeedItem[]>([]);
  next = $state<number | null>(null);
  loading = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** Nobody gave the PIN, so nothing is shown. */
  shut = $state(false);

  #ask: AskFeed;
  #turn = 0;

  constructor(ask: AskFeed) {
    this.#ask = ask;
  }

  async read(): Promise<void> {
    const page = await this.#page(null, this.notable);
    if (page === null) return;
    this.items = page.items;
    this.next = page.next;
  }

  /** The list changes only when the other one may be seen. */
  async choose(notable: boolean): Promise<void> {
    if (notable === this.notable) return;
    const page = await this.#page(null, notable);
    if (page === null) return;
    this.notable = notable;
    this.items = page.items;
    this.next = page.next;
  }

  async more(): Promise<void> {
    if (this.next === null || this.loading) return;
    const page = await this.#page(this.next, this.notable);
    if (page === null) return;
    this.items = [...this.items, ...page.items];
    this.next = page.next;
  }

  /** Null when it was refused, or a newer question has overtaken it. */
  async #page(before: number | null, notable: boolean): Promise<FeedView | null> {
    this.#turn += 1;
    const turn = this.#turn;
    this.loading = true;
    const answer = await this.#ask({ before, notable });
    if (turn !== this.#turn) return null;
    this.loading = false;
    this.shut = answer === null && this.items.length === 0;
    if (answer === null) return null;
    this.problem = answer.kind === 'done' ? null : answer;
    return answer.kind === 'done' ? answer.value : null;
  }
}

/** The rows under their business dates, in the order in which they came. */
export function daysOf(items: readonly FeedItem[]): Day[] {
  const days: Day[] = [];
  for (const item of items) {
    const last = days.at(-1);
    if (last?.date === item.date) last.items.push(item);
    else days.push({ date: item.date, items: [item] });
  }
  return days;
}
