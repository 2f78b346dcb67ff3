/** Both windows from the outside: first run, selling, the customer's side. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import type { Push } from '../src/generated/Push';
import { Till } from '../src/lib/till.svelte';
import { Customer } from '../src/screens';
import { boot, done, engine, NOW, payment, qris, refused, strip } from './fixtures';

const text = (testid: string): string => screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';

async function open(outputs: Parameters<typeof engine>[0]) {
  const none = { files: [], current: null };
  const { call, asked } = engine({ strip: () => done(strip()), backups_find: () => done(none), ...outputs });
  const till = new Till(call, async () => true);
  render(App, { till });
  await vi.waitFor(() => expect(till.boot).not.toBeNull());
  await tick();
  return { till, asked, names: () => asked.map((one) => one.name) };
}

afterEach(() => vi.useRealTimers());

describe('what a person should see to while selling goes on', () => {
  it('is a word on the strip, and all of it when pressed', async () => {
    const message = 'Disk penuh. Semua yang tercatat aman.';
    const warnings = [{ code: 'disk_full', message }];
    await open({ boot: () => done(boot()), strip: () => done(strip({ warnings })) });
    await vi.waitFor(() => expect(text('strip-disk_full')).toBe('Disk penuh'));
    expect(screen.queryByText(message)).toBeNull();
    await fireEvent.click(screen.getByTestId('strip-disk_full'));
    expect(screen.queryByText(message)).not.toBeNull();
  });
});

describe('the first run', () => {
  const firstRun = boot({ stage: { stage: 'first_run', needs_passphrase: true, lost: false }, shop: null, has_pin: false });

  it('collects shop, sticker and PIN, and hands over what was read, not what was pasted', async () => {
    const { asked } = await open({
      boot: () => done(firstRun),
      qris_read: (ask) => (ask.text?.startsWith('000201') ? done(qris) : refused('not_qris', 'Bukan QRIS.')),
      setup_finish: () => done(boot()),
    });
    const next = (): HTMLButtonElement => screen.getByTestId('next') as HTMLButtonElement;
    expect(next().disabled, 'a shop has a name').toBe(true);
    await fireEvent.input(screen.getByTestId('shop-name'), { target: { value: ' Toko Contoh ' } });
    await fireEvent.click(screen.getByTestId('zone-WIT'));
    await fireEvent.click(next());
    await fireEvent.input(screen.getByTestId('qris-text'), { target: { value: 'halo' } });
    await vi.waitFor(() => expect(text('notice')).toBe('Bukan QRIS.'));
    expect(next().disabled).toBe(true);
    await fireEvent.input(screen.getByTestId('qris-text'), { target: { value: '000201 pasted' } });
    await vi.waitFor(() => expect(text('qris-merchant')).toBe('TOKO CONTOH'));
    await fireEvent.click(next());
    await fireEvent.input(screen.getByTestId('pin'), { target: { value: '123456' } });
    await fireEvent.input(screen.getByTestId('pin-again'), { target: { value: '123457' } });
    expect(screen.queryByTestId('pins-differ')).not.toBeNull();
    await fireEvent.input(screen.getByTestId('pin-again'), { target: { value: '123456' } });
    const finish = screen.getByTestId('finish') as HTMLButtonElement;
    expect(finish.disabled, 'this computer needs a passphrase').toBe(true);
    await fireEvent.input(screen.getByTestId('passphrase'), { target: { value: 'kuda putih' } });
    await fireEvent.click(finish);
    await vi.waitFor(() => expect(screen.queryByTestId('pay-qris')).not.toBeNull());
    expect(asked.find((one) => one.name === 'setup_finish')?.input).toEqual({
      shop: { name: 'Toko Contoh', address: '', phone: '', zone: 'WIT', cut_off: '00:00' },
      own_qris: '000201READ',
      pin: '123456',
      passphrase: 'kuda putih',
    });
  });

  it('practice needs nothing, and cannot be mistaken for the real thing', async () => {
    await open({ boot: () => done(firstRun), practice_enter: () => done(boot({ practice: true })) });
    await fireEvent.click(screen.getByTestId('practice'));
    await vi.waitFor(() => expect(text('practice-banner')).toContain('MODE LATIHAN: bukan uang sungguhan'));
  });
});

describe('selling', () => {
  it('types, adds, totals, and F9 twice is one payment', async () => {
    const { names } = await open({ boot: () => done(boot()), payment_start: () => done(payment()) });
    for (const key of ['7', '5', '0', '0', '+', '5', '0', '0']) await fireEvent.keyDown(window, { key });
    expect(text('cart-total')).toBe('Rp 8.000');
    expect(screen.getAllByTestId('cart-line')).toHaveLength(1);
    void fireEvent.keyDown(window, { key: 'F9' });
    await fireEvent.keyDown(window, { key: 'F9' });
    await vi.waitFor(() => expect(screen.queryByTestId('qr-total')).not.toBeNull());
    expect(names().filter((name) => name === 'payment_start')).toHaveLength(1);
  });

  it('an amount of nothing shows Rust’s sentence', async () => {
    await open({ boot: () => done(boot()), payment_start: () => refused('amount_zero', 'Nominal masih nol.') });
    await fireEvent.click(screen.getByTestId('pay-qris'));
    await vi.waitFor(() => expect(text('notice')).toBe('Nominal masih nol.'));
  });

  it('Esc never empties the cart', async () => {
    const { till } = await open({ boot: () => done(boot()) });
    for (const key of ['5', '0', '0', '+', '7', 'Escape', 'Escape', 'Escape']) await fireEvent.keyDown(window, { key });
    expect(till.checkout.cart.digits).toBe('');
    expect(till.checkout.cart.lines).toHaveLength(1);
  });

  it('F5 does nothing, F11 asks for the full screen', async () => {
    const { names } = await open({ boot: () => done(boot()), full_screen: () => done({}) });
    const reload = new KeyboardEvent('keydown', { key: 'F5', bubbles: true, cancelable: true });
    window.dispatchEvent(reload);
    expect(reload.defaultPrevented).toBe(true);
    await fireEvent.keyDown(window, { key: 'F11' });
    expect(names()).toContain('full_screen');
  });

  it('changes its language without losing the cart', async () => {
    const { till } = await open({ boot: () => done(boot()), prefs_set: (prefs) => done(prefs) });
    for (const key of ['5', '0', '0', '+']) await fireEvent.keyDown(window, { key });
    expect(text('nav-sell')).toBe('Jual');
    await till.setPrefs({ ...till.prefs, lang: 'en' });
    await tick();
    expect(text('nav-sell')).toBe('Sell');
    expect(screen.getAllByTestId('cart-line')).toHaveLength(1);
  });
});

describe('a ledger that cannot be opened', () => {
  it('is one calm sentence', async () => {
    const notice = { code: 'newer_version', message: 'Folder ini dari Laci yang lebih baru.' };
    await open({ boot: () => done(boot({ stage: { stage: 'refused', notice, recover: false } })) });
    expect(text('refused')).toContain(notice.message);
    expect(screen.queryByTestId('strip')).toBeNull();
  });
});

describe('the customer’s window', () => {
  const look = { shop: 'Toko Contoh', zone: 'WIB', lang: 'id', theme: 'light' } as const;

  it('asks for its own view only, and follows what is pushed', async () => {
    let view: object = { screen: 'idle', ...look };
    const { call, asked } = engine({ customer_view: () => done(view as never) });
    let push: (push: Push) => void = () => {};
    render(Customer, {
      call,
      onPush: async (handler) => {
        push = handler;
        return () => {};
      },
    });
    await vi.waitFor(() => expect(text('customer-idle')).toContain('Toko Contoh'));
    view = { screen: 'pay', ...look, payment: payment() };
    push({ event: 'customer_changed' });
    await vi.waitFor(() => expect(screen.queryByTestId('customer-pay')).not.toBeNull());
    expect(text('qr-total')).toBe('Rp 50.347');
    expect(screen.queryByTestId('next-customer'), 'nothing of the cashier’s').toBeNull();
    view = { screen: 'paid', ...look, payment: payment({ state: 'paid', paid_at: NOW }) };
    push({ event: 'payment_changed', payment: payment({ state: 'paid' }) });
    await vi.waitFor(() => expect(text('customer-paid')).toContain('LUNAS'));
    expect(new Set(asked.map((one) => one.name))).toEqual(new Set(['customer_view']));
  });
});

describe('closing the window', () => {
  const ask = { event: 'close_asked', on_offer: 2 } as const;

  it('asks while customers can still pay, and closes on the cashier’s word', async () => {
    const { till, names } = await open({ boot: () => done(boot()), quit: () => done({}) });
    till.hear(ask);
    await vi.waitFor(() => expect(text('close-dialog')).toContain('Masih ada 2 QRIS yang bisa dibayar'));
    expect(document.activeElement, 'Enter goes on selling').toBe(screen.getByTestId('close-stay'));
    await fireEvent.click(screen.getByTestId('close-stay'));
    expect(screen.queryByTestId('close-dialog')).toBeNull();
    expect(names()).not.toContain('quit');
    till.hear(ask);
    await tick();
    await fireEvent.click(screen.getByTestId('close-anyway'));
    expect(names()).toContain('quit');
  });
});
