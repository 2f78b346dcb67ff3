/** Both languages say everything, with the same values in it. */
import { describe, expect, it } from 'vitest';
import en from '../messages/en.json';
import id from '../messages/id.json';
import { m } from '../src/paraglide/messages.js';
import { setLocale } from '../src/paraglide/runtime.js';

const words = (file: object): Record<string, string> => {
  const { $schema: _, ...rest } = file as Record<string, string>;
  return rest;
};
const indonesian = words(id);
const english = words(en);
const values = (text: string | undefined): string[] => (text?.match(/\{\w+\}/g) ?? []).sort();

describe('messages', () => {
  it('have the same keys', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(indonesian).sort());
  });

  it('say something in both, with the same values in it', () => {
    const wrong = Object.keys(indonesian).filter((key) => {
      const [here, there] = [indonesian[key] ?? '', english[key] ?? ''];
      return here.trim() === '' || there.trim() === '' || values(here).join() !== values(there).join();
    });
    expect(wrong).toEqual([]);
  });

  it('are really compiled, and switch without a reload', async () => {
    expect(m.pill_unpaid()).toBe('BELUM LUNAS');
    await setLocale('en', { reload: false });
    expect(m.pill_unpaid()).toBe('NOT PAID');
  });

  it('keep words of the trade out of the cashier’s sight', () => {
    const banned = /\b(webhook|settlement|pending)\b/i;
    expect(Object.values(indonesian).filter((text) => banned.test(text))).toEqual([]);
  });
});
