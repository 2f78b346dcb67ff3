/** The merchant criteria of a QRIS in words (Bank Indonesia's classes). */
import { m } from '../paraglide/messages.js';

export function criteriaWord(criteria: string | null): string | null {
  switch (criteria) {
    case null:
      return null;
    case 'UMI':
      return m.criteria_umi();
    case 'UKE':
      return m.criteria_uke();
    case 'UME':
      return m.criteria_ume();
    case 'UBE':
      return m.criteria_ube();
    case 'URE':
      return m.criteria_ure();
    default:
      return criteria;
  }
}
