/** Notes and coins: typing, the change in pieces, and one sale however often the button is pressed. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import { changeIn, given } from '../src/lib/cash';
import { Till } from '../src/lib/till.svelte';
import { boot, done, engine, payment, refused, strip } from './fixtures';

const text = (testid: string): string => screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';
const PIECES = [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100];
const offer = { price: 69_450, rounding: -50, due: 69_400, quick: [69_400, 70_000, 100_000], pieces: PIECES };
const paid = payment({
  state: 'paid',
  gateway: null,
  gateway_title: null,
  gateway_id: null,
  presentment: null,
  unique_code: 0,
  amount: 69_450,
  total: 69_400,
  received: 69_400,
  cash: { tendered: 100_000, rounding: -50, change: 30_600 },
});

async function open(outputs: Parameters<typeof engine>[0]) {
  const { call, asked } = engine({ strip: () => done(strip()), boot: () => done(boot()), ...outputs });
  const till = new Till(call, async () => true);
  render(App, { till });
  await vi.waitFor(() => screen.getByTestId('key-7'));
  for (const key of ['6', '9', '4', '5', '0']) await fireEvent.click(screen.getByTestId(`key-${key}`));
  return { till, asked, times: (name: string) => asked.filter((one) => one.name === name).length };
}

describe('what is typed and given back', () => {
  it.each([
    ['', '0', ''],
    ['', '000', ''],
    ['1', '00', '100'],
    ['12345678', '9', '123456789'],
    ['123456789', '0', '123456789'],
    ['1234567', '000', '1234567'],
  ])('%s and %s is %s', (before, key, after) => {
    expect(given(before, key)).toBe(after);
  });

  it('is made of the fewest pieces', () => {
    expect(changeIn(PIECES, 30_600)).toBe('1 × 20.000 · 1 × 10.000 · 1 × 500 · 1 × 100');
    expect(changeIn(PIECES, 0)).toBe('');
  });
});

describe('a sale in notes and coins', () => {
  it('opens by F8, tells the change, and is one sale', async () => {
    const { till, asked, times } = await open({ cash_offer: () => done(offer), cash_pay: () => done(paid) });
    await fireEvent.keyDown(document.body, { key: 'F8' });
    await vi.waitFor(() => expect(text('cash-due')).toBe('Rp 69.400'));
    expect(text('cash-rounding')).toBe('-Rp 50');
    expect((screen.getByTestId('cash-finish') as HTMLButtonElement).disabled).toBe(true);
    expect(text('cash-change')).toBe('Rp 69.400');
    await fireEvent.click(screen.getByTestId('cash-quick-2'));
    expect(text('cash-tendered')).toBe('Rp 100.000');
    expect(text('cash-change')).toBe('Rp 30.600');
    const finish = screen.getByTestId('cash-finish');
    await Promise.all([fireEvent.click(finish), fireEvent.click(finish), fireEvent.keyDown(window, { key: 'Enter' })]);
    await vi.waitFor(() => expect(text('paid-change')).toBe('Kembalian Rp 30.600'));
    expect(times('cash_pay')).toBe(1);
    till.hear({ event: 'payment_changed', payment: { ...paid, id: 'another cash sale' } });
    expect(till.toast, 'no toast over the sheet').toBeNull();
    expect(asked.find((one) => one.name === 'cash_pay')?.input).toMatchObject({ tendered: 100_000 });
  });

  it('that Rust refuses stays open with its sentence', async () => {
    await open({
      cash_offer: () => done(offer),
      cash_pay: () => refused('disk_full', 'Disk penuh. Belum dicatat.'),
    });
    await fireEvent.click(screen.getByTestId('pay-cash'));
    await vi.waitFor(() => expect(text('cash-due')).toBe('Rp 69.400'));
    await fireEvent.keyDown(window, { key: '7' });
    await fireEvent.click(screen.getByTestId('key-exact'));
    expect(text('cash-tendered')).toBe('Rp 69.400');
    await fireEvent.click(screen.getByTestId('cash-finish'));
    await vi.waitFor(() => expect(screen.getByTestId('cash-dialog').textContent).toContain('Belum dicatat'));
    expect(screen.queryByTestId('paid-change')).toBeNull();
  });
});
