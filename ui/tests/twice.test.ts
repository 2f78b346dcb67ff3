/** Money that came twice for one sale: said with its amount wherever it is seen. */
import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { HistoryPage } from '../src/generated/HistoryPage';
import type { PaymentView } from '../src/generated/PaymentView';
import type { SaleView } from '../src/generated/SaleView';
import { surplusOf } from '../src/lib/payments';
import { done, NOW, payment, strip } from './fixtures';
import { press, show, text } from './shift-fixtures';

const beside = { notices: [{ code: 'paid_twice', message: 'Lunas ganda.' }], flags: ['duplicate'] };
const first = payment({ id: 'p1', state: 'paid', received: 50_347, paid_at: NOW });
const second = payment({ id: 'p2', state: 'paid', received: 50_112, total: 50_112, gateway_id: 'KRP2', ...beside });

function sale(payments: PaymentView[], surplus = 50_112): SaleView {
  const rest = { at: NOW, lines: [], receipt_ready: true, next_copy: 1, refunded: 0, surplus, cashier: 'Sari' };
  return { sale_id: 's1', number: 'A01-0148', total: 50_000, pill: 'duplicate', payments, paid: 50_347, ...rest };
}

const PAGE: HistoryPage = {
  date: '2026-11-20',
  rows: [{ sale_id: 's1', number: 'A01-0148', at: NOW, contents: 'Kopi', lines: 1, method: 'QRIS', total: 50_347, pill: 'duplicate' }],
  counts: { all: 1, paid: 1, unpaid: 0, late: 0, unverified: 0, cancelled: 0 },
  next: null,
};

async function history(payments: PaymentView[], surplus?: number) {
  const shown = sale(payments, surplus);
  const { till, of } = await show(
    { history: () => done(PAGE), sale_show: () => done(shown), sale_refund: () => done({ ...shown, surplus: 0 }) },
    'sell',
  );
  till.screen = 'history';
  await vi.waitFor(() => screen.getByTestId('history-detail'));
  return of;
}

describe('the surplus', () => {
  it.each([
    ['all of a payment beside the one that covered the sale', second, 50_112],
    ['its total where only a person’s word tells of it', { ...second, state: 'confirmed', received: 0 }, 50_112],
    ['what came above the total of one that was paid twice', { ...first, received: 100_694, flags: ['over', 'duplicate'] }, 50_347],
    ['nothing where two parts do not make the whole', { ...first, received: 20_000, flags: ['under', 'duplicate'] }, 0],
    ['nothing of a payment that only came with too much', { ...first, received: 60_000, flags: ['over'] }, 0],
  ])('is %s', (_, one, amount) => {
    expect(surplusOf(one)).toBe(amount);
  });
});

describe('a sale that was paid twice', () => {
  it('says in the history how much goes back, and by which way', async () => {
    await history([first, second]);
    await vi.waitFor(() => expect(screen.getAllByTestId('paid-twice')).toHaveLength(1));
    expect(text('paid-twice')).toContain('Lunas ganda');
    expect(text('paid-twice-what')).toContain('Rp 50.112 masuk lagi lewat Kropay, Invoice KRP2');
    expect(text('paid-twice')).toContain('lalu catat');
  });

  it('is done with once the money is recorded as given back', async () => {
    const of = await history([first, second]);
    await press('twice-return');
    await fireEvent.input(screen.getByTestId('refund-reason'), { target: { value: 'dibayar dua kali' } });
    await press('refund-ok');
    await vi.waitFor(() => expect(text('twice-settled')).toContain('sudah dikembalikan'));
    expect(of('sale_refund').at(-1)).toMatchObject({ input: { amount: 50_112, transfer: true, surplus: true } });
    expect(screen.queryByTestId('paid-twice')).toBeNull();
  });

  it('is silent where nothing came twice', async () => {
    await history([first]);
    expect(screen.queryByTestId('paid-twice')).toBeNull();
  });
});

describe('the waiting list', () => {
  it('says it of an open bill too, and leads to its sale', async () => {
    const open = payment({ state: 'pending', received: 20_000, flags: ['under', 'duplicate'] });
    const { till } = await show(
      {
        strip: () => done(strip({ waiting: 1 })),
        payments_open: () => done([open, payment({ id: 'p9', sale_id: 's9' })]),
        history: () => done(PAGE),
        sale_show: () => done(sale([open])),
      },
      'sell',
    );
    await press('tray-waiting');
    await vi.waitFor(() => expect(screen.getAllByTestId('tray-payment')).toHaveLength(2));
    expect(screen.getAllByTestId('paid-twice')).toHaveLength(1);
    expect(text('paid-twice-what')).toContain('lebih dari sekali');
    expect(text('paid-twice')).not.toContain('Lunas');
    await fireEvent.click(screen.getByTestId('tray-sale'));
    await vi.waitFor(() => expect(till.screen).toBe('history'));
  });
});
