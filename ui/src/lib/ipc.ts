/**
 * The whole seam to Rust, and the only file that names Tauri. Every command answers with a value: a broken transport
 * becomes `failed` too, so no screen ever handles a rejected promise.
 */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Answer } from '../generated/Answer';
import type { Commands } from '../generated/commands';
import type { Push } from '../generated/Push';
import type { WordInput } from '../generated/WordInput';
import { m } from '../paraglide/messages.js';
import { waiting } from './waiting.svelte';

export type Name = keyof Commands;
export type Call = <K extends Name>(
  name: K,
  input: Commands[K]['input'],
  word?: WordInput,
) => Promise<Answer<Commands[K]['output']>>;

/** What a refused or failed answer says. */
export type Problem = Exclude<Answer<never>, { kind: 'done' }>;

export const call: Call = async (name, input, word) => {
  const done = waiting.start();
  try {
    return await invoke(name, word === undefined ? { input } : { input, word });
  } catch (error) {
    console.error(name, error);
    return { kind: 'failed', code: 'transport', message: m.transport_failed(), incident: '' };
  } finally {
    done();
  }
};

/** Hears what Rust pushes. Answers the function that stops it. */
export async function onPush(handler: (push: Push) => void): Promise<() => void> {
  try {
    return await listen<Push>('push', (event) => handler(event.payload));
  } catch (error) {
    console.error('push', error);
    return () => {};
  }
}
