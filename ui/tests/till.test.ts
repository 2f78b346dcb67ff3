import { afterEach, describe, expect, it, vi } from 'vitest';
import { Till } from '../src/lib/till.svelte';
import { boot, done, engine, evidence, payment, strip } from './fixtures';

const paid = payment({ state: 'paid', evidence: [evidence('pending'), evidence('paid')] });
const quiet = async (): Promise<boolean> => true;

function till(outputs: Parameters<typeof engine>[0] = {}, sound: typeof quiet = quiet) {
  const { call, asked } = engine({
    boot: () => done(boot()),
    strip: () => done(strip()),
    payment_start: () => done(payment()),
    payment_leave: () => done(strip()),
    ...outputs,
  });
  return { till: new Till(call, sound), asked };
}

afterEach(() => vi.useRealTimers());

describe('pushes', () => {
  it('turn the open sheet to LUNAS without another word', async () => {
    const { till: open } = till();
    await open.readBoot();
    await open.checkout.charge();
    open.hear({ event: 'payment_changed', payment: paid });
    expect(open.checkout.sheet).toMatchObject({ payment: { state: 'paid' } });
    expect(open.toast, 'the sheet says it already').toBeNull();
  });

  it('of a payment elsewhere show for six seconds beside what the cashier does', async () => {
    vi.useFakeTimers();
    const { till: open } = till();
    open.hear({ event: 'payment_changed', payment: paid });
    expect(open.toast?.sale_number).toBe('A01-0148');
    vi.advanceTimersByTime(6000);
    expect(open.toast).toBeNull();
  });

  it('of anything but money are no toast, yet lists read again', () => {
    const { till: open } = till();
    open.hear({ event: 'payment_changed', payment: payment({ state: 'expired' }) });
    expect(open.toast).toBeNull();
    expect(open.changes).toBe(1);
  });

  it('of the strip read it again', async () => {
    const { till: open, asked } = till({ strip: () => done(strip({ waiting: 2 })) });
    await open.readBoot();
    const before = asked.filter((one) => one.name === 'strip').length;
    open.hear({ event: 'strip_changed' });
    await vi.waitFor(() => expect(open.strip?.waiting).toBe(2));
    expect(asked.filter((one) => one.name === 'strip').length).toBe(before + 1);
  });

  it('a silent device stands on the strip until it plays again', async () => {
    let works = false;
    const { till: open } = till({}, async () => works);
    await open.sound('paid');
    expect(open.soundOff).toBe(true);
    works = true;
    await open.sound('paid');
    expect(open.soundOff).toBe(false);
  });
});

describe('where the window begins', () => {
  it('before the first run nothing but boot is asked', async () => {
    const first = boot({ stage: { stage: 'first_run', needs_passphrase: false, lost: false }, shop: null });
    const { till: open, asked } = till({ boot: () => done(first) });
    await open.readBoot();
    await open.readStrip();
    expect(asked.map((one) => one.name)).toEqual(['boot']);
  });

  it('the PIN does not outlive the first run', async () => {
    const { till: open } = till();
    open.draft.pin = '123456';
    open.begin(boot());
    expect(open.draft.pin).toBe('');
  });

  it('practice takes nothing of the other folder along', async () => {
    const { till: open } = till({ practice_enter: () => done(boot({ practice: true })) });
    await open.readBoot();
    await open.checkout.charge();
    open.screen = 'history';
    expect(await open.enterPractice()).toBeNull();
    expect(open.checkout.sheet).toBeNull();
    expect(open.screen).toBe('sell');
    expect(open.boot?.practice).toBe(true);
  });
});
