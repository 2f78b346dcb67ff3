/** Who works here: adding, changing, removing people, their PINs, and the recovery codes. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Boot } from '../src/generated/Boot';
import type { PersonView } from '../src/generated/PersonView';
import PinGate from '../src/components/PinGate.svelte';
import { Till } from '../src/lib/till.svelte';
import { Settings } from '../src/screens';
import { boot, bootOf, done, engine, OWNER, refused, SARI, strip } from './fixtures';

const text = (testid: string): string => screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';
const type = (testid: string, value: string) => fireEvent.input(screen.getByTestId(testid), { target: { value } });
const press = (testid: string) => fireEvent.click(screen.getByTestId(testid));
const save = (): HTMLButtonElement => screen.getByTestId('person-save') as HTMLButtonElement;

const owner: PersonView = { ...OWNER, has_pin: true };
const sari: PersonView = { ...SARI, has_pin: false };

async function open(outputs: Parameters<typeof engine>[0], now: Boot = bootOf(OWNER)) {
  const { call, asked } = engine({
    strip: () => done(strip()),
    boot: () => done(now),
    people: () => done([owner, sari]),
    ...outputs,
  });
  const till = new Till(call, async () => true);
  till.settingsTab = 'people';
  await till.readBoot();
  render(Settings, { till });
  render(PinGate, { gate: till.gate });
  await vi.waitFor(() => expect(screen.queryByTestId('person-add')).not.toBeNull());
  return { till, asked, of: (name: string) => asked.filter((one) => one.name === name) };
}

/** Gives the owner's PIN to the gate. */
async function approve(): Promise<void> {
  await vi.waitFor(() => expect(screen.queryByTestId('pin-dialog')).not.toBeNull());
  await type('confirm-pin', '654321');
  await press('confirm-ok');
  await tick();
}

describe('people', () => {
  it('are listed with role, PIN and who is signed in', async () => {
    await open({});
    const cells = screen.getAllByTestId('person-row').map((row) =>
      [...row.querySelectorAll('td')].slice(0, 3).map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()),
    );
    expect(cells).toEqual([
      ['Pemilik sedang masuk', 'Pemilik', 'ya'],
      ['Sari', 'Kasir', 'belum'],
    ]);
  });

  it('somebody new is sent whole, once the owner’s PIN was given', async () => {
    const { of } = await open({
      person_set: (input, word) =>
        word === undefined
          ? refused('pin_required', 'Perlu PIN pemilik.')
          : done([owner, sari, { id: 'p3', name: input.name, role: input.role, has_pin: true }]),
    });
    await press('person-add');
    expect(save().disabled).toBe(true);
    await type('person-name', ' Bu Ratna ');
    await press('person-role-supervisor');
    await type('person-pin', '121212');
    expect(save().disabled, 'a new person has a PIN, typed twice').toBe(true);
    await type('person-pin-again', '121212');
    await press('person-save');
    await approve();
    await vi.waitFor(() => expect(screen.getAllByTestId('person-row')).toHaveLength(3));
    const input = { id: null, name: 'Bu Ratna', role: 'supervisor', pin: '121212', passphrase: null };
    expect(of('person_set')).toMatchObject([{ input }, { input, word: { person: OWNER.id, pin: '654321' } }]);
    expect(screen.queryByTestId('person-dialog')).toBeNull();
    expect(text('people-said')).toContain('Bu Ratna');
  });

  it('a wrong owner’s PIN keeps what was typed', async () => {
    await open({
      person_set: (_, word) =>
        word === undefined ? refused('pin_required', 'Perlu PIN.') : refused('pin_wrong', 'PIN salah.'),
    });
    await fireEvent.click(screen.getAllByTestId('person-edit')[0] as HTMLElement);
    await type('person-name', 'Bu Endang');
    expect(save().disabled, 'the old PIN may stay').toBe(false);
    await press('person-save');
    await approve();
    await vi.waitFor(() => expect(text('notice')).toBe('PIN salah.'));
    expect((screen.getByTestId('person-name') as HTMLInputElement).value).toBe('Bu Endang');
  });

  it('somebody who has no PIN yet is not saved without one', async () => {
    await open({});
    await fireEvent.click(screen.getAllByTestId('person-edit')[1] as HTMLElement);
    expect((screen.getByTestId('person-name') as HTMLInputElement).value).toBe('Sari');
    expect(save().disabled).toBe(true);
    expect(screen.queryByTestId('person-second'), 'the first day of signing in is announced').not.toBeNull();
  });

  it('are removed after a question that says what stays; a refusal is shown', async () => {
    const { of } = await open({ person_remove: () => refused('last_owner', 'Ini satu-satunya pemilik.') });
    await fireEvent.click(screen.getAllByTestId('person-remove')[0] as HTMLElement);
    expect(text('person-remove-dialog')).toContain('tetap tercatat');
    expect(of('person_remove')).toHaveLength(0);
    await press('person-remove-ok');
    await vi.waitFor(() => expect(text('people-problem')).toBe('Ini satu-satunya pemilik.'));
    expect(of('person_remove')[0]?.input).toEqual({ id: OWNER.id });
    expect(screen.getAllByTestId('person-row')).toHaveLength(2);
  });

  it('the first PIN of a shop without any is the owner’s, with a passphrase where Rust wants one', async () => {
    const nobody = boot({ door: { locked: false, signed_in: null, people: [], has_recovery: false } });
    const { of } = await open(
      {
        people: () => done([]),
        person_set: (input) =>
          input.passphrase === null ? refused('passphrase_required', 'Perlu frasa sandi.') : done([owner]),
      },
      nobody,
    );
    expect(text('people-unguarded')).toContain('Pasang PIN pemilik dulu');
    expect(screen.queryByTestId('recovery-make')).toBeNull();
    await press('person-add');
    expect((screen.getByTestId('person-name') as HTMLInputElement).value).toBe('Pemilik');
    expect(screen.queryByTestId('person-role-cashier')).toBeNull();
    await type('person-pin', '121212');
    await type('person-pin-again', '121212');
    await press('person-save');
    await vi.waitFor(() => expect(text('person-problem')).toBe('Perlu frasa sandi.'));
    expect(save().disabled).toBe(true);
    await type('passphrase', 'kuda putih');
    await press('person-save');
    await vi.waitFor(() => expect(screen.queryByTestId('recovery-make')).not.toBeNull());
    expect(of('person_set').at(-1)?.input).toEqual({
      id: null,
      name: 'Pemilik',
      role: 'owner',
      pin: '121212',
      passphrase: 'kuda putih',
    });
  });

  it('whoever is signed in changes the own PIN by the old one', async () => {
    let wrong = true;
    const { of } = await open({
      pin_change: () => (wrong ? refused('pin_wrong', 'PIN salah.') : done({})),
    });
    await press('pin-change');
    await type('pin-old', '000000');
    await type('pin', '232323');
    await type('pin-again', '232323');
    await press('own-pin-save');
    await vi.waitFor(() => expect(text('own-pin-problem')).toBe('PIN salah.'));
    wrong = false;
    await type('pin-old', '123456');
    await press('own-pin-save');
    await vi.waitFor(() => expect(text('people-said')).toContain('PIN diganti'));
    expect(of('pin_change').at(-1)?.input).toEqual({ person: OWNER.id, old: '123456', new: '232323' });
  });
});

describe('recovery codes', () => {
  const codes = Array.from({ length: 8 }, (_, at) => `AAAA-BBBB-CCCC-000${at}`);
  const slip = { columns: 32, rows: [{ row: 'text', text: 'KODE PEMULIHAN', bold: true, double: false }] };

  it('are shown once, leave only by the button, and are gone after', async () => {
    const { of } = await open({
      recovery_make: (_, word) =>
        word === undefined ? refused('pin_required', 'Perlu PIN.') : done({ codes, slip } as never),
    });
    await press('recovery-make');
    await approve();
    await vi.waitFor(() => expect(screen.getAllByTestId('recovery-one').map((one) => one.textContent)).toEqual(codes));
    expect(text('receipt-text')).toContain('KODE PEMULIHAN');
    expect(text('recovery-once')).toContain('hanya tampil sekali');
    await fireEvent(screen.getByTestId('recovery-codes'), new Event('cancel', { cancelable: true }));
    expect(screen.getAllByTestId('recovery-one'), 'Esc does not lose them').toHaveLength(8);
    expect(text('recovery-once')).toContain('tidak bisa ditampilkan lagi');
    await press('recovery-done');
    expect(screen.queryByTestId('recovery-codes')).toBeNull();
    expect(document.body.textContent).not.toContain(codes[0]);
    expect(of('recovery_make')).toHaveLength(2);
  });

  it('the lack of any is said', async () => {
    await open({}, bootOf(OWNER, { has_recovery: false }));
    expect(text('recovery-none')).toContain('Belum ada kode');
  });
});
