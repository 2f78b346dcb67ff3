/** An age in words: `3 dtk`, `12 mnt`. */
import { age } from '../lib/time';
import { m } from '../paraglide/messages.js';

export function ageWord(ms: number): string {
  const { count, unit } = age(ms);
  switch (unit) {
    case 'seconds':
      return m.age_seconds({ count });
    case 'minutes':
      return m.age_minutes({ count });
    case 'hours':
      return m.age_hours({ count });
    case 'days':
      return m.age_days({ count });
  }
}
