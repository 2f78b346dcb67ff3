/** A statement's file: chosen, its columns said, looked at, imported. */
import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { StatementAsk } from '../src/generated/StatementAsk';
import type { StatementDone } from '../src/generated/StatementDone';
import type { StatementRow } from '../src/generated/StatementRow';
import type { StatementView } from '../src/generated/StatementView';
import { saidOf } from '../src/screens/inbox/fates';
import { columnsOf, mapOf } from '../src/screens/inbox/statement.svelte';
import { done, engine, NOW, refused } from './fixtures';
import { field, pin, press, show, text } from './shift-fixtures';

const HEADER = ['No', 'Tanggal', 'Nominal', 'Ket'];
const row = (line: number, fate: string, change: Partial<StatementRow> = {}): StatementRow => ({
  line,
  at: NOW,
  amount: 49_997,
  text: 'BUDI',
  fate,
  ...change,
});

function view(change: Partial<StatementView> = {}): StatementView {
  const map = { date: 'Tanggal', amount: 'Nominal', text: 'Ket' };
  return { header: HEADER, map, kept: false, rows: [row(2, 'pays'), row(3, 'inbox')], all_rows: 120, ...change };
}

const NOTHING: StatementDone = { paid: 0, repeated: 0, inbox: 0, before: 0, not_in: 0, unreadable: [] };

async function open(outputs: Parameters<typeof engine>[0] = {}) {
  const shown = await show({ statement_preview: () => done(view()), ...outputs }, 'sell');
  await press('nav-inbox');
  await press('statement-open');
  await vi.waitFor(() => screen.getByTestId('statement-dialog'));
  return { ...shown, asks: (name: string) => shown.of(name).map((one) => one.input as StatementAsk) };
}

async function choose(name = 'mutasi.csv'): Promise<void> {
  const input = field('statement-file');
  Object.defineProperty(input, 'files', { value: [new File(['a,b\n1,2\n'], name)], configurable: true });
  await fireEvent.change(input);
  await tick();
}

const select = (use: string, value: string) =>
  fireEvent.change(screen.getByTestId(`statement-column-${use}`), { target: { value } });
const off = (testid: string) => (screen.getByTestId(testid) as HTMLButtonElement).disabled;
const rows = () => screen.queryAllByTestId('statement-row').map((one) => one.textContent?.replace(/\s+/g, ' ').trim());

describe('a statement', () => {
  it('is looked at first, and imported as it was read', async () => {
    const { asks } = await open({ statement_import: () => done({ ...NOTHING, paid: 3, inbox: 1, unreadable: [7, 9] }) });
    expect(off('statement-import')).toBe(true);
    await choose();
    await vi.waitFor(() => expect(rows()).toHaveLength(2));
    expect(rows()[0]).toContain('49.997');
    expect(rows()[0]).toContain('Melunasi');
    expect(rows()[1]).toContain('Ke Uang masuk');
    expect(text('statement-shown')).toContain('2 dari 120 baris');
    await Promise.all([press('statement-import'), press('statement-import')]);
    await vi.waitFor(() => expect(text('statement-paid')).toBe('3 pembayaran jadi lunas.'));
    expect(text('statement-unreadable')).toContain('baris 7, 9');
    expect(screen.queryByTestId('statement-repeated')).toBeNull();
    const file = btoa('a,b\n1,2\n');
    expect(asks('statement_preview')).toEqual([{ name: 'mutasi.csv', file, map: {} }]);
    expect(asks('statement_import')).toEqual([{ name: 'mutasi.csv', file, map: {} }]);
    await press('statement-close');
    expect(screen.queryByTestId('statement-dialog')).toBeNull();
  });

  it('whose columns are not clear is read once they were said', async () => {
    const { asks } = await open({
      statement_preview: ({ map }) =>
        done(map['date'] === undefined ? view({ map: {}, rows: [] }) : view()),
      statement_import: () => done({ ...NOTHING, before: 2 }),
    });
    await choose();
    await vi.waitFor(() => expect(text('statement-columns-about')).toContain('belum jelas'));
    expect(off('statement-reread')).toBe(true);
    await select('date', '2');
    await select('amount', '3');
    expect(off('statement-import')).toBe(true);
    await press('statement-reread');
    await vi.waitFor(() => expect(rows()).toHaveLength(2));
    await press('statement-import');
    await vi.waitFor(() => expect(text('statement-before')).toContain('2 baris'));
    expect(asks('statement_import')[0]?.map).toEqual({ date: '2', amount: '3' });
  });

  it('is not imported by columns that nobody looked at', async () => {
    await open();
    await choose();
    await vi.waitFor(() => expect(off('statement-import')).toBe(false));
    await select('amount', '1');
    expect(off('statement-import')).toBe(true);
    expect(rows()).toEqual([]);
    await press('statement-reread');
    await vi.waitFor(() => expect(off('statement-import')).toBe(false));
  });

  it('says that its columns are known from before', async () => {
    await open({ statement_preview: () => done(view({ kept: true })) });
    await choose();
    await vi.waitFor(() => expect(text('statement-columns-about')).toContain('seperti impor sebelumnya'));
    expect((screen.getByTestId('statement-column-amount') as HTMLSelectElement).value).toBe('3');
  });

  it('that is none says so, and another file can be chosen', async () => {
    let bad = true;
    await open({
      statement_preview: () => (bad ? refused('statement_unreadable', 'Berkas ini bukan tabel.') : done(view())),
    });
    await choose('foto.csv');
    await vi.waitFor(() => expect(text('statement-problem')).toBe('Berkas ini bukan tabel.'));
    bad = false;
    await choose('mutasi.csv');
    await vi.waitFor(() => expect(rows()).toHaveLength(2));
    expect(screen.queryByTestId('statement-problem')).toBeNull();
  });

  it('takes a PIN where one is needed; given up it changes nothing', async () => {
    const { till, of } = await open({
      statement_import: (_, word) =>
        word === undefined ? refused('pin_required', 'Perlu PIN pengawas.') : done({ ...NOTHING, paid: 1 }),
    });
    await choose();
    await vi.waitFor(() => expect(off('statement-import')).toBe(false));
    await press('statement-import');
    await vi.waitFor(() => expect(till.gate.question).not.toBeNull());
    till.gate.question?.giveUp();
    await vi.waitFor(() => expect(off('statement-import')).toBe(false));
    await press('statement-import');
    await vi.waitFor(() => expect(text('pin-dialog')).toContain('Perlu PIN pengawas.'));
    await pin('123456');
    await vi.waitFor(() => expect(text('statement-paid')).toContain('1 pembayaran'));
    expect(of('statement_import')).toHaveLength(3);
  });
});

describe('in words', () => {
  it('only what happened is said', () => {
    expect(saidOf(NOTHING)).toEqual([]);
    const many = saidOf({ ...NOTHING, unreadable: Array.from({ length: 30 }, (_, at) => at + 1) });
    expect(many[0]?.text).toContain('1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …');
  });

  it('columns are named by their place', () => {
    const columns = columnsOf(view());
    expect(columns).toMatchObject({ date: '2', amount: '3', text: '4', time: '' });
    expect(mapOf(columns)).toEqual({ date: '2', amount: '3', text: '4' });
  });
});
