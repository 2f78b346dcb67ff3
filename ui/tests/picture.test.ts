/** The ways of a sticker into the till: file, clipboard, drop, camera; and what each says when it does not work. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import QrisReader from '../src/components/QrisReader.svelte';
import { done, engine, qris, refused } from './fixtures';

const text = (testid: string): string => screen.getByTestId(testid).textContent?.replace(/\s+/g, ' ').trim() ?? '';
const photo = (bytes = 9): File => new File([new Uint8Array(bytes)], 'foto.jpg', { type: 'image/jpeg' });

function open(outputs: Parameters<typeof engine>[0]) {
  const { call, asked } = engine(outputs);
  const onread = vi.fn();
  render(QrisReader, { call, text: '', qris: null, onread });
  return { asked, onread, names: () => asked.map((one) => one.name) };
}

afterEach(() => vi.unstubAllGlobals());

describe('a picture of the sticker', () => {
  it('is read from a file, and the same file may be tried again', async () => {
    const { asked, onread } = open({ qris_read: () => done(qris) });
    const input = screen.getByTestId('qris-file') as HTMLInputElement;
    await fireEvent.change(input, { target: { files: [photo()] } });
    await vi.waitFor(() => expect(onread).toHaveBeenCalledWith(qris));
    expect(asked).toEqual([{ name: 'qris_read', input: { text: null, image_base64: btoa('\0'.repeat(9)) } }]);
    expect(input.value).toBe('');
  });

  it('that is too large is never sent', async () => {
    const { onread, names } = open({ qris_read: () => done(qris) });
    const large = photo();
    Object.defineProperty(large, 'size', { value: 20 * 1024 * 1024 + 1 });
    await fireEvent.change(screen.getByTestId('qris-file'), { target: { files: [large] } });
    await vi.waitFor(() => expect(text('notice')).toContain('lebih dari 20 MB'));
    expect(names()).toEqual([]);
    expect(onread).toHaveBeenCalledWith(null);
  });

  it('is dropped on the window', async () => {
    const { onread } = open({ qris_read: () => done(qris) });
    const dataTransfer = { types: ['Files'], files: [photo()] };
    await fireEvent.dragOver(window, { dataTransfer });
    expect(screen.queryByText('Lepas foto di sini')).not.toBeNull();
    await fireEvent.drop(window, { dataTransfer });
    await vi.waitFor(() => expect(onread).toHaveBeenCalledWith(qris));
    expect(screen.queryByText('Lepas foto di sini')).toBeNull();
  });

  it('is taken from the clipboard by Rust, unless text is pasted where one types', async () => {
    const { onread, names } = open({ qris_paste: () => done(qris) });
    const data = (pasted: string) => ({ clipboardData: { getData: () => pasted } });
    await fireEvent.paste(screen.getByTestId('qris-text'), data('000201'));
    expect(names()).toEqual([]);
    await fireEvent.paste(screen.getByTestId('qris-text'), data(''));
    await fireEvent.paste(document.body, data('000201'));
    await fireEvent.click(screen.getByTestId('qris-paste'));
    await vi.waitFor(() => expect(onread).toHaveBeenCalledWith(qris));
    expect(names()).toEqual(['qris_paste', 'qris_paste', 'qris_paste']);
  });

  it('that is none gets a sentence', async () => {
    const { onread } = open({ qris_paste: () => refused('clipboard_empty', 'Tidak ada gambar.') });
    await fireEvent.click(screen.getByTestId('qris-paste'));
    await vi.waitFor(() => expect(text('notice')).toBe('Tidak ada gambar.'));
    expect(onread).toHaveBeenCalledWith(null);
  });
});

describe('the camera', () => {
  function plugged(getUserMedia: () => Promise<unknown>): void {
    const mediaDevices = {
      enumerateDevices: async () => [{ kind: 'audioinput' }, { kind: 'videoinput' }],
      getUserMedia,
      addEventListener: () => {},
      removeEventListener: () => {},
    };
    vi.stubGlobal('navigator', { ...navigator, mediaDevices });
  }

  it('is offered only where there is one', async () => {
    open({});
    await new Promise((on) => setTimeout(on, 10));
    expect(screen.queryByTestId('qris-camera')).toBeNull();
  });

  it.each([
    ['NotAllowedError', 'tidak diizinkan'],
    ['NotFoundError', 'Tidak ada kamera'],
    ['NotReadableError', 'program lain'],
  ])('that fails with %s says what to do', async (name, part) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    plugged(() => Promise.reject(new DOMException('no', name)));
    open({});
    await vi.waitFor(() => expect(screen.queryByTestId('qris-camera')).not.toBeNull());
    await fireEvent.click(screen.getByTestId('qris-camera'));
    await vi.waitFor(() => expect(text('camera-problem')).toContain(part));
  });
});
