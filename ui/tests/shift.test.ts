/** The cashier and the drawer: opening, the blind count, the difference, the Z. */
import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { percentOf } from '../src/lib/money';
import { pieceMoved, pieceTyped } from '../src/lib/pieces';
import { isoWeekday } from '../src/lib/time';
import { boot, done, later, OWNER, refused } from './fixtures';
import { closed, counted, counting, drawer, field, found, locked, none, NOTES, now, open, pin, press, show, text } from './shift-fixtures';

describe('what is typed for a piece', () => {
  it.each([
    ['', '0', '0'],
    ['0', '7', '7'],
    ['1', '00', '100'],
    ['1234', '5', '12345'],
    ['12345', '6', '12345'],
  ])('%s and %s is %s', (before, key, after) => expect(pieceTyped(before, key)).toBe(after));

  it('moves by one and never below zero', () => {
    expect([pieceMoved('', 1), pieceMoved('', -1), pieceMoved('9', 1), pieceMoved('99999', 1)]).toEqual([
      '1',
      '0',
      '10',
      '99999',
    ]);
  });
});

describe('words of the screen', () => {
  it('say a part of the cash', () => {
    expect(percentOf(-2_000, 2_816_000, 'id')).toBe('0,07%');
    expect(percentOf(1, 10_000_000, 'en')).toBe('< 0.01%');
    expect(percentOf(0, 100, 'id')).toBe('0,00%');
    expect(percentOf(-5, 0, 'id')).toBeNull();
  });

  it('know the weekday', () => expect(isoWeekday('2026-11-20')).toBe(4));
});

describe('a shift that is opened', () => {
  it('takes the float that was typed, once, and says what lies beside it', async () => {
    const answer = later<unknown>();
    const { of } = await show({
      shift_now: () => done({ ...none, before: 35_000 }),
      shift_open: () => answer.promise,
    });
    await vi.waitFor(() => expect(text('shift-before')).toContain('Rp 35.000'));
    expect((screen.getByTestId('shift-open') as HTMLButtonElement).disabled, 'nothing was typed').toBe(true);
    for (const key of ['2', '5', '0', '0', '0', '9', 'Backspace']) await fireEvent.keyDown(document.body, { key });
    await press('key-0');
    expect(text('shift-float')).toBe('Rp 250.000');
    await Promise.all([press('shift-open'), press('shift-open'), fireEvent.keyDown(document.body, { key: 'Enter' })]);
    answer.resolve(done(now));
    await vi.waitFor(() => screen.getByTestId('count-step'));
    expect(of('shift_open').map((one) => one.input)).toEqual([{ float: 250_000 }]);
    expect(text('shift-about')).toBe('Shift 2, Sari, sejak 14.00 · hari usaha Jumat, 20 Nov 2026');
  });

  it('needs no float when somebody says so, and shows why it was refused', async () => {
    const { of } = await show({
      shift_now: () => done(none),
      shift_open: () => refused('shift_open', 'Shift 3 sudah dibuka.'),
    });
    await vi.waitFor(() => screen.getByTestId('float-0'));
    await press('float-0');
    await press('shift-open');
    await vi.waitFor(() => expect(text('notice')).toBe('Shift 3 sudah dibuka.'));
    expect(of('shift_open').map((one) => one.input)).toEqual([{ float: 0 }]);
  });

  it('that could not be read is asked for again', async () => {
    let works = false;
    await show({ shift_now: () => (works ? done(none) : refused('busy', 'Buku sedang dipakai.')) });
    await vi.waitFor(() => expect(text('notice')).toBe('Buku sedang dipakai.'));
    works = true;
    await press('shift-again');
    await vi.waitFor(() => screen.getByTestId('shift-open'));
  });
});

describe('the blind count', () => {
  it('shows nothing of what is expected before it is locked', async () => {
    const { of } = await counting();
    await fireEvent.input(field('piece-note_50000'), { target: { value: '5' } });
    const all = document.body.textContent ?? '';
    for (const secret of ['253.500', '500.000', '2.000 dari', 'Modal awal', 'SELISIH', 'LAPORAN Z PRATINJAU']) {
      expect(all).not.toContain(secret);
    }
    expect(screen.queryByTestId('expected')).toBeNull();
    expect(of('shift_difference'), 'not even asked for').toEqual([]);
  });

  it('is typed piece by piece: digits, Enter, arrows, the pad', async () => {
    await counting();
    const keys = async (...pressed: string[]): Promise<void> => {
      for (const key of pressed) await fireEvent.keyDown(document.activeElement ?? document.body, { key });
      await tick();
    };
    expect(document.activeElement).toBe(field('piece-note_100000'));
    await keys('1', '1', 'Enter');
    expect(document.activeElement).toBe(field('piece-note_50000'));
    await keys('3', 'ArrowUp', '9');
    expect(field('piece-note_100000').value, 'typing begins anew').toBe('9');
    await keys('ArrowDown', 'ArrowDown');
    await press('key-2');
    await press('key-2');
    await press('key-next');
    await press('key-7');
    await press('key-back');
    await press('more-note_10000');
    await press('more-note_10000');
    await press('less-note_10000');
    expect(NOTES.slice(0, 4).map((value) => field(`piece-note_${value}`).value)).toEqual(['9', '3', '22', '1']);
    expect(text('count-total')).toBe('Rp 1.500.000');
    await keys(...Array<string>(7).fill('Enter'));
    expect(document.activeElement, 'coins follow the notes').toBe(field('piece-coin_100'));
    await keys('Enter');
    expect(document.activeElement).toBe(screen.getByTestId('count-witness'));
    await keys('Enter');
    expect(document.activeElement).toBe(screen.getByTestId('count-lock'));
  });

  it('is not locked before anything was counted; nothing can be counted too', async () => {
    await counting();
    expect((screen.getByTestId('count-lock') as HTMLButtonElement).disabled).toBe(true);
    await fireEvent.keyDown(field('piece-note_100000'), { key: '0' });
    expect((screen.getByTestId('count-lock') as HTMLButtonElement).disabled).toBe(false);
  });

  it('outlives a look at the sell screen', async () => {
    const { till } = await counting();
    await fireEvent.input(field('piece-coin_500'), { target: { value: '31' } });
    await fireEvent.keyDown(field('piece-coin_500'), { key: 'Escape' });
    await vi.waitFor(() => screen.getByTestId('pay-qris'));
    expect(till.screen).toBe('sell');
    await press('nav-shift');
    await vi.waitFor(() => expect(field('piece-coin_500').value).toBe('31'));
    expect(text('count-total')).toBe('Rp 15.500');
  });

  it('does not belong to another shift', async () => {
    let number = 2;
    const { till } = await counting({ shift_now: () => done({ ...now, open: { ...open, number } }) });
    await fireEvent.input(field('piece-coin_500'), { target: { value: '31' } });
    number = 3;
    await till.shift.read();
    await vi.waitFor(() => expect(field('piece-coin_500').value).toBe(''));
  });
});

describe('a count that is locked', () => {
  it('is told piece by piece, once, and only then what it should have been', async () => {
    const answer = later<unknown>();
    const { of } = await counting({ shift_count: () => answer.promise });
    await fireEvent.input(field('piece-note_50000'), { target: { value: '5' } });
    await fireEvent.input(field('piece-coin_500'), { target: { value: '3' } });
    await fireEvent.input(field('piece-coin_200'), { target: { value: '0' } });
    await fireEvent.input(field('count-witness'), { target: { value: ' Budi ' } });
    await Promise.all([press('count-lock'), press('count-lock')]);
    answer.resolve(done(found));
    await vi.waitFor(() => expect(text('difference')).toBe('-Rp 2.000'));
    expect(of('shift_count').map((one) => one.input)).toEqual([
      { pieces: { note_50000: 5, coin_500: 3 }, total: null, witness: 'Budi' },
    ]);
    expect(text('difference-word')).toBe('SELISIH KURANG');
    expect(text('difference-percent')).toBe('0,79% dari kas');
    expect(text('expected')).toBe('Rp 253.500');
    expect(text('expected-lines')).toContain('Modal awal Rp 200.000');
    expect(text('counted-total')).toBe('251.500');
    expect(text('receipt-text')).toBe('LAPORAN Z PRATINJAU');
  });

  it('that is refused stays as it was typed, with the sentence', async () => {
    await counting({ shift_count: () => refused('count_unreadable', 'Hitungan tidak terbaca.') });
    await fireEvent.input(field('piece-note_50000'), { target: { value: '5' } });
    await press('count-lock');
    await vi.waitFor(() => expect(text('notice')).toBe('Hitungan tidak terbaca.'));
    expect(field('piece-note_50000').value).toBe('5');
  });

  it('can be counted again, without losing what was typed and without the expected sum', async () => {
    await locked();
    await press('count-again');
    await vi.waitFor(() => expect(field('piece-note_50000').value).toBe('5'));
    expect(document.body.textContent).not.toContain('253.500');
    await press('count-lock');
    await vi.waitFor(() => screen.getByTestId('difference'));
  });

  it('stands after the window began anew, and begins again from what was locked', async () => {
    await show(drawer({ shift_now: () => done({ ...now, open: { ...open, counted } }) }));
    await vi.waitFor(() => expect(text('difference')).toBe('-Rp 2.000'));
    await press('count-again');
    await vi.waitFor(() => expect(field('piece-note_50000').value).toBe('5'));
  });

  it.each([
    [0, 'COCOK', 'Rp 0'],
    [500, 'SELISIH LEBIH', 'Rp 500'],
  ])('with a difference of %s says %s', async (difference, word, amount) => {
    await locked({ shift_count: () => done({ ...found, difference }) });
    expect(text('difference-word')).toBe(word);
    expect(text('difference')).toBe(amount);
  });
});

describe('a shift that is closed', () => {
  it('is one Z, with its reason, its paper and its file; then the next can be opened', async () => {
    const answer = later<unknown>();
    let open = true;
    const { of } = await locked({
      shift_now: () => done(open ? now : none),
      shift_close: () => {
        open = false;
        return answer.promise;
      },
    });
    await fireEvent.input(field('difference-reason'), { target: { value: 'Salah kembalian' } });
    await Promise.all([press('shift-close'), press('shift-close')]);
    answer.resolve(done(closed));
    await vi.waitFor(() => expect(text('closed-title')).toBe('Shift 2 sudah ditutup, Z-000327'));
    expect(of('shift_close').map((one) => one.input)).toEqual([{ reason: 'Salah kembalian' }]);
    expect(text('closed-path')).toBe(closed.file);
    expect(text('receipt-text')).toBe('LAPORAN Z');
    expect(text('shift-closed')).toContain('QRIS yang belum dibayar tetap diawasi');
    await press('shift-done');
    await vi.waitFor(() => screen.getByTestId('shift-open'));
  });

  it('by Enter, but not by the Enter that locked the count, pressed twice', async () => {
    const { of } = await locked({ shift_close: () => done(closed) });
    await fireEvent.keyDown(document.body, { key: 'Enter' });
    expect(of('shift_close')).toEqual([]);
    await vi.waitFor(async () => {
      await fireEvent.keyDown(document.body, { key: 'Enter' });
      expect(of('shift_close')).toHaveLength(1);
    }, 3000);
    expect(of('shift_close')[0]?.input).toEqual({ reason: null });
  });

  it('says so when its file could not be written, and why a close was refused', async () => {
    let works = false;
    await locked({
      shift_close: () => (works ? done({ ...closed, file: null }) : refused('disk_full', 'Disk penuh. Belum ditutup.')),
    });
    await press('shift-close');
    await vi.waitFor(() => expect(text('notice')).toBe('Disk penuh. Belum ditutup.'));
    works = true;
    await press('shift-close');
    await vi.waitFor(() => expect(text('closed-no-file')).toContain('sudah tercatat'));
  });

  it('is handed over with the PIN of whoever takes it, never of who gives it', async () => {
    const { of } = await locked({
      shift_hand_over: (_, word) => (word?.pin === '654321' ? done(closed) : refused('pin_wrong', 'PIN salah.')),
    });
    await press('hand-over');
    expect(screen.getAllByTestId('pin-person').map((one) => one.textContent)).toEqual(['Pemilik', 'Budi']);
    await fireEvent.click(screen.getByText('Budi'));
    await pin('000000');
    await vi.waitFor(() => expect(text('notice')).toBe('PIN salah.'));
    await pin('654321');
    await vi.waitFor(() => expect(text('closed-taken')).toContain('Budi'));
    expect(of('shift_hand_over').at(-1)).toMatchObject({
      input: { reason: null },
      word: { person: 'budi', pin: '654321' },
    });
  });

  it('is not handed over where nobody else could sign in', async () => {
    const door = { locked: false, signed_in: OWNER, people: [OWNER], has_recovery: false };
    await locked({ boot: () => done(boot({ door })) });
    expect(screen.queryByTestId('hand-over')).toBeNull();
  });
});

describe('practice', () => {
  it('takes no count along', async () => {
    const { till } = await counting({ practice_enter: () => done(boot({ practice: true })) });
    await fireEvent.input(field('piece-coin_500'), { target: { value: '31' } });
    await till.enterPractice();
    expect(till.shift.begun).toBe(false);
    expect(till.screen).toBe('sell');
  });
});
