/** The QRIS sheet as the cashier meets it, with a Rust that answers as told. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { typed } from '../src/lib/cart';
import { Till } from '../src/lib/till.svelte';
import Qris from '../src/screens/qris/Qris.svelte';
import type { PaymentView } from '../src/generated/PaymentView';
import { boot, done, engine, evidence, NOW, ownQris, payment, refused, strip } from './fixtures';

const paid = payment({
  state: 'paid',
  received: 50_347,
  paid_at: NOW,
  evidence: [evidence('pending'), evidence('paid')],
});

async function sheet(shown: PaymentView, outputs: Parameters<typeof engine>[0] = {}, practice = false) {
  const { call, asked } = engine({
    strip: () => done(strip()),
    payment_start: () => done(shown),
    payment_leave: () => done(strip()),
    ...outputs,
  });
  const till = new Till(call, async () => true);
  till.begin(boot({ practice }));
  till.clock.correct(NOW);
  till.checkout.edit((cart) => typed(cart, '50000'));
  await till.checkout.charge();
  render(Qris, { till });
  await tick();
  return { till, asked, names: () => asked.map((one) => one.name) };
}

const text = (testid: string): string => screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';

afterEach(() => vi.useRealTimers());

describe('a gateway’s QR', () => {
  it('says who is paid, how much exactly, and the unique code on a line of its own', async () => {
    await sheet(payment());
    expect(text('qr-merchant')).toBe('TOKO CONTOH');
    expect(text('qr-nmid')).toBe('NMID : ID1099900012345 · A01');
    expect(text('qr-total')).toBe('Rp 50.347');
    expect(text('qr-price')).toBe('Rp 50.000');
    expect(text('qr-unique')).toBe('+ 347');
    expect(text('qr-state')).toBe('BELUM LUNAS');
    expect(text('qr-countdown')).toBe('sisa 09.18');
    expect(screen.queryByTestId('practice-pay'), 'no customer is played with real money').toBeNull();
  });

  it('has no line for a code of zero', async () => {
    await sheet(payment({ unique_code: 0, total: 50_000 }));
    expect(screen.queryByTestId('qr-unique')).toBeNull();
  });

  it('is drawn in whole pixels for each module', async () => {
    await sheet(payment());
    const image = screen.getByTestId('qr-image') as HTMLImageElement;
    expect(Number(image.getAttribute('width')) % 57).toBe(0);
    expect(Number(image.getAttribute('width'))).toBeGreaterThanOrEqual(57 * 6);
  });

  it('when its time is up is still watched, and says so', async () => {
    const { till } = await sheet(payment({ expires_at: NOW + 1000 }));
    till.clock.now = NOW + 1000;
    await tick();
    expect(text('qr-countdown')).toBe('Kedaluwarsa, masih diawasi');
    expect(screen.queryByTestId('check-now')).not.toBeNull();
  });

  it('Enter checks, and the word changes while it does', async () => {
    let answer: (value: unknown) => void = () => {};
    const { till, names } = await sheet(payment(), { payment_check: () => new Promise((settle) => (answer = settle)) });
    await fireEvent.keyDown(window, { key: 'Enter' });
    expect(text('check-now')).toContain('Mengecek…');
    await fireEvent.keyDown(window, { key: 'Enter' });
    expect(names().filter((name) => name === 'payment_check')).toHaveLength(1);
    answer(done(payment({ checked_at: NOW })));
    await vi.waitFor(() => expect(till.checkout.busy).toBeNull());
    await tick();
    expect(text('check-now')).toContain('Cek sekarang');
  });

  it('F4 serves the next and leaves it watched', async () => {
    const { till, names } = await sheet(payment());
    await fireEvent.keyDown(window, { key: 'F4' });
    await vi.waitFor(() => expect(till.checkout.sheet).toBeNull());
    expect(names()).toContain('payment_leave');
    expect(names()).not.toContain('payment_cancel');
    expect(till.checkout.cart.lines).toHaveLength(0);
  });

  it('turns to LUNAS when Rust says so', async () => {
    const { till } = await sheet(payment());
    till.hear({ event: 'payment_changed', payment: paid });
    await tick();
    expect(text('paid')).toContain('LUNAS');
    expect(text('paid-total')).toBe('Rp 50.347');
    expect(screen.queryByTestId('qr-image'), 'nobody may pay it twice').toBeNull();
  });
});

describe('no QR', () => {
  const foreign = { code: 'foreign_merchant', message: 'QR menyebut toko lain. QR tidak ditampilkan.' };

  it('is a red sentence and never a code', async () => {
    await sheet(payment({ state: 'rejected', presentment: null, notices: [foreign] }));
    expect(text('notice')).toBe(foreign.message);
    expect(screen.getByTestId('notice').getAttribute('role')).toBe('alert');
    expect(screen.queryByTestId('qr-image')).toBeNull();
  });

  it('offers the shop’s own QRIS for the same order', async () => {
    const { till, asked } = await sheet(payment({ state: 'rejected', presentment: null, notices: [foreign] }));
    await fireEvent.click(screen.getByTestId('use-own-qris'));
    const starts = asked.filter((one) => one.name === 'payment_start').map((one) => one.input);
    expect(starts[1]).toMatchObject({ via: { by: 'own_qris' }, order: till.checkout.cart.order });
  });
});

describe('the shop’s own QRIS', () => {
  it('is unverified, with its code taken off, and claims no check', async () => {
    await sheet(ownQris());
    expect(text('qr-state')).toBe('BELUM TERVERIFIKASI');
    expect(text('qr-unique')).toBe('\u22123');
    expect(screen.queryByTestId('check-now')).toBeNull();
    expect(screen.queryByTestId('qr-countdown')).toBeNull();
  });

  it('is confirmed by a person with PIN and reason only, and a wrong PIN is said in the dialog', async () => {
    const confirmed = ownQris({ state: 'confirmed', evidence: [evidence('unverified'), evidence('confirmed')] });
    const { asked } = await sheet(ownQris(), {
      payment_confirm: (_, word) => (word?.pin === '123456' ? done(confirmed) : refused('pin_wrong', 'PIN salah.')),
    });
    await fireEvent.click(screen.getByTestId('confirm-manual'));
    const ok = screen.getByTestId('confirm-ok') as HTMLButtonElement;
    const pin = screen.getByTestId('confirm-pin');
    await fireEvent.input(pin, { target: { value: '111111' } });
    expect(ok.disabled, 'a reason is required').toBe(true);
    await fireEvent.input(screen.getByTestId('confirm-reason'), { target: { value: 'soundbox' } });
    expect(ok.disabled).toBe(false);
    await fireEvent.click(ok);
    await vi.waitFor(() => expect(within(screen.getByTestId('pin-dialog')).getByTestId('notice')).toBeTruthy());
    expect(ok.disabled, 'the wrong PIN is gone').toBe(true);
    await fireEvent.input(pin, { target: { value: '123456' } });
    await fireEvent.click(ok);
    await vi.waitFor(() => expect(text('paid')).toContain('(dikonfirmasi kasir)'));
    expect(asked.filter((one) => one.name === 'payment_confirm').at(-1)).toMatchObject({
      input: { id: 'p1', reason: 'soundbox' },
      word: { pin: '123456' },
    });
  });
});

describe('LUNAS', () => {
  it('returns by itself after five seconds, with an empty cart', async () => {
    vi.useFakeTimers();
    const { till } = await sheet(paid);
    expect(text('paid-return')).toContain('5 dtk');
    await vi.advanceTimersByTimeAsync(1000);
    expect(text('paid-return')).toContain('4 dtk');
    await vi.advanceTimersByTimeAsync(4000);
    expect(till.checkout.sheet).toBeNull();
    expect(till.checkout.cart.lines).toHaveLength(0);
  });

  it('stays when something about the money needs a look', async () => {
    vi.useFakeTimers();
    const { till } = await sheet({ ...paid, flags: ['late'] });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(till.checkout.sheet).not.toBeNull();
    expect(text('paid')).toContain('TERLAMBAT');
  });

  it('Enter goes on at once', async () => {
    const { till } = await sheet(paid);
    await fireEvent.keyDown(window, { key: 'Enter' });
    await vi.waitFor(() => expect(till.checkout.sheet).toBeNull());
  });
});

describe('practice', () => {
  it('lets the cashier pay as the customer', async () => {
    const { names } = await sheet(payment(), { practice_pay: () => done(paid) }, true);
    await fireEvent.click(screen.getByTestId('practice-pay'));
    await vi.waitFor(() => expect(text('paid')).toContain('LUNAS'));
    expect(names()).toContain('practice_pay');
  });
});
