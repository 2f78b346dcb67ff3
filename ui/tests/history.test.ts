import { describe, expect, it } from 'vitest';
import type { Answer } from '../src/generated/Answer';
import type { HistoryAsk } from '../src/generated/HistoryAsk';
import type { HistoryPage } from '../src/generated/HistoryPage';
import type { HistoryRow } from '../src/generated/HistoryRow';
import { Pages } from '../src/screens/history/history.svelte';
import { timelineOf } from '../src/screens/history/timeline';
import { done, engine, evidence, later, NOW, payment } from './fixtures';

const COUNTS = { all: 3, paid: 3, unpaid: 0, late: 0, unverified: 0, cancelled: 0 };

function row(sale_id: string): HistoryRow {
  return { sale_id, number: sale_id, at: NOW, contents: '', lines: 1, method: 'QRIS', total: 1000, pill: 'paid' };
}

function page(ids: string[], next: number | null, date = '2026-11-20'): HistoryPage {
  return { date, rows: ids.map(row), counts: COUNTS, next };
}

function sale(sale_id: string) {
  const rest = { number: sale_id, at: NOW, lines: [], total: 1000, pill: 'paid', payments: [] } as const;
  return { sale_id, ...rest, lines: [], payments: [], receipt_ready: true, next_copy: 1, paid: 1000, refunded: 0, surplus: 0, cashier: 'Sari' };
}

describe('the pages', () => {
  it('open the newest sale, and a sale that stands on two pages is listed once', async () => {
    const { call } = engine({
      history: (ask) => done(ask.before === null ? page(['c', 'b'], 2) : page(['b', 'a'], null)),
      sale_show: (ask) => done(sale(ask.sale_id)),
    });
    const pages = new Pages(call);
    await pages.read(true);
    expect(pages.sale?.sale_id).toBe('c');
    await pages.more();
    expect(pages.rows.map((one) => one.sale_id)).toEqual(['c', 'b', 'a']);
    expect(pages.next).toBeNull();
  });

  it('a newer question wins over a slow older answer', async () => {
    const slow = later<Answer<HistoryPage>>();
    const asked: HistoryAsk[] = [];
    const { call } = engine({
      history: (ask) => {
        asked.push(ask);
        return ask.search === 'a' ? slow.promise : done(page(['new'], null));
      },
      sale_show: (ask) => done(sale(ask.sale_id)),
    });
    const pages = new Pages(call);
    pages.search = ' a ';
    const first = pages.read(true);
    pages.search = 'ab';
    await pages.read(true);
    slow.resolve(done(page(['old'], null)));
    await first;
    expect(asked.map((ask) => ask.search)).toEqual(['a', 'ab']);
    expect(pages.rows.map((one) => one.sale_id)).toEqual(['new']);
  });
});

describe('the timeline', () => {
  it('tells the evidence of every attempt in the order of time, and steps on the way not at all', () => {
    const silent = payment({
      id: 'p0',
      evidence: [evidence('submitting', NOW - 9000), evidence('unknown', NOW - 5000)],
    });
    const second = payment({ state: 'paid', evidence: [evidence('pending', NOW - 4000), evidence('paid', NOW)] });
    const told = timelineOf([second, silent]);
    expect(told.map((entry) => entry.title)).toEqual(['Kropay, tidak menjawab', 'Kropay, QR dibuat', 'Uang masuk']);
    expect(told.at(-1)?.detail).toBe('Rp\u00a050.347, Invoice KRP1');
  });

  it('a person’s word keeps its reason, and a review its sentence', () => {
    const word = { ...evidence('confirmed'), source: 'person', reason: 'soundbox' };
    const odd = { ...evidence('paid'), review: { code: 'amount', message: 'Jumlah tidak sama.' } };
    const [first, second] = timelineOf([payment({ evidence: [word, odd] })]);
    expect(first?.detail).toBe('soundbox');
    expect(second?.detail).toContain('Jumlah tidak sama.');
    expect(second?.tone).toBe('telat');
  });
});
