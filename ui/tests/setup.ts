import { cleanup } from '@testing-library/svelte';
import { afterEach, beforeEach } from 'vitest';
import { setLocale } from '../src/paraglide/runtime.js';

beforeEach(() => {
  void setLocale('id', { reload: false });
});
afterEach(() => cleanup());
