/** Money that came without a sale: listed, matched, put aside. */
import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Answer } from '../src/generated/Answer';
import type { InboxItem } from '../src/generated/InboxItem';
import type { InboxView } from '../src/generated/InboxView';
import { offersOf } from '../src/screens/inbox/offers';
import { cameText, sourceWord } from '../src/screens/inbox/states';
import { done, engine, later, NOW, ownQris, payment, refused } from './fixtures';
import { field, pin, press, show, text } from './shift-fixtures';

function item(id: string, change: Partial<InboxItem> = {}): InboxItem {
  return {
    id,
    source: 'relay',
    amount: 50_000,
    at: NOW,
    about: 'GoBiz',
    text: 'Pembayaran Rp 50.000 diterima',
    state: 'waiting',
    payment_id: null,
    reason: null,
    ...change,
  };
}

function view(items: InboxItem[]): Answer<InboxView> {
  const open = items.filter((one) => one.state === 'waiting');
  return done({ items, waiting: open.length, amount: open.reduce((sum, one) => sum + (one.amount ?? 0), 0) });
}

async function open(outputs: Parameters<typeof engine>[0] = {}) {
  const shown = await show({ inbox: () => view([item('a'), item('b', { amount: 7_000 })]), ...outputs }, 'sell');
  await press('nav-inbox');
  await vi.waitFor(() => expect(shown.of('inbox').length).toBeGreaterThan(1));
  await tick();
  return shown;
}

const rows = () =>
  screen.queryAllByTestId('inbox-item').map((row) => row.querySelector('b')?.textContent?.replace(/\s+/g, ' '));
const offers = () => screen.queryAllByTestId('inbox-offer').map((one) => one.querySelector('b')?.textContent);
const off = (testid: string) => (screen.getByTestId(testid) as HTMLButtonElement).disabled;
const type = (testid: string, value: string) => fireEvent.input(field(testid), { target: { value } });

describe('the place in the rail', () => {
  it('counts what waits, and says nothing where nothing does', async () => {
    let items = [item('a'), item('b')];
    const { till } = await show({ inbox: () => view(items) }, 'sell');
    await vi.waitFor(() => expect(text('nav-inbox-count')).toBe('2'));
    items = [];
    till.hear({ event: 'strip_changed' });
    await vi.waitFor(() => expect(screen.queryByTestId('nav-inbox-count')).toBeNull());
  });

  it('keeps its count where Rust does not answer, and asks nothing behind a locked door', async () => {
    let answer: Answer<InboxView> = view([item('a')]);
    const { till, of } = await show({ inbox: () => answer }, 'sell');
    await vi.waitFor(() => expect(till.unmatched).toBe(1));
    answer = refused('sign_in', 'Masuk dulu.');
    await till.readInbox();
    expect(till.unmatched).toBe(1);
    const before = of('inbox').length;
    if (till.boot !== null) till.boot = { ...till.boot, door: { ...till.boot.door, locked: true } };
    await till.readInbox();
    expect(of('inbox')).toHaveLength(before);
  });
});

describe('the list', () => {
  it('begins with what waits, and shows all of it with the open ones first', async () => {
    const settled = item('c', { state: 'matched', payment_id: 'p1' });
    const { of } = await open({
      inbox: ({ all }) => view(all ? [settled, item('a'), item('b', { amount: null })] : [item('a')]),
    });
    expect(rows()).toEqual(['Rp 50.000']);
    expect(text('inbox-amount')).toBe('Rp 50.000');
    expect(text('inbox-text')).toBe('Pembayaran Rp 50.000 diterima');
    await press('inbox-all');
    await vi.waitFor(() => expect(rows()).toEqual(['Rp 50.000', 'Rp ?', 'Rp 50.000']));
    expect(screen.getAllByTestId('inbox-row-state').map((one) => one.textContent?.trim())).toEqual([
      'MENUNGGU',
      'MENUNGGU',
      'DICOCOKKAN',
    ]);
    expect(of('inbox').at(-1)?.input).toEqual({ all: true });
  });

  it('with nothing in it says so in a sentence', async () => {
    await open({ inbox: () => view([]) });
    await vi.waitFor(() => expect(text('inbox-none')).toBe('Semua uang yang masuk sudah ada penjualannya.'));
  });

  it('that cannot be read says why, and what was read stays', async () => {
    let answer: Answer<InboxView> = view([item('a')]);
    const { till } = await open({ inbox: () => answer });
    answer = { kind: 'failed', code: 'disk', message: 'Buku tidak terbaca.', incident: 'x1' };
    till.hear({ event: 'strip_changed' });
    await vi.waitFor(() => expect(text('inbox-problem')).toContain('Buku tidak terbaca.'));
    expect(rows()).toEqual(['Rp 50.000']);
  });

  it('hears of money that comes, and keeps the one that is open', async () => {
    let items = [item('a')];
    const { till } = await open({ inbox: () => view(items) });
    items = [item('new', { amount: 9_000 }), item('a')];
    till.hear({ event: 'strip_changed' });
    await vi.waitFor(() => expect(rows()).toHaveLength(2));
    expect(text('inbox-amount')).toBe('Rp 50.000');
  });

  it('shows a settled one with its reason, and nothing to press', async () => {
    await open({ inbox: () => view([item('a', { state: 'dismissed', reason: 'pinjaman', text: null })]) });
    await vi.waitFor(() => expect(text('inbox-reason-said')).toBe('pinjaman'));
    expect(text('inbox-text')).toBe('Isinya sudah dihapus.');
    expect(screen.queryByTestId('inbox-match')).toBeNull();
    expect(screen.queryByTestId('inbox-dismiss')).toBeNull();
  });

  it('leads from a matched one to its sale', async () => {
    const { till } = await open({
      inbox: () => view([item('a', { state: 'matched', payment_id: 'p1' })]),
      payment_show: () => done(payment({ sale_id: 's9' })),
      history: () => refused('x', 'x'),
      sale_show: () => refused('x', 'x'),
    });
    await press('inbox-open-sale');
    await vi.waitFor(() => expect(till.screen).toBe('history'));
  });

  it('says when money came, and no hour where only its day is known', () => {
    expect(cameText(NOW, 'statement', 'WIB', 'id')).toBe('20 Nov 2026 19.41');
    const day = Date.UTC(2026, 10, 19, 17);
    expect(cameText(day, 'statement', 'WIB', 'id')).toBe('20 Nov 2026');
    expect(cameText(day, 'relay', 'WIB', 'id')).toBe('20 Nov 2026 00.00');
    expect(sourceWord('kurir')).toBe('kurir');
  });
});

describe('what is offered', () => {
  it('is one for each sale: the exact total, the price at the sticker, the price of another QR, the nearest', () => {
    const exact = ownQris({ id: '1', sale_id: 'exact', total: 50_000 });
    const sticker = ownQris({ id: '6', sale_id: 'sticker', amount: 50_000, total: 49_997 });
    const near = ownQris({ id: '2', sale_id: 'near', total: 49_900 });
    const price = payment({ id: '3', sale_id: 'price', amount: 50_000, total: 50_347 });
    const far = payment({ id: '4', sale_id: 'far', amount: 90_000 });
    const twice = payment({ id: '5', sale_id: 'near', amount: 80_000 });
    const all = offersOf([far, twice, near, price, sticker, exact], 50_000);
    expect(all.map((one) => [one.payment.sale_id, one.asked, one.over])).toEqual([
      ['exact', 50_000, 0],
      ['sticker', 49_997, 3],
      ['price', 50_000, 0],
      ['near', 49_900, 100],
      ['far', 90_000, -40_000],
    ]);
  });
});

describe('matching', () => {
  const mine = ownQris({ sale_id: 's1', sale_number: 'A01-0148', total: 49_997 });
  const other = ownQris({ id: 'p2', sale_id: 's2', sale_number: 'A01-0149', total: 60_000 });

  async function matching(outputs: Parameters<typeof engine>[0] = {}) {
    const shown = await open({ payments_open: () => done([other, mine]), ...outputs });
    await press('inbox-match');
    await vi.waitFor(() => expect(offers()).toEqual(['A01-0148', 'A01-0149']));
    return shown;
  }

  it('takes a choice and a PIN, and two presses are one', async () => {
    const { of } = await matching({
      inbox_match: (_, word) =>
        word === undefined ? refused('pin_required', 'Perlu PIN pengawas.') : done(payment({ state: 'paid', sale_id: 's1' })),
    });
    expect(off('inbox-match-ok')).toBe(true);
    await fireEvent.click(screen.getAllByTestId('inbox-offer')[0] as HTMLElement);
    expect(text('inbox-over')).toContain('lebih dari yang ditagih');
    await Promise.all([press('inbox-match-ok'), press('inbox-match-ok')]);
    await vi.waitFor(() => expect(text('pin-dialog')).toContain('Perlu PIN pengawas.'));
    await pin('123456');
    await vi.waitFor(() => expect(screen.queryByTestId('inbox-match-dialog')).toBeNull());
    const input = { id: 'a', sale: 'A01-0148' };
    expect(of('inbox_match').map((one) => one.input)).toEqual([input, input]);
    expect(text('inbox-matched')).toContain('A01-0148');
    expect(text('inbox-matched-state')).toBe('LUNAS');
  });

  it('says when the money is less than was asked', async () => {
    await matching();
    await fireEvent.click(screen.getAllByTestId('inbox-offer')[1] as HTMLElement);
    expect(text('inbox-under')).toContain('tetap belum lunas');
  });

  it('can name any sale, and the number typed wins over what was chosen', async () => {
    const { of } = await matching({ inbox_match: () => done(payment({ state: 'paid' })) });
    await fireEvent.click(screen.getAllByTestId('inbox-offer')[0] as HTMLElement);
    await type('inbox-sale-number', ' a01-0007 ');
    expect(screen.getAllByTestId('inbox-offer').map((one) => one.getAttribute('aria-checked'))).toEqual(['false', 'false']);
    await fireEvent.keyDown(field('inbox-sale-number'), { key: 'Enter' });
    await vi.waitFor(() => expect(of('inbox_match').map((one) => one.input)).toEqual([{ id: 'a', sale: 'A01-0007' }]));
  });

  it('refused says why, stays open, and reads the list anew', async () => {
    const { of } = await matching({ inbox_match: () => refused('inbox_settled', 'Uang masuk itu sudah diurus.') });
    await fireEvent.click(screen.getAllByTestId('inbox-offer')[0] as HTMLElement);
    const before = of('inbox').length;
    await press('inbox-match-ok');
    await vi.waitFor(() => expect(text('inbox-match-problem')).toBe('Uang masuk itu sudah diurus.'));
    expect(of('inbox').length).toBeGreaterThan(before);
  });

  it('is about the money that it was opened for, whatever comes meanwhile', async () => {
    let items = [item('a')];
    const { till, of } = await matching({ inbox: () => view(items), inbox_match: () => done(payment({ state: 'paid' })) });
    items = [item('b', { amount: 1 })];
    till.hear({ event: 'strip_changed' });
    await vi.waitFor(() => expect(rows()).toEqual(['Rp 1']));
    await fireEvent.click(screen.getAllByTestId('inbox-offer')[0] as HTMLElement);
    await press('inbox-match-ok');
    await vi.waitFor(() => expect(of('inbox_match').map((one) => one.input)).toEqual([{ id: 'a', sale: 'A01-0148' }]));
  });

  it('is not offered without an amount', async () => {
    await open({ inbox: () => view([item('a', { amount: null })]) });
    await vi.waitFor(() => screen.getByTestId('inbox-no-amount'));
    expect(off('inbox-match')).toBe(true);
    expect(off('inbox-dismiss')).toBe(false);
  });
});

describe('dismissing', () => {
  it('takes a reason, and the list is read anew', async () => {
    let items = [item('a'), item('b', { amount: 7_000 })];
    const { of } = await open({
      inbox: () => view(items),
      inbox_dismiss: () => {
        items = [item('b', { amount: 7_000 })];
        return view(items);
      },
    });
    await press('inbox-dismiss');
    expect(off('inbox-dismiss-ok')).toBe(true);
    await press('inbox-reason-1');
    expect(field('inbox-reason').value).toBe('Sudah dikembalikan');
    await type('inbox-reason', ' uang arisan ');
    await press('inbox-dismiss-ok');
    await vi.waitFor(() => expect(rows()).toEqual(['Rp 7.000']));
    expect(screen.queryByTestId('inbox-dismiss-dialog')).toBeNull();
    expect(of('inbox_dismiss').map((one) => one.input)).toEqual([{ id: 'a', reason: 'uang arisan' }]);
  });

  it('given up at the PIN changes nothing', async () => {
    const { till } = await open({ inbox_dismiss: () => refused('pin_required', 'Perlu PIN.') });
    await press('inbox-dismiss');
    await press('inbox-reason-0');
    await press('inbox-dismiss-ok');
    await vi.waitFor(() => expect(till.gate.question).not.toBeNull());
    till.gate.question?.giveUp();
    await vi.waitFor(() => expect(off('inbox-dismiss-ok')).toBe(false));
    expect(rows()).toEqual(['Rp 50.000', 'Rp 7.000']);
  });

  it('a newer list wins over a slow older one', async () => {
    const slow = later<Answer<InboxView>>();
    await open({ inbox: ({ all }) => (all ? slow.promise : view([item('a')])) });
    await press('inbox-all');
    await press('inbox-waiting');
    slow.resolve(view([item('z'), item('y')]));
    await tick();
    await tick();
    expect(rows()).toEqual(['Rp 50.000']);
  });
});
