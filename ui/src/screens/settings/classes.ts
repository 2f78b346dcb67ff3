/** The merchant classes of QRIS, as a contract names them. */
import { m } from '../../paraglide/messages.js';

/** A class that this window does not know yet is shown as Rust writes it. */
export function classWord(name: string): string {
  switch (name) {
    case 'umi':
      return m.class_umi();
    case 'uke':
      return m.class_uke();
    case 'ume':
      return m.class_ume();
    case 'ube':
      return m.class_ube();
    case 'education':
      return m.class_education();
    case 'fuel':
      return m.class_fuel();
    case 'blu_pso':
      return m.class_blu_pso();
    case 'social':
      return m.class_social();
    default:
      return name;
  }
}
