/** A sale without internet: put off, waiting, and then sent by WhatsApp. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LaterView } from '../src/generated/LaterView';
import type { PaymentView } from '../src/generated/PaymentView';
import { typed } from '../src/lib/cart';
import { Till } from '../src/lib/till.svelte';
import Qris from '../src/screens/qris/Qris.svelte';
import { boot, done, engine, NOW, payment, strip, SVG } from './fixtures';
import { gateway } from './gateway-fixtures';
import { press, show, text } from './shift-fixtures';

const TEXT = 'Halo, ini tagihan dari Toko Contoh.\nJumlah: Rp 50.347.';
const WHATSAPP = 'https://wa.me/?text=Halo%2C%20ini%20tagihan';
const WAITS: LaterView = { waiting: true, message: null };
const READY: LaterView = { waiting: false, message: { text: TEXT, whatsapp: WHATSAPP, svg: SVG } };
const NOTICE = { code: 'waiting_for_internet', message: 'Menunggu internet. Belum ada yang ditagih.' };
const waiting = payment({ state: 'planned', presentment: null, later: WAITS, notices: [NOTICE], evidence: [] });
const ready = payment({
  presentment: { kind: 'link', url: 'https://contoh.id/bayar', svg: SVG },
  later: READY,
});

async function choose(internet: 'ready' | 'down', list = [gateway('kropay')]) {
  const shown = await show(
    {
      strip: () => done(strip({ internet })),
      gateway_list: () => done(list),
      payment_start: () => done(waiting),
    },
    'sell',
  );
  for (const key of '50000') await fireEvent.keyDown(window, { key });
  await press('pay-other');
  await vi.waitFor(() => expect(screen.queryAllByTestId('charge-group').length).toBeGreaterThan(0));
  return { ...shown, via: () => shown.of('payment_start').map((one) => one.input) };
}

async function sheet(shown: PaymentView) {
  const { call, asked } = engine({
    strip: () => done(strip()),
    payment_start: () => done(shown),
    payment_check: () => done(ready),
    payment_cancel: () => done(payment({ state: 'cancelled', presentment: null, later: WAITS })),
    payment_leave: () => done(strip()),
  });
  const till = new Till(call, async () => true);
  till.begin(boot());
  till.clock.correct(NOW);
  till.checkout.edit((cart) => typed(cart, '50000'));
  await till.checkout.charge({ by: 'later', name: 'kropay', method: null, extra: {} });
  render(Qris, { till });
  await tick();
  return { till, names: () => asked.map((one) => one.name) };
}

const box = () => screen.getByTestId('charge-later') as HTMLInputElement;

afterEach(() => vi.unstubAllGlobals());

describe('paying later by link', () => {
  it('is proposed without internet, and can be taken away', async () => {
    const shown = await choose('down');
    expect(box().checked).toBe(true);
    expect(text('charge-ok')).toContain('Catat, bayar nanti');
    await fireEvent.click(box());
    expect(text('charge-ok')).toContain('Buat tagihan');
    await press('charge-ok');
    expect(shown.via()).toMatchObject([{ via: { by: 'gateway', name: 'kropay' } }]);
  });

  it('is a choice with internet, and names its gateway', async () => {
    const shown = await choose('ready');
    expect(box().checked).toBe(false);
    await fireEvent.click(box());
    await press('charge-ok');
    expect(shown.via()).toMatchObject([{ via: { by: 'later', name: 'kropay', extra: {} } }]);
    await vi.waitFor(() => expect(text('qr-sheet')).toContain('Menunggu internet'));
  });

  it('is none of the shop’s own QRIS', async () => {
    await choose('down');
    await press('way-own');
    expect(screen.queryByTestId('charge-later')).toBeNull();
    expect(text('charge-ok')).toContain('Buat tagihan');
  });
});

describe('a payment that waits for the internet', () => {
  it('says so, and is tried by hand until its link is there', async () => {
    const { names } = await sheet(waiting);
    expect(text('later-total')).toBe('Rp 50.000');
    expect(text('notice')).toContain('Belum ada yang ditagih');
    expect(screen.queryByTestId('send')).toBeNull();
    await press('later-try');
    await vi.waitFor(() => expect(screen.queryByTestId('send')).not.toBeNull());
    expect(names()).toContain('payment_check');
  });

  it('is taken back by Esc, so that it never leaves', async () => {
    const { till, names } = await sheet(waiting);
    await fireEvent.keyDown(window, { key: 'Escape' });
    await vi.waitFor(() => expect(till.checkout.sheet).toBeNull());
    expect(names()).toContain('payment_cancel');
  });

  it('stays when the next customer is served', async () => {
    const { till, names } = await sheet(waiting);
    await press('next-customer');
    await vi.waitFor(() => expect(till.checkout.sheet).toBeNull());
    expect(names()).not.toContain('payment_cancel');
  });
});

describe('a link that was refused', () => {
  it('is taken out of the tray by the cashier, who charges another way', async () => {
    const refused = payment({ state: 'rejected', presentment: null, later: { waiting: false, message: null } });
    const { till, names } = await sheet(refused);
    expect(screen.queryByTestId('cancel'), 'of the cart: other ways are offered').toBeNull();
    expect(screen.queryByTestId('try-again')).not.toBeNull();
    till.checkout.sheet = { step: 'show', payment: refused, ofCart: false };
    await tick();
    await press('cancel');
    await vi.waitFor(() => expect(till.checkout.sheet).toBeNull());
    expect(names()).toContain('payment_cancel');
  });
});

describe('a link that is ready', () => {
  it('is sent by WhatsApp: the text to copy, and a symbol for the shop’s phone', async () => {
    const copied: string[] = [];
    const clipboard = { writeText: async (what: string) => void copied.push(what) };
    vi.stubGlobal('navigator', { ...navigator, clipboard });
    await sheet(ready);
    await press('send');
    expect(screen.getByTestId('send-text').textContent).toBe(TEXT);
    expect(screen.queryByTestId('send-symbol')).not.toBeNull();
    await press('send-copy-text');
    await press('send-copy-link');
    await vi.waitFor(() => expect(copied).toEqual([TEXT, WHATSAPP]));
  });

  it('stands there to be marked where the clipboard is refused', async () => {
    const clipboard = { writeText: () => Promise.reject(new Error('refused')) };
    vi.stubGlobal('navigator', { ...navigator, clipboard });
    await sheet(ready);
    await press('send');
    await press('send-copy-link');
    await vi.waitFor(() => expect(text('send-copy-link-text')).toBe(WHATSAPP));
  });

  it('has no such button on a payment that was not put off', async () => {
    await sheet(payment());
    expect(screen.queryByTestId('send')).toBeNull();
  });
});
