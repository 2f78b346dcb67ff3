/** What can lie over the shift's screen. */
export type Over = 'more' | 'in' | 'out' | 'setor' | 'drawer' | 'x' | 'z' | 'hand';
