import { describe, expect, it } from 'vitest';
import { imageOf, modulesOf, pixelsFor } from '../src/lib/qr';
import { SVG } from './fixtures';

describe('the symbol', () => {
  it('counts its modules from the viewBox, quiet zone included', () => {
    expect(modulesOf(SVG)).toBe(57);
    expect(modulesOf('<svg viewBox="0 0 57 58">')).toBeNull();
    expect(modulesOf('<svg>')).toBeNull();
  });

  it('takes whole pixels for each module, as many as fit', () => {
    expect(pixelsFor(57, 630, 480)).toBe(8);
    expect(pixelsFor(65, 471, 480)).toBe(7);
  });

  it('never goes below six pixels, and never grows without end', () => {
    expect(pixelsFor(73, 300, 300)).toBe(6);
    expect(pixelsFor(57, 0, 0)).toBe(6);
    expect(pixelsFor(33, 4000, 4000)).toBe(14);
  });

  it('is an image, so that nothing in it can act', () => {
    expect(imageOf('<svg onload="x()">#</svg>')).toBe('data:image/svg+xml;utf8,%3Csvg%20onload%3D%22x()%22%3E%23%3C%2Fsvg%3E');
  });
});
