/** Cash that moves without a sale, the reports of shifts, and what the sell screen says of them. */
import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { done, engine, NOW, refused, strip } from './fixtures';
import { counted, counting, field, found, none, now, open, paper, pin, press, show, text } from './shift-fixtures';

describe('cash that moves without a sale', () => {
  async function over(testid: string, change: Parameters<typeof engine>[0]) {
    const shown = await counting(change);
    await press('shift-more');
    await press(testid);
    return shown;
  }

  it('out asks for a PIN where one is needed, and shows its slip', async () => {
    const { of } = await over('cash-out', {
      cash_out: (_, word) =>
        word === undefined ? refused('pin_required', 'Perlu PIN penyelia.') : done({ slip: paper('KAS KELUAR') }),
    });
    await fireEvent.input(field('cash-amount'), { target: { value: '73500' } });
    expect(field('cash-amount').value).toBe('73.500');
    expect((screen.getByTestId('cash-ok') as HTMLButtonElement).disabled, 'a reason is needed').toBe(true);
    await fireEvent.input(field('cash-reason'), { target: { value: 'galon' } });
    await Promise.all([press('cash-ok'), press('cash-ok')]);
    await vi.waitFor(() => expect(text('pin-dialog')).toContain('Perlu PIN penyelia.'));
    await pin('123456');
    await vi.waitFor(() => expect(text('receipt-text')).toBe('KAS KELUAR'));
    expect(of('cash_out')).toHaveLength(2);
    expect(of('cash_out')[1]).toMatchObject({ input: { amount: 73_500, reason: 'galon' }, word: { pin: '123456' } });
    await press('cash-close');
    expect(screen.queryByTestId('cash-move-dialog')).toBeNull();
  });

  it('given up at the PIN leaves the form as it was', async () => {
    await over('cash-out', { cash_out: () => refused('pin_required', 'Perlu PIN penyelia.') });
    await fireEvent.input(field('cash-amount'), { target: { value: '5000' } });
    await fireEvent.input(field('cash-reason'), { target: { value: 'parkir' } });
    await press('cash-ok');
    await vi.waitFor(() => screen.getByTestId('pin-dialog'));
    await fireEvent(screen.getByTestId('pin-dialog'), new Event('cancel', { cancelable: true }));
    await vi.waitFor(() => expect(screen.queryByTestId('pin-dialog')).toBeNull());
    expect(field('cash-reason').value).toBe('parkir');
    expect((screen.getByTestId('cash-ok') as HTMLButtonElement).disabled).toBe(false);
  });

  it('in says whose it was, and the pad types the amount', async () => {
    const { of } = await over('cash-in', { cash_in: () => done({ slip: paper('KAS MASUK') }) });
    const pad = screen.getByTestId('cash-move-dialog');
    for (const key of ['1', '00', '000']) {
      await fireEvent.click(pad.querySelector(`[data-testid="key-${key}"]`) as HTMLElement);
    }
    await press('from-other');
    await fireEvent.input(field('cash-reason'), { target: { value: 'uang receh' } });
    await fireEvent.keyDown(field('cash-reason'), { key: 'Enter' });
    await vi.waitFor(() => expect(text('cash-moved')).toContain('Rp 100.000'));
    expect(of('cash_in').map((one) => one.input)).toEqual([
      { amount: 100_000, reason: 'uang receh', from_owner: false },
    ]);
  });

  it('setor needs no reason of its own', async () => {
    const { of } = await over('setor', { setor: () => done({ slip: paper('SETOR') }) });
    await fireEvent.input(field('cash-amount'), { target: { value: '1.100.000' } });
    await press('to-bank');
    await press('cash-ok');
    await vi.waitFor(() => expect(text('receipt-text')).toBe('SETOR'));
    expect(of('setor').map((one) => one.input)).toEqual([{ amount: 1_100_000, reason: '', to_bank: true }]);
  });

  it('changes what a locked count comes to', async () => {
    let moved = false;
    await show({
      shift_now: () => done({ ...now, open: { ...open, counted } }),
      cash_in: () => {
        moved = true;
        return done({ slip: paper('KAS MASUK') });
      },
      shift_difference: () => done(moved ? { ...found, difference: -4_000 } : found),
    });
    await vi.waitFor(() => expect(text('difference')).toBe('-Rp 2.000'));
    await press('shift-more');
    await press('cash-in');
    await fireEvent.input(field('cash-amount'), { target: { value: '2000' } });
    await fireEvent.input(field('cash-reason'), { target: { value: 'receh' } });
    await press('cash-ok');
    await vi.waitFor(() => screen.getByTestId('cash-close'));
    await press('cash-close');
    await vi.waitFor(() => expect(text('difference')).toBe('-Rp 4.000'));
  });

  it('handing over before the count says that the count comes first', async () => {
    await over('hand-over', {});
    expect(text('count-note')).toContain('Serah terima dimulai dari hitungan');
  });
});

describe('reports', () => {
  it('X is shown, and given up at the PIN it closes', async () => {
    let known = true;
    await counting({ shift_x: () => (known ? done(paper('LAPORAN X')) : refused('pin_required', 'Perlu PIN.')) });
    await press('shift-more');
    await press('shift-x');
    await vi.waitFor(() => expect(text('receipt-text')).toBe('LAPORAN X'));
    await press('x-close');
    known = false;
    await press('shift-more');
    await press('shift-x');
    await vi.waitFor(() => screen.getByTestId('pin-dialog'));
    await fireEvent(screen.getByTestId('pin-dialog'), new Event('cancel', { cancelable: true }));
    await vi.waitFor(() => expect(screen.queryByTestId('x-dialog')).toBeNull());
  });

  it('earlier Zs are listed and read again', async () => {
    const row = { shift: 2, number: 'Z-000327', date: '2026-11-20', closed_at: NOW, cashier: 'Sari', difference: -2_000 };
    const { of } = await show({
      shift_now: () => done(none),
      z_list: () => done([row]),
      z_show: () => done(paper('LAPORAN Z, SALINAN')),
    });
    await vi.waitFor(() => screen.getByTestId('z-old'));
    await press('z-old');
    await vi.waitFor(() => expect(text('z-row')).toContain('-Rp 2.000'));
    await press('z-row');
    await vi.waitFor(() => expect(text('receipt-text')).toBe('LAPORAN Z, SALINAN'));
    expect(of('z_show').map((one) => one.input)).toEqual([{ number: 'Z-000327' }]);
  });
});

describe('on the sell screen', () => {
  it('F12 opens the drawer with a reason', async () => {
    const { of } = await show({ drawer_open: () => done(now) }, 'sell');
    await vi.waitFor(() => screen.getByTestId('key-7'));
    await fireEvent.keyDown(document.body, { key: 'F12' });
    await tick();
    await press('cash-ok');
    expect(of('drawer_open'), 'a reason is needed').toEqual([]);
    await fireEvent.input(field('cash-reason'), { target: { value: 'tukar uang' } });
    await press('cash-ok');
    await vi.waitFor(() => screen.getByTestId('drawer-opened'));
    expect(of('drawer_open').map((one) => one.input)).toEqual([{ reason: 'tukar uang' }]);
  });

  it('a shift that is not open is a quiet word and a way there; selling goes on', async () => {
    await show({ strip: () => done(strip({ shift: null, cashier: null })), shift_now: () => done(none) }, 'sell');
    await vi.waitFor(() => expect(text('no-shift')).toContain('berjualan tetap bisa'));
    expect(screen.queryByTestId('strip-shift')).toBeNull();
    expect(screen.queryByTestId('pay-qris')).not.toBeNull();
    await press('no-shift-open');
    await vi.waitFor(() => screen.getByTestId('shift-open'));
  });

  it('an open shift and who sits there stand on the strip', async () => {
    await show({}, 'sell');
    await vi.waitFor(() => expect(text('strip-shift')).toBe('Shift 2'));
    expect(text('strip-cashier')).toBe('Sari');
    expect(screen.queryByTestId('no-shift')).toBeNull();
  });
});
