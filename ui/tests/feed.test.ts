/** What an owner looks at: the feed, the refund of a sale, how the books count. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import PinGate from '../src/components/PinGate.svelte';
import type { FeedItem } from '../src/generated/FeedItem';
import type { SaleView } from '../src/generated/SaleView';
import { Till } from '../src/lib/till.svelte';
import { History, Settings } from '../src/screens';
import { Pages } from '../src/screens/history/history.svelte';
import { daysOf } from '../src/screens/settings/feed/feed.svelte';
import { bootOf, done, engine, NOW, OWNER, payment, refused, RULES, SARI, strip } from './fixtures';

const text = (testid: string): string => screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';
const type = (testid: string, value: string) => fireEvent.input(screen.getByTestId(testid), { target: { value } });
const press = (testid: string) => fireEvent.click(screen.getByTestId(testid));
const rows = (): string[] =>
  screen.queryAllByTestId('feed-row').map((row) => row.textContent?.replace(/\s+/g, ' ').trim() ?? '');

async function settle(till: Till): Promise<void> {
  render(PinGate, { gate: till.gate });
  await tick();
}

async function approve(): Promise<void> {
  await vi.waitFor(() => expect(screen.queryByTestId('pin-dialog')).not.toBeNull());
  await type('confirm-pin', '654321');
  await press('confirm-ok');
  await tick();
}

function item(change: Partial<FeedItem> = {}): FeedItem {
  const rest = { approver: null, reason: null, sale_id: null, notable: false };
  return { seq: 9, kind: 'signed_in', at: NOW, date: '2026-11-20', who: 'Sari', text: 'Sari masuk', ...rest, ...change };
}

const drawer = item({ seq: 8, kind: 'drawer_opened', notable: true, text: 'Laci dibuka', reason: 'tukar receh', approver: 'Bu Ratna' });

describe('the feed', () => {
  async function open(feed: NonNullable<Parameters<typeof engine>[0]['feed']>) {
    const { call, asked } = engine({ strip: () => done(strip()), boot: () => done(bootOf(SARI)), feed });
    const till = new Till(call, async () => true);
    till.settingsTab = 'feed';
    await till.readBoot();
    render(Settings, { till });
    await settle(till);
    return { till, asks: () => asked.filter((one) => one.name === 'feed') };
  }

  it('says when, what, who and why, and marks what needs a look by a word', async () => {
    await open(() => done({ items: [item(), drawer], next: null }));
    await vi.waitFor(() => expect(rows()).toHaveLength(2));
    expect(text('feed-day')).toBe('20 Nov 2026');
    expect(rows()[0]).toBe('19.41 Sari masuk Sari');
    expect(rows()[1]).toBe('19.41 Laci dibuka Perlu dilihat Sari, disetujui Bu Ratna tukar receh');
    expect(screen.queryByTestId('feed-more')).toBeNull();
  });

  it('asks only for what needs a look, and for the page after', async () => {
    const { asks } = await open((ask) => {
      if (ask.notable) return done({ items: [drawer], next: null });
      if (ask.before === null) return done({ items: [item()], next: 9 });
      return done({ items: [drawer], next: null });
    });
    await vi.waitFor(() => expect(screen.queryByTestId('feed-more')).not.toBeNull());
    await press('feed-more');
    await vi.waitFor(() => expect(rows()).toHaveLength(2));
    await press('feed-notable');
    await vi.waitFor(() => expect(rows()).toHaveLength(1));
    expect(screen.getByTestId('feed-notable').getAttribute('aria-pressed')).toBe('true');
    expect(asks().map((one) => one.input)).toEqual([
      { before: null, notable: false },
      { before: 9, notable: false },
      { before: null, notable: true },
    ]);
  });

  it('of a cashier opens with a supervisor’s PIN, and stays shut without', async () => {
    const { asks } = await open((_, word) =>
      word === undefined ? refused('pin_required', 'Perlu pengawas.') : done({ items: [item()], next: null }),
    );
    await vi.waitFor(() => expect(screen.queryByTestId('pin-dialog')).not.toBeNull());
    await fireEvent(screen.getByTestId('pin-dialog'), new Event('cancel', { cancelable: true }));
    await vi.waitFor(() => expect(screen.queryByTestId('feed-open')).not.toBeNull());
    expect(rows()).toEqual([]);
    await press('feed-open');
    await approve();
    await vi.waitFor(() => expect(rows()).toHaveLength(1));
    expect(asks().at(-1)?.word).toEqual({ person: OWNER.id, pin: '654321' });
  });

  it('leads to the sale that a row is about', async () => {
    const { till } = await open(() =>
      done({ items: [item({ kind: 'sale_refunded', sale_id: 's7', text: 'Retur Rp 5.000' })], next: null }),
    );
    await vi.waitFor(() => expect(screen.queryByTestId('feed-sale')).not.toBeNull());
    await press('feed-sale');
    expect(till.screen).toBe('history');
    expect(till.wantedSale).toBe('s7');
  });

  it('keeps the order of the days as they came', () => {
    const days = daysOf([item({ seq: 3 }), item({ seq: 2, date: '2026-11-19' }), item({ seq: 1, date: '2026-11-19' })]);
    expect(days.map((day) => [day.date, day.items.map((one) => one.seq)])).toEqual([
      ['2026-11-20', [3]],
      ['2026-11-19', [2, 1]],
    ]);
  });
});

const COUNTS = { all: 1, paid: 1, unpaid: 0, late: 0, unverified: 0, cancelled: 0 };

function sale(change: Partial<SaleView> = {}): SaleView {
  return {
    sale_id: 's1',
    number: 'A01-0148',
    at: NOW,
    lines: [],
    total: 50_000,
    pill: 'paid',
    payments: [payment({ state: 'paid' })],
    receipt_ready: true,
    paid: 50_000,
    refunded: 0,
    surplus: 0,
    cashier: 'Sari',
    next_copy: 1,
    ...change,
  };
}

describe('a refund', () => {
  async function open(shown: SaleView, refund?: NonNullable<Parameters<typeof engine>[0]['sale_refund']>) {
    const { sale_id, number, at, total, pill } = shown;
    const row = { sale_id, number, at, contents: '', lines: 1, method: 'QRIS', total, pill };
    const { call, asked } = engine({
      strip: () => done(strip()),
      boot: () => done(bootOf(SARI)),
      history: () => done({ date: '2026-11-20', rows: [row], counts: COUNTS, next: null }),
      sale_show: () => done(shown),
      ...(refund === undefined ? {} : { sale_refund: refund }),
    });
    const till = new Till(call, async () => true);
    await till.readBoot();
    render(History, { till });
    await settle(till);
    await vi.waitFor(() => expect(screen.queryByTestId('history-detail')).not.toBeNull());
    return asked;
  }

  const ok = (): HTMLButtonElement => screen.getByTestId('refund-ok') as HTMLButtonElement;

  it('proposes what is left, wants a reason, and stands on the sale after', async () => {
    const asked = await open(sale({ refunded: 20_000 }), (input, word) =>
      word === undefined
        ? refused('pin_required', 'Perlu pengawas.')
        : done(sale({ refunded: 20_000 + input.amount })),
    );
    expect(text('sale-cashier')).toBe('Sari');
    expect(text('sale-refunded')).toBe('Sudah diretur Rp 20.000');
    await press('refund-open');
    expect((screen.getByTestId('refund-amount') as HTMLInputElement).value).toBe('30.000');
    expect(ok().disabled, 'a refund has a reason').toBe(true);
    await type('refund-reason', ' barang rusak ');
    await type('refund-amount', '30.001');
    expect(ok().disabled, 'never more than is left').toBe(true);
    await type('refund-amount', '30000');
    await press('refund-transfer');
    expect(text('refund-about')).toContain('Kirim sendiri');
    await fireEvent.click(ok());
    await approve();
    await vi.waitFor(() => expect(text('sale-refunded')).toBe('Sudah diretur Rp 50.000'));
    expect(asked.filter((one) => one.name === 'sale_refund').at(-1)).toEqual({
      name: 'sale_refund',
      input: { sale_id: 's1', amount: 30_000, transfer: true, reason: 'barang rusak', surplus: false },
      word: { person: OWNER.id, pin: '654321' },
    });
    expect(screen.queryByTestId('refund-dialog')).toBeNull();
    expect(screen.queryByTestId('refund-open'), 'nothing is left to give back').toBeNull();
  });

  it('that Rust refuses leaves the sale as it was', async () => {
    await open(sale(), () => refused('shift_not_open', 'Kasir belum dibuka.'));
    await press('refund-open');
    await type('refund-reason', 'salah harga');
    await fireEvent.click(ok());
    await vi.waitFor(() => expect(text('refund-problem')).toBe('Kasir belum dibuka.'));
    expect(screen.queryByTestId('sale-refunded')).toBeNull();
  });

  it('is not offered for a sale that is not paid', async () => {
    await open(sale({ pill: 'unpaid', payments: [payment()] }));
    expect(screen.queryByTestId('refund-open')).toBeNull();
  });
});

describe('a sale that another screen asks for', () => {
  it('stays open until something else is chosen', async () => {
    const { call } = engine({
      history: () => done({ date: '2026-11-20', rows: [], counts: COUNTS, next: null }),
      sale_show: (ask) => done(sale({ sale_id: ask.sale_id })),
    });
    const pages = new Pages(call, 'old');
    await pages.read(true);
    await pages.read(true);
    expect(pages.sale?.sale_id).toBe('old');
    await pages.turn({ search: 'x' });
    expect(pages.sale).toBeNull();
  });
});

describe('how the books count', () => {
  it('is changed by the owner’s PIN', async () => {
    const { call, asked } = engine({
      strip: () => done(strip()),
      boot: () => done(bootOf(OWNER)),
      book_rules: () => done(RULES),
      book_rules_set: (input, word) =>
        word === undefined ? refused('pin_required', 'Perlu PIN pemilik.') : done({ ...RULES, ...input }),
    });
    const till = new Till(call, async () => true);
    till.settingsTab = 'shop';
    await till.readBoot();
    render(Settings, { till });
    await settle(till);
    await vi.waitFor(() => expect(screen.queryByTestId('rounding-100')).not.toBeNull());
    const save = screen.getByTestId('rules-save') as HTMLButtonElement;
    expect(save.disabled).toBe(true);
    expect(screen.queryByTestId('rounding-down'), 'no rounding has no way').toBeNull();
    await press('rounding-100');
    await press('rounding-down');
    await fireEvent.change(screen.getByTestId('merchant-class'), { target: { value: 'uke' } });
    await fireEvent.click(save);
    await approve();
    await vi.waitFor(() => expect(screen.queryByTestId('rules-saved')).not.toBeNull());
    expect(asked.at(-1)).toMatchObject({
      input: { rounding_step: 100, rounding_down: true, merchant_class: 'uke' },
      word: { pin: '654321' },
    });
    expect(save.disabled).toBe(true);
  });
});
