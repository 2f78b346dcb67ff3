/** Who may be at the window: signing in, recovery codes, locking by hand and by itself. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import { watchIdle } from '../src/lib/idle';
import { Till } from '../src/lib/till.svelte';
import { boot, bootOf, done, engine, OWNER, payment, refused, SARI, strip } from './fixtures';

const text = (testid: string): string => screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';
const type = (testid: string, value: string) => fireEvent.input(screen.getByTestId(testid), { target: { value } });
const press = (testid: string) => fireEvent.click(screen.getByTestId(testid));
const ctrlL = (): KeyboardEvent =>
  new KeyboardEvent('keydown', { key: 'l', ctrlKey: true, bubbles: true, cancelable: true });

async function open(outputs: Parameters<typeof engine>[0]) {
  const { call, asked } = engine({ strip: () => done(strip()), ...outputs });
  const till = new Till(call, async () => true);
  render(App, { till });
  await vi.waitFor(() => expect(till.boot).not.toBeNull());
  await tick();
  return { till, asked, count: (name: string) => asked.filter((one) => one.name === name).length };
}

afterEach(() => vi.useRealTimers());

describe('the lock screen', () => {
  it('names the shop, hides what was there, and lets nobody in by Esc', async () => {
    await open({ boot: () => done(bootOf(null)) });
    expect(text('lock-shop')).toBe('Toko Contoh');
    expect(screen.queryByTestId('nav-sell')).toBeNull();
    expect(screen.queryByTestId('strip'), 'what is outside still shows').not.toBeNull();
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(screen.queryByTestId('lock')).not.toBeNull();
  });

  it('six digits of the chosen person sign in by themselves', async () => {
    const { asked, till } = await open({ boot: () => done(bootOf(null)), sign_in: () => done(bootOf(SARI)) });
    const tiles = screen.getAllByTestId('lock-person');
    expect(tiles.map((tile) => tile.textContent?.replace(/\s+/g, ' ').trim())).toEqual(['Sari Kasir', 'Pemilik Pemilik']);
    await fireEvent.click(tiles[0] as HTMLElement);
    await type('lock-pin', '12345');
    expect(asked.map((one) => one.name)).not.toContain('sign_in');
    await fireEvent.keyDown(window, { key: '6' });
    await vi.waitFor(() => expect(screen.queryByTestId('nav-sell')).not.toBeNull());
    expect(asked.find((one) => one.name === 'sign_in')?.input).toEqual({ person: SARI.id, pin: '123456' });
    expect(till.boot?.door.signed_in?.name).toBe('Sari');
  });

  it('the pad types too, and in a shop of one nobody chooses', async () => {
    const alone = bootOf(null, { people: [OWNER], has_recovery: false });
    const { asked } = await open({ boot: () => done(alone), sign_in: () => done(bootOf(OWNER)) });
    expect(text('lock-who')).toBe('Pemilik');
    expect(screen.queryByTestId('lock-back')).toBeNull();
    expect(screen.queryByTestId('lock-recovery'), 'no code would open').toBeNull();
    for (const digit of '999999') await fireEvent.click(screen.getByRole('button', { name: digit }));
    await vi.waitFor(() => expect(screen.queryByTestId('lock')).toBeNull());
    expect(asked.find((one) => one.name === 'sign_in')?.input).toEqual({ person: OWNER.id, pin: '999999' });
  });

  it('a wrong PIN is said in Rust’s words and typed again; Esc goes back to the others', async () => {
    const { count } = await open({
      boot: () => done(bootOf(null)),
      sign_in: () => refused('pin_locked', 'Dikunci 30 detik lagi.'),
    });
    await fireEvent.click(screen.getAllByTestId('lock-person')[0] as HTMLElement);
    await type('lock-pin', '000000');
    await vi.waitFor(() => expect(text('lock-problem')).toBe('Dikunci 30 detik lagi.'));
    expect((screen.getByTestId('lock-pin') as HTMLInputElement).value).toBe('');
    expect(count('sign_in')).toBe(1);
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(screen.getAllByTestId('lock-person')).toHaveLength(2);
  });
});

describe('a recovery code', () => {
  const save = (): HTMLButtonElement => screen.getByTestId('recovery-save') as HTMLButtonElement;

  it('takes a new PIN twice, and a passphrase only where Rust wants one', async () => {
    const { asked } = await open({
      boot: () => done(bootOf(null)),
      recovery_use: (input) =>
        input.passphrase === null
          ? refused('passphrase_required', 'Komputer ini tidak punya brankas.')
          : done(bootOf(OWNER)),
    });
    await press('lock-recovery');
    expect(text('recovery-about')).toContain('kunci gateway harus diisi lagi');
    expect(screen.queryByTestId('passphrase')).toBeNull();
    await type('recovery-code', '0a1b 2c3d-4e5f');
    await type('pin', '112233');
    await type('pin-again', '112234');
    expect(screen.queryByTestId('pins-differ')).not.toBeNull();
    await type('pin-again', '112233');
    expect(save().disabled, 'a code has sixteen letters').toBe(true);
    await type('recovery-code', ' 0a1b 2c3d-4e5f 6g7h ');
    await fireEvent.click(save());
    await vi.waitFor(() => expect(text('recovery-problem')).toBe('Komputer ini tidak punya brankas.'));
    await type('passphrase', 'kuda putih');
    await fireEvent.click(save());
    await vi.waitFor(() => expect(screen.queryByTestId('nav-sell')).not.toBeNull());
    const inputs = asked.filter((one) => one.name === 'recovery_use').map((one) => one.input);
    const given = { code: '0a1b 2c3d-4e5f 6g7h', pin: '112233' };
    expect(inputs).toEqual([
      { ...given, passphrase: null },
      { ...given, passphrase: 'kuda putih' },
    ]);
  });

  it('that is wrong opens nothing, and Esc goes back to the people', async () => {
    await open({ boot: () => done(bootOf(null)), recovery_use: () => refused('recovery_wrong', 'Kode tidak dikenal.') });
    await press('lock-recovery');
    await type('recovery-code', '0A1B-2C3D-4E5F-6G7H');
    await type('pin', '112233');
    await type('pin-again', '112233');
    await fireEvent.click(save());
    await vi.waitFor(() => expect(text('recovery-problem')).toBe('Kode tidak dikenal.'));
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(screen.queryByTestId('recovery-form')).toBeNull();
    expect(screen.queryByTestId('lock')).not.toBeNull();
  });
});

describe('locking', () => {
  it('by Ctrl+L keeps the cart and the QRIS sheet, and ends an open question', async () => {
    const { till, count } = await open({
      boot: () => done(bootOf(SARI)),
      lock: () => done(bootOf(null)),
      sign_in: () => done(bootOf(SARI)),
      payment_start: () => done(payment()),
      feed: () => refused('pin_required', 'Perlu PIN pengawas.'),
    });
    for (const key of ['5', '0', '0', 'F9']) await fireEvent.keyDown(window, { key });
    await vi.waitFor(() => expect(screen.queryByTestId('qr-total')).not.toBeNull());
    const asking = till.gate.ask('feed', { before: null, notable: false }, 'Kegiatan');
    await vi.waitFor(() => expect(screen.queryByTestId('pin-dialog')).not.toBeNull());
    const pressed = ctrlL();
    window.dispatchEvent(pressed);
    expect(pressed.defaultPrevented, 'the web view has a Ctrl+L of its own').toBe(true);
    await vi.waitFor(() => expect(screen.queryByTestId('lock')).not.toBeNull());
    expect(await asking).toBeNull();
    expect(screen.queryByTestId('qr-total')).toBeNull();
    window.dispatchEvent(ctrlL());
    expect(count('lock'), 'what is locked stays so').toBe(1);
    await fireEvent.click(screen.getAllByTestId('lock-person')[0] as HTMLElement);
    await type('lock-pin', '123456');
    await vi.waitFor(() => expect(text('qr-total')).toBe('Rp 50.347'));
  });

  it('by the rail begins at selling again for whoever comes next', async () => {
    const { till } = await open({ boot: () => done(bootOf(OWNER)), lock: () => done(bootOf(null)), history: () => refused('x', 'x') });
    till.screen = 'history';
    await press('nav-lock');
    await vi.waitFor(() => expect(screen.queryByTestId('lock')).not.toBeNull());
    expect(till.screen).toBe('sell');
  });

  it('is not offered where nobody could open it again', async () => {
    const { count } = await open({
      boot: () => done(boot({ door: { locked: false, signed_in: null, people: [], has_recovery: false } })),
    });
    expect(screen.queryByTestId('nav-lock')).toBeNull();
    window.dispatchEvent(ctrlL());
    expect(count('lock')).toBe(0);
  });
});

describe('a till that nobody touches', () => {
  const minute = 60_000;

  it('locks itself after its minutes, counted from the last touch', async () => {
    vi.useFakeTimers();
    const { call, asked } = engine({
      strip: () => done(strip()),
      boot: () => done(bootOf(SARI)),
      lock: () => done(bootOf(null)),
    });
    render(App, { till: new Till(call, async () => true) });
    const locks = (): number => asked.filter((one) => one.name === 'lock').length;
    await vi.advanceTimersByTimeAsync(4 * minute);
    await fireEvent.pointerDown(window);
    await vi.advanceTimersByTimeAsync(4.5 * minute);
    expect(locks()).toBe(0);
    await vi.advanceTimersByTimeAsync(minute);
    expect(locks()).toBe(1);
    expect(screen.queryByTestId('lock')).not.toBeNull();
    await vi.advanceTimersByTimeAsync(20 * minute);
    expect(locks(), 'once').toBe(1);
  });

  it.each([
    ['somebody chose never', { ...bootOf(SARI), prefs: { ...boot().prefs, lock_minutes: 0 } }],
    ['nobody signed in', boot()],
  ])('stays open when %s', async (_, now) => {
    vi.useFakeTimers();
    const { call, asked } = engine({ strip: () => done(strip()), boot: () => done(now) });
    render(App, { till: new Till(call, async () => true) });
    await vi.advanceTimersByTimeAsync(60 * minute);
    expect(asked.map((one) => one.name)).not.toContain('lock');
  });

  it('does not take the touch that wakes a sleeping computer for presence', () => {
    vi.useFakeTimers();
    let idle = 0;
    const stop = watchIdle(minute, () => (idle += 1));
    vi.setSystemTime(Date.now() + 5 * minute);
    window.dispatchEvent(new Event('pointermove'));
    expect(idle).toBe(1);
    stop();
    vi.advanceTimersByTime(5 * minute);
    expect(idle, 'stopped').toBe(1);
  });
});
