/** What is shown to pay with, beside a QRIS: a link, a transfer, a sandbox's bill, money that was taken back. */
import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PaymentView } from '../src/generated/PaymentView';
import type { SaleView } from '../src/generated/SaleView';
import { inFours } from '../src/lib/account';
import { typed } from '../src/lib/cart';
import { pillOf, trayGroup } from '../src/lib/payments';
import { Till } from '../src/lib/till.svelte';
import { Customer } from '../src/screens';
import SaleDetail from '../src/screens/history/SaleDetail.svelte';
import Qris from '../src/screens/qris/Qris.svelte';
import { boot, done, engine, NOW, payment, strip, SVG } from './fixtures';
import { press, text } from './shift-fixtures';

const URL = 'https://www.bayar.gg/pay?invoice=PAY-1';
const LINK = payment({ presentment: { kind: 'link', url: URL, svg: SVG } });
const TRANSFER = payment({ presentment: { kind: 'transfer', account: '081234567890', amount: 50_347 } });
const TEST = { code: 'sandbox', message: 'Alamat Midtrans ini uji coba.' };

async function sheet(shown: PaymentView): Promise<void> {
  const { call } = engine({ strip: () => done(strip()), payment_start: () => done(shown) });
  const till = new Till(call, async () => true);
  till.begin(boot());
  till.clock.correct(NOW);
  till.checkout.edit((cart) => typed(cart, '50000'));
  await till.checkout.charge();
  render(Qris, { till });
  await tick();
}

async function customer(shown: PaymentView): Promise<void> {
  const look = { shop: 'Toko Contoh', zone: 'WIB', lang: 'id', theme: 'light' } as const;
  const screenName = shown.state === 'paid' ? 'paid' : 'pay';
  const { call } = engine({ customer_view: () => done({ screen: screenName, ...look, payment: shown }) });
  render(Customer, { call, onPush: async () => () => {} });
  await vi.waitFor(() => screen.getByTestId(`customer-${screenName}`));
}

function clipboard(writeText: (text: string) => Promise<void>): void {
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
}

afterEach(() => vi.unstubAllGlobals());

describe('a link', () => {
  it('says that it is no QRIS, on both windows, and only the cashier can copy it', async () => {
    await sheet(LINK);
    expect(text('qr-link')).toContain('Ini tautan, bukan QRIS');
    expect(text('qr-link')).toContain('kamera HP');
    expect(text('pay-steps')).toContain('Pindai kode dengan kamera HP');
    expect(screen.queryByTestId('qr-merchant')).toBeNull();
    expect(screen.queryByTestId('copy-link')).not.toBeNull();
  });

  it('has no button on the customer’s window', async () => {
    await customer(LINK);
    expect(text('qr-link')).toContain('Ini tautan, bukan QRIS');
    expect(screen.queryByTestId('copy-link')).toBeNull();
  });

  it('is copied, and a word says so', async () => {
    const copied: string[] = [];
    clipboard(async (what) => void copied.push(what));
    await sheet(LINK);
    await press('copy-link');
    await vi.waitFor(() => expect(text('copy-link')).toBe('Tautan tersalin'));
    expect(copied).toEqual([URL]);
    expect(screen.queryByTestId('link-text')).toBeNull();
  });

  it('that cannot be copied is there to be marked', async () => {
    clipboard(async () => Promise.reject(new Error('not allowed')));
    await sheet(LINK);
    await press('copy-link');
    await vi.waitFor(() => expect(text('link-text')).toBe(URL));
  });

  it.each(['expired', 'cancelled'])('of a bill that is %s is not handed on', async (state) => {
    await sheet({ ...LINK, state });
    expect(screen.queryByTestId('copy-link')).toBeNull();
  });
});

describe('a transfer', () => {
  it('is a number in fours and an exact amount, with steps of its own and no code', async () => {
    await sheet(TRANSFER);
    expect(text('transfer-account')).toBe('0812 3456 7890');
    expect(text('transfer-amount')).toBe('Rp 50.347');
    expect(text('qr-exactly')).toBe('Nominal harus persis');
    expect(text('qr-total')).toBe('Rp 50.347');
    expect(text('pay-steps')).toContain('Buka OVO, pilih Transfer');
    expect(screen.queryByTestId('qr-image')).toBeNull();
  });

  it.each([
    ['08123', '0812 3'],
    ['08123456', '0812 3456'],
    ['0812', '0812'],
  ])('%s is read as %s', (account, read) => {
    expect(inFours(account)).toBe(read);
  });
});

describe('a sandbox’s bill', () => {
  const waiting = { ...LINK, notices: [TEST] };
  const paid = payment({ state: 'paid', received: 50_347, paid_at: NOW, notices: [TEST] });

  it('is no real money on the sheet, also once it is paid', async () => {
    await sheet(waiting);
    expect(text('sandbox-banner')).toBe('UJI COBA: bukan uang sungguhan');
    expect(screen.queryByTestId('payment-notice'), 'said once').toBeNull();
  });

  it.each([
    ['waiting', waiting],
    ['paid', paid],
  ])('is no real money for the customer either: %s', async (_, shown) => {
    await customer(shown);
    expect(text('sandbox-banner')).toBe('UJI COBA: bukan uang sungguhan');
  });

  it('is not said of any other', async () => {
    await sheet(payment({ notices: [{ code: 'own_qris_used', message: 'QRIS toko dipakai.' }] }));
    expect(screen.queryByTestId('sandbox-banner')).toBeNull();
    expect(text('payment-notice')).toBe('QRIS toko dipakai.');
  });

  it('that may not be shown keeps its reason', async () => {
    const foreign = { code: 'foreign_merchant', message: 'QR menyebut toko lain.' };
    await sheet(payment({ state: 'rejected', presentment: null, notices: [TEST, foreign] }));
    expect(text('sandbox-banner')).toContain('UJI COBA');
    expect(text('notice')).toBe('QR menyebut toko lain.');
  });
});

describe('money that was taken back', () => {
  const taken = payment({ state: 'paid', flags: ['reversed'], received: 50_347, paid_at: NOW });

  it('has a word and a pill, and is not LUNAS', async () => {
    await sheet(taken);
    expect(text('paid')).toContain('DANA DITARIK KEMBALI');
    expect(text('paid')).not.toContain('LUNAS');
    expect(text('paid')).not.toContain('Terima kasih');
  });

  it('stands in the tray among what needs a look', () => {
    expect(pillOf(taken)).toBe('reversed');
    expect(trayGroup(taken)).toBe('late');
    expect(pillOf(payment({ state: 'cancelled', flags: ['reversed'] }))).toBe('reversed');
  });

  it('stands in the history of its sale', async () => {
    const nothing = () => {};
    const sale: SaleView = {
      sale_id: 's1',
      number: 'A01-0148',
      at: NOW,
      lines: [],
      total: 50_000,
      pill: 'paid',
      payments: [taken],
      receipt_ready: true,
      paid: 50_347,
      refunded: 0,
      surplus: 0,
      cashier: 'Sari',
      next_copy: 1,
    };
    const acts = { onreceipt: nothing, onrefund: nothing, onpayment: nothing, oncheck: async () => {} };
    const shown = render(SaleDetail, { sale, zone: 'WIB', lang: 'id', ...acts });
    expect(text('sale-reversed')).toBe('DANA DITARIK KEMBALI');
    await shown.rerender({ sale: { ...sale, payments: [payment({ state: 'paid' })] } });
    expect(screen.queryByTestId('sale-reversed')).toBeNull();
  });
});
