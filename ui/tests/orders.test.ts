/** Orders of a gateway's own shop. */
import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../src/generated/Answer';
import type { OrdersAsk } from '../src/generated/OrdersAsk';
import type { OrdersView } from '../src/generated/OrdersView';
import type { OrderView } from '../src/generated/OrderView';
import type { GatewayView } from '../src/generated/GatewayView';
import { done, engine, later, refused, strip } from './fixtures';
import { BAYARGG, gateway } from './gateway-fixtures';
import { field, pin, press, show, text } from './shift-fixtures';

function order(number: string, status = 'paid', change: Partial<OrderView> = {}): OrderView {
  return {
    number,
    status,
    customer: 'Bu Ratna',
    phone: '0812',
    total: 45_000,
    at: '2026-11-20 19:00',
    items: [],
    rest: {},
    may_complete: ['paid', 'processing'].includes(status),
    may_cancel: ['pending', 'waiting_payment', 'paid', 'processing'].includes(status),
    ...change,
  };
}

const page = (orders: OrderView[], more = false) => done<OrdersView>({ gateway: 'bayargg', orders, more });
const failed = (message: string): Answer<never> => ({ kind: 'failed', code: 'no_answer', message, incident: 'x1' });

async function shop(outputs: Parameters<typeof engine>[0] = {}, list: GatewayView[] = [BAYARGG]) {
  const gateways = list.map(({ name, title, light, pays_bills }) => ({ name, title, light, pays_bills }));
  const shown = await show(
    { strip: () => done(strip({ gateways })), gateway_list: () => done(list), ...outputs },
    'sell',
  );
  await vi.waitFor(() => expect(shown.of('gateway_list')).toHaveLength(list.length === 0 ? 0 : 1));
  await tick();
  return { ...shown, asks: () => shown.of('orders').map((one) => one.input as OrdersAsk) };
}

async function open(outputs: Parameters<typeof engine>[0] = {}) {
  const shown = await shop({ orders: () => page([order('WA-1'), order('WA-2', 'completed')]), ...outputs });
  await press('nav-orders');
  await vi.waitFor(() => expect(shown.asks()).toHaveLength(1));
  await tick();
  return shown;
}

async function openOrder(outputs: Parameters<typeof engine>[0] = {}) {
  const shown = await open({ order_show: (input) => done(order(input.number)), ...outputs });
  await fireEvent.click(screen.getAllByTestId('order-row')[0] as HTMLElement);
  await vi.waitFor(() => screen.getByTestId('order-panel'));
  await tick();
  return shown;
}

const numbers = () => screen.queryAllByTestId('order-row').map((row) => row.querySelector('b')?.textContent);
const status = (at: number) => screen.getAllByTestId('order-row-status')[at]?.textContent?.trim();
const search = (value: string) => fireEvent.input(field('orders-search'), { target: { value } });

afterEach(() => vi.useRealTimers());

describe('the place in the rail', () => {
  it('stands only where a gateway has a shop', async () => {
    await shop({}, [gateway('kropay')]);
    expect(screen.queryByTestId('nav-orders')).toBeNull();
  });

  it('comes with that gateway, and goes with it', async () => {
    let list = [gateway('kropay'), BAYARGG];
    const shown = await shop({
      gateway_list: () => done(list),
      strip: () => done(strip({ gateways: list.map(({ name, title, light, pays_bills }) => ({ name, title, light, pays_bills })) })),
      orders: () => page([]),
    });
    expect(text('nav-orders')).toBe('Pesanan');
    await press('nav-orders');
    list = [gateway('kropay')];
    await shown.till.readStrip();
    await vi.waitFor(() => expect(screen.queryByTestId('nav-orders')).toBeNull());
    expect(shown.till.screen).toBe('sell');
  });

  it('asks nothing where there is no gateway', async () => {
    const shown = await shop({}, []);
    expect(shown.of('gateway_list')).toEqual([]);
  });
});

describe('the list', () => {
  it('begins with all, and each status is the provider’s one word', async () => {
    const { asks } = await open();
    expect(numbers()).toEqual(['WA-1', 'WA-2']);
    for (const word of ['pending', 'waiting_payment', 'paid', 'processing', 'completed', 'cancelled']) {
      await press(`orders-${word}`);
    }
    await press('orders-all');
    const all = [null, 'pending', 'waiting_payment', 'paid', 'processing', 'completed', 'cancelled', null];
    expect(asks()).toEqual(all.map((one) => ({ status: one, search: null, offset: 0 })));
  });

  it('shows a status that it does not know as it came', async () => {
    await open({ orders: () => page([order('WA-1', 'dikirim_kurir')]) });
    expect(status(0)).toBe('dikirim_kurir');
  });

  it('searches a quarter of a second after the last key, and F2 goes there', async () => {
    const { asks } = await open();
    vi.useFakeTimers();
    await fireEvent.keyDown(window, { key: 'F2' });
    expect(document.activeElement).toBe(field('orders-search'));
    await search('ra');
    await vi.advanceTimersByTimeAsync(200);
    await search(' ratna ');
    await vi.advanceTimersByTimeAsync(249);
    expect(asks()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(asks()[1]).toEqual({ status: null, search: 'ratna', offset: 0 });
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(asks()[2]).toEqual({ status: null, search: null, offset: 0 });
  });

  it('a newer question wins over a slow older answer', async () => {
    const slow = later<Answer<OrdersView>>();
    await open({ orders: (ask) => (ask.status === null ? slow.promise : page([order('NEW')])) });
    await press('orders-paid');
    await vi.waitFor(() => expect(numbers()).toEqual(['NEW']));
    slow.resolve(page([order('OLD')]));
    await tick();
    await tick();
    expect(numbers()).toEqual(['NEW']);
  });

  it('goes on where it ended, and an order that stands on two pages is listed once', async () => {
    const pages = [page([order('C'), order('B')], true), page([order('B'), order('A')], true), page([order('Z')])];
    const { asks } = await open({ orders: (ask) => pages[ask.offset / 2] ?? page([]) });
    await Promise.all([press('orders-more'), press('orders-more')]);
    await vi.waitFor(() => expect(numbers()).toEqual(['C', 'B', 'A']));
    await press('orders-more');
    await vi.waitFor(() => expect(numbers()).toEqual(['C', 'B', 'A', 'Z']));
    expect(asks().map((ask) => ask.offset)).toEqual([0, 2, 4]);
    expect(screen.queryByTestId('orders-more')).toBeNull();
  });

  it('a page that comes after another question is not hung onto its answer', async () => {
    const slow = later<Answer<OrdersView>>();
    await open({
      orders: (ask) => {
        if (ask.offset > 0) return slow.promise;
        return ask.status === null ? page([order('A')], true) : page([order('PAID')]);
      },
    });
    await press('orders-more');
    await press('orders-paid');
    await vi.waitFor(() => expect(numbers()).toEqual(['PAID']));
    slow.resolve(page([order('B')]));
    await tick();
    await tick();
    expect(numbers()).toEqual(['PAID']);
  });

  it('stays when the gateway does not answer, and can be asked again', async () => {
    let silent = false;
    const { asks } = await open({
      orders: () => (silent ? failed('Bayar.gg tidak menjawab.') : page([order('WA-1')])),
    });
    silent = true;
    await press('orders-again');
    await vi.waitFor(() => expect(text('orders-problem')).toContain('Bayar.gg tidak menjawab.'));
    expect(numbers()).toEqual(['WA-1']);
    silent = false;
    await press('orders-again');
    await vi.waitFor(() => expect(screen.queryByTestId('orders-problem')).toBeNull());
    expect(asks()).toHaveLength(3);
  });

  it('with nothing in it says so', async () => {
    await open({ orders: () => page([]) });
    expect(text('orders-none')).toBe('Tidak ada pesanan di sini.');
  });
});

describe('an order', () => {
  it('shows all that the gateway says of it', async () => {
    const items = [
      { name: 'Kopi', quantity: 2, amount: 30_000 },
      { name: 'Ongkir', quantity: null, amount: null },
    ];
    const whole = order('WA-1', 'paid', { items, rest: { delivery_address: 'Jl. Mawar 1', note: 'pedas' } });
    const { of } = await openOrder({ order_show: () => done(whole) });
    await vi.waitFor(() => expect(text('order-items')).toContain('2 × Kopi'));
    expect(text('order-items')).toContain('30.000');
    expect(text('order-total')).toBe('Rp 45.000');
    expect(text('order-customer')).toBe('Bu Ratna');
    expect(text('order-rest')).toContain('delivery address Jl. Mawar 1');
    expect(of('order_show').map((one) => one.input)).toEqual([{ number: 'WA-1' }]);
  });

  it('that was opened later wins over one that is answered later', async () => {
    const slow = later<Answer<OrderView>>();
    await openOrder({
      order_show: (input) => (input.number === 'WA-1' ? slow.promise : done(order('WA-2', 'completed'))),
    });
    await fireEvent.click(screen.getAllByTestId('order-row')[1] as HTMLElement);
    slow.resolve(done(order('WA-1', 'cancelled')));
    await tick();
    await tick();
    expect(text('order-panel')).toContain('WA-2');
    expect(text('order-status')).toBe('Selesai');
  });

  it('of which more cannot be read keeps what the list said', async () => {
    await openOrder({ order_show: () => failed('Bayar.gg tidak menjawab.') });
    await vi.waitFor(() => expect(text('order-problem')).toContain('tidak menjawab'));
    expect(text('order-customer')).toBe('Bu Ratna');
  });

  it('that is over cannot be ended', async () => {
    await open({ order_show: (input) => done(order(input.number, 'completed')) });
    await fireEvent.click(screen.getAllByTestId('order-row')[1] as HTMLElement);
    await vi.waitFor(() => screen.getByTestId('order-panel'));
    expect(screen.queryByTestId('order-complete')).toBeNull();
    expect(screen.queryByTestId('order-cancel')).toBeNull();
  });
});

describe('handing over', () => {
  it('tells the customer unless that is switched off, asks for a PIN, and two presses are one', async () => {
    const { of } = await openOrder({
      order_complete: (input, word) =>
        word === undefined ? refused('pin_required', 'Perlu PIN pengawas.') : done(order(input.number, 'completed')),
    });
    expect(field('order-notify').checked).toBe(true);
    await fireEvent.click(field('order-notify'));
    await Promise.all([press('order-complete'), press('order-complete')]);
    await vi.waitFor(() => expect(text('pin-dialog')).toContain('Perlu PIN pengawas.'));
    await pin('123456');
    await vi.waitFor(() => expect(status(0)).toBe('Selesai'));
    expect(text('order-status')).toBe('Selesai');
    expect(screen.queryByTestId('order-complete')).toBeNull();
    const input = { number: 'WA-1', notify: false };
    expect(of('order_complete')).toMatchObject([{ input }, { input, word: { pin: '123456' } }]);
  });

  it('without a PIN where none is needed', async () => {
    const { of } = await openOrder({ order_complete: (input) => done(order(input.number, 'completed')) });
    await press('order-complete');
    await vi.waitFor(() => expect(status(0)).toBe('Selesai'));
    expect(of('order_complete').map((one) => one.input)).toEqual([{ number: 'WA-1', notify: true }]);
  });

  it('given up at the PIN changes nothing and can be pressed again', async () => {
    const { till, of } = await openOrder({ order_complete: () => refused('pin_required', 'Perlu PIN.') });
    await press('order-complete');
    await vi.waitFor(() => expect(till.gate.question).not.toBeNull());
    till.gate.question?.giveUp();
    await vi.waitFor(() => expect((screen.getByTestId('order-complete') as HTMLButtonElement).disabled).toBe(false));
    await press('order-complete');
    expect(of('order_complete')).toHaveLength(2);
    expect(status(0)).toBe('Dibayar');
  });

  it('without an answer says so, and looks what became of it', async () => {
    let now = 'paid';
    await openOrder({
      order_show: (input) => done(order(input.number, now)),
      order_complete: () => {
        now = 'completed';
        return failed('Bayar.gg tidak menjawab. Lihat pesanannya dulu.');
      },
    });
    await press('order-complete');
    await vi.waitFor(() => expect(text('order-problem')).toContain('tidak menjawab'));
    await vi.waitFor(() => expect(status(0)).toBe('Selesai'));
  });
});

describe('cancelling', () => {
  it('is asked twice, says that money does not go back, and shows the new status', async () => {
    const { of } = await openOrder({
      order_cancel: (input, word) =>
        word === undefined ? refused('pin_required', 'Perlu PIN pengawas.') : done(order(input.number, 'cancelled')),
    });
    await press('order-cancel');
    expect(text('order-cancel-dialog')).toContain('tidak kembali sendiri');
    expect(field('order-cancel-notify').checked).toBe(true);
    expect(of('order_cancel')).toEqual([]);
    await Promise.all([press('order-cancel-ok'), press('order-cancel-ok')]);
    await vi.waitFor(() => expect(text('pin-dialog')).toContain('Perlu PIN pengawas.'));
    await pin('123456');
    await vi.waitFor(() => expect(screen.queryByTestId('order-cancel-dialog')).toBeNull());
    expect(status(0)).toBe('Dibatalkan');
    const input = { number: 'WA-1', notify: true };
    expect(of('order_cancel')).toMatchObject([{ input }, { input, word: { pin: '123456' } }]);
  });

  it('refused stays open with the sentence', async () => {
    await openOrder({ order_cancel: () => refused('provider_refused', 'Pesanan sudah selesai.') });
    await press('order-cancel');
    await press('order-cancel-ok');
    await vi.waitFor(() => expect(text('order-cancel-problem')).toBe('Pesanan sudah selesai.'));
    expect(screen.queryByTestId('order-cancel-dialog')).not.toBeNull();
    expect(status(0)).toBe('Dibayar');
  });
});
