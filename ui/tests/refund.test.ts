/** Money of a paid sale that goes back. */
import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { HistoryPage } from '../src/generated/HistoryPage';
import type { SaleView } from '../src/generated/SaleView';
import { done, engine, NOW, payment, refused } from './fixtures';
import { field, pin, press, show, text } from './shift-fixtures';

const SALE: SaleView = {
  sale_id: 'a',
  number: 'A01-0002',
  at: NOW,
  lines: [],
  total: 12_500,
  pill: 'paid',
  payments: [payment({ state: 'paid', amount: 12_500, unique_code: 0, total: 12_500, received: 12_500, paid_at: NOW })],
  receipt_ready: true,
  next_copy: 1,
  paid: 12_500,
  refunded: 2_500,
  surplus: 0,
  cashier: 'Sari',
};
const PAGE: HistoryPage = {
  date: '2026-11-20',
  rows: [{ sale_id: 'a', number: 'A01-0002', at: NOW, contents: 'Kopi', lines: 1, method: 'QRIS', total: 12_500, pill: 'paid' }],
  counts: { all: 1, paid: 1, unpaid: 0, late: 0, unverified: 0, cancelled: 0 },
  next: null,
};

describe('a refund', () => {
  async function over(saleRefund: Parameters<typeof engine>[0]['sale_refund']) {
    const answers = { history: () => done(PAGE), sale_show: () => done(SALE), sale_refund: saleRefund };
    const { till, of } = await show(answers, 'sell');
    till.screen = 'history';
    await vi.waitFor(() => screen.getByTestId('refund-open'));
    await press('refund-open');
    return of;
  }
  const amount = (typed: string) => fireEvent.input(field('refund-amount'), { target: { value: typed } });
  const ready = () => !(screen.getByTestId('refund-ok') as HTMLButtonElement).disabled;

  it('starts with all that is left, and the first key replaces it', async () => {
    await over(() => done(SALE));
    const input = field('refund-amount');
    expect(input.value).toBe('10.000');
    expect(document.activeElement).toBe(input);
    expect([input.selectionStart, input.selectionEnd]).toEqual([0, 6]);
  });

  it('is never more than what is left, and says so', async () => {
    await over(() => done(SALE));
    await fireEvent.input(field('refund-reason'), { target: { value: 'rusak' } });
    expect(ready()).toBe(true);
    await amount('10001');
    expect(field('refund-amount').value).toBe('10.001');
    expect(text('refund-too-much')).toBe('Paling banyak Rp 10.000.');
    expect(ready()).toBe(false);
    await amount('');
    expect(screen.queryByTestId('refund-too-much')).toBeNull();
    expect(ready()).toBe(false);
    await amount('10000');
    expect(ready()).toBe(true);
  });

  it('asks for a PIN, and a double press is one refund', async () => {
    const of = await over((_, word) =>
      word === undefined ? refused('pin_required', 'Perlu PIN penyelia.') : done({ ...SALE, refunded: 7_500 }),
    );
    await amount('5000');
    await fireEvent.input(field('refund-reason'), { target: { value: ' rusak ' } });
    await Promise.all([press('refund-ok'), press('refund-ok')]);
    await vi.waitFor(() => expect(text('pin-dialog')).toContain('Perlu PIN penyelia.'));
    await pin('123456');
    await vi.waitFor(() => expect(screen.queryByTestId('refund-dialog')).toBeNull());
    const input = { sale_id: 'a', amount: 5_000, transfer: false, reason: 'rusak', surplus: false };
    expect(of('sale_refund').map((one) => one.input)).toEqual([input, input]);
    expect(text('sale-refunded')).toContain('Rp 7.500');
  });
});

describe('a paid sale', () => {
  it('is asked about once more, and shows what the gateway says now', async () => {
    const back = { ...SALE, payments: SALE.payments.map((one) => ({ ...one, flags: ['reversed'] })) };
    let sale: SaleView = SALE;
    const answers = {
      history: () => done(PAGE),
      sale_show: () => done(sale),
      payment_check: () => {
        sale = back;
        return done(back.payments[0] ?? payment());
      },
    };
    const { till, of } = await show(answers, 'sell');
    till.screen = 'history';
    await vi.waitFor(() => screen.getByTestId('paid-check'));
    await Promise.all([press('paid-check'), press('paid-check')]);
    await vi.waitFor(() => screen.getByTestId('sale-reversed'));
    expect(of('payment_check').map((one) => one.input)).toEqual([{ id: 'p1' }]);
  });
});
