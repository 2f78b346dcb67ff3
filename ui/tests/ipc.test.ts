import { afterEach, describe, expect, it, vi } from 'vitest';
import { call } from '../src/lib/ipc';
import { waiting } from '../src/lib/waiting.svelte';

const invoke = vi.hoisted(() => vi.fn());
vi.mock('@tauri-apps/api/core', () => ({ invoke }));
vi.mock('@tauri-apps/api/event', () => ({ listen: vi.fn() }));

afterEach(() => vi.useRealTimers());

describe('a call', () => {
  it('carries its input under one name and hands the answer on', async () => {
    invoke.mockResolvedValue({ kind: 'refused', code: 'pin_wrong', message: 'PIN salah.' });
    expect(await call('gateway_check', { name: 'kropay' })).toEqual({
      kind: 'refused',
      code: 'pin_wrong',
      message: 'PIN salah.',
    });
    expect(invoke).toHaveBeenCalledWith('gateway_check', { input: { name: 'kropay' } });
  });

  it('never rejects: a broken transport is a failed answer with a sentence', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    invoke.mockRejectedValue(new Error('ipc is gone'));
    const answer = await call('boot', {});
    expect(answer).toMatchObject({ kind: 'failed', code: 'transport' });
    if (answer.kind === 'failed') expect(answer.message).toContain('Data aman');
  });
});

describe('the wait mark', () => {
  it('appears after 500 ms and goes with the answer', async () => {
    vi.useFakeTimers();
    let answer: (value: unknown) => void = () => {};
    invoke.mockReturnValue(new Promise((settle) => (answer = settle)));
    const asked = call('strip', {});
    vi.advanceTimersByTime(499);
    expect(waiting.shown).toBe(false);
    vi.advanceTimersByTime(1);
    expect(waiting.shown).toBe(true);
    answer({ kind: 'done', value: {} });
    await asked;
    expect(waiting.shown).toBe(false);
  });
});
