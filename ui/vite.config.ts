/// <reference types="vitest/config" />
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The window's policy allows scripts from the bundle only: no inline script (so no module preload polyfill), and paths
// relative to index.html because Tauri serves the bundle from its own scheme.
export default defineConfig(({ mode }) => ({
  base: './',
  clearScreen: false,
  server: { host: 'localhost', port: 5173, strictPort: true },
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/paraglide',
      strategy: ['globalVariable', 'baseLocale'],
      outputStructure: 'locale-modules',
    }),
    svelte(),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['es2022', 'safari15', 'chrome97'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  // Without the browser condition the tests would get Svelte's server build.
  ...(mode === 'test' ? { resolve: { conditions: ['browser'] } } : {}),
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
  },
}));
