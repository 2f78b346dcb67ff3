/** A window on the shift's screen, with a Rust that has one open shift. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, vi } from 'vitest';
import App from '../src/App.svelte';
import type { CountedView } from '../src/generated/CountedView';
import type { Difference } from '../src/generated/Difference';
import type { DoorPerson } from '../src/generated/DoorPerson';
import type { ReceiptView } from '../src/generated/ReceiptView';
import type { ShiftClosed } from '../src/generated/ShiftClosed';
import type { ShiftNow } from '../src/generated/ShiftNow';
import type { ShiftView } from '../src/generated/ShiftView';
import { Till } from '../src/lib/till.svelte';
import { boot, done, engine, NOW, OWNER, strip } from './fixtures';

export const text = (testid: string): string =>
  screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';
export const field = (testid: string): HTMLInputElement => screen.getByTestId(testid) as HTMLInputElement;
export const press = (testid: string): Promise<boolean> => fireEvent.click(screen.getByTestId(testid));

export const SARI: DoorPerson = { id: 'sari', name: 'Sari', role: 'cashier' };
export const BUDI: DoorPerson = { id: 'budi', name: 'Budi', role: 'cashier' };
export const NOTES = [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000];
export const pieces = [
  ...NOTES.map((value) => ({ key: `note_${value}`, value, coin: false })),
  ...[1_000, 500, 200, 100].map((value) => ({ key: `coin_${value}`, value, coin: true })),
];

export function paper(line: string): ReceiptView {
  return { columns: 32, rows: [{ row: 'text', text: line, bold: false, double: false }] };
}

export const open: ShiftView = {
  number: 2,
  cashier: 'Sari',
  opened_at: Date.UTC(2026, 10, 20, 7, 0),
  date: '2026-11-20',
  float: 500_000,
  counted: null,
};
export const counted: CountedView = { at: NOW, total: 251_500, pieces: { note_50000: 5, coin_500: 3 }, witness: null, counts: 1 };
export const none: ShiftNow = { open: null, next: 3, before: 0, pieces };
export const now: ShiftNow = { open, next: 3, before: 0, pieces };
export const found: Difference = {
  shift: { ...open, counted },
  now: NOW,
  counted: 251_500,
  expected: 253_500,
  difference: -2_000,
  lines: [
    { label: 'Modal awal', amount: 200_000 },
    { label: 'Penjualan tunai, bersih kembalian', amount: 53_500 },
  ],
  preview: paper('LAPORAN Z PRATINJAU'),
};
export const closed: ShiftClosed = {
  shift: 2,
  number: 'Z-000327',
  counted: 251_500,
  expected: 253_500,
  difference: -2_000,
  slip: paper('LAPORAN Z'),
  file: '/toko/struk/2026-11-20/Z-000327.pdf',
};

export async function show(outputs: Parameters<typeof engine>[0], at: 'shift' | 'sell' = 'shift') {
  const door = { locked: false, signed_in: SARI, people: [OWNER, SARI, BUDI], has_recovery: false };
  const { call, asked } = engine({ strip: () => done(strip()), boot: () => done(boot({ door })), ...outputs });
  const till = new Till(call, async () => true);
  till.screen = at;
  render(App, { till });
  await vi.waitFor(() => expect(till.strip).not.toBeNull());
  await tick();
  return {
    till,
    of: (name: string) => asked.filter((one) => one.name === name),
  };
}

/** Rust with one open shift, whose count is locked once it was given. */
export function drawer(change: Parameters<typeof engine>[0] = {}): Parameters<typeof engine>[0] {
  return {
    shift_now: () => done(now),
    shift_count: () => done(found),
    shift_difference: () => done(found),
    ...change,
  };
}

export async function counting(change: Parameters<typeof engine>[0] = {}) {
  const shown = await show(drawer(change));
  await vi.waitFor(() => screen.getByTestId('count-step'));
  return shown;
}

export async function locked(change: Parameters<typeof engine>[0] = {}) {
  const shown = await counting(change);
  await fireEvent.input(field('piece-note_50000'), { target: { value: '5' } });
  await press('count-lock');
  await vi.waitFor(() => screen.getByTestId('difference'));
  return shown;
}

export async function pin(digits: string): Promise<void> {
  await fireEvent.input(screen.getByTestId('confirm-pin'), { target: { value: digits } });
  await press('confirm-ok');
}
