/** The rules of the house that a compiler does not hold. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../src');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/src\/(paraglide|generated)\//.test(path));
}

const sources = files(root).map((path) => ({ name: relative(root, path), path, text: readFileSync(path, 'utf8') }));
const words = new Set(Object.keys(JSON.parse(readFileSync(resolve(root, '../messages/id.json'), 'utf8'))));

describe('sources', () => {
  it('are found at all', () => {
    expect(sources.length).toBeGreaterThan(60);
  });

  it('name Tauri in one file only', () => {
    const naming = sources.filter((source) => source.text.includes('@tauri-apps')).map((source) => source.name);
    expect(naming).toEqual(['lib/ipc.ts']);
  });

  it('hold raw colours in tokens.css only', () => {
    const colour = /#[0-9a-f]{3,8}\b|\b(rgb|rgba|hsl|hsla|oklch|color-mix)\(/i;
    const offenders = sources.filter((source) => source.name !== 'styles/tokens.css').flatMap((source) =>
      source.text
        .split('\n')
        .map((line, at) => ({ line: line.replace(/\{#\w+/g, ''), at: at + 1 }))
        .filter(({ line }) => colour.test(line))
        .map(({ line, at }) => `${source.name}:${at} ${line.trim()}`),
    );
    expect(offenders).toEqual([]);
  });

  it('stay under 400 lines', () => {
    const long = sources.filter((source) => source.text.split('\n').length > 400).map((source) => source.name);
    expect(long).toEqual([]);
  });

  it('use every message that is written', () => {
    const all = sources.map((source) => source.text).join('\n');
    const unused = [...words].filter((key) => key !== '$schema' && !new RegExp(`\\bm\\.${key}\\(`).test(all));
    expect(unused).toEqual([]);
  });
});

describe('imports', () => {
  const byPath = new Map(sources.map((source) => [source.path, source]));

  function target(from: string, wanted: string): string | null {
    const base = resolve(dirname(from), wanted);
    const tries = [base, `${base}.ts`, join(base, 'index.ts')];
    return tries.find((path) => byPath.has(path)) ?? null;
  }

  const edges = new Map(
    sources.map((source) => {
      const wanted = [...source.text.matchAll(/^\s*(?:import|export)\s(?!type\s)(?:[^;']*?from )?'(\.[^']+)'/gm)];
      const paths = wanted.map((match) => target(source.path, match[1] ?? '')).filter((path) => path !== null);
      return [source.path, paths] as const;
    }),
  );

  it('never run in a circle', () => {
    const finished = new Set<string>();
    const circles: string[] = [];
    const walk = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) {
        circles.push([...trail.slice(trail.indexOf(path)), path].map((one) => relative(root, one)).join(' -> '));
        return;
      }
      if (finished.has(path)) return;
      for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
      finished.add(path);
    };
    for (const source of sources) walk(source.path, []);
    expect(circles).toEqual([]);
  });

  it('point one way: lib knows no component, components know no screen', () => {
    const wrong = [...edges].flatMap(([from, to]) =>
      to.filter((path) => {
        const [here, there] = [relative(root, from), relative(root, path)];
        if (here.startsWith('lib/')) return !there.startsWith('lib/');
        return here.startsWith('components/') && there.startsWith('screens/');
      }),
    );
    expect(wrong.map((path) => relative(root, path))).toEqual([]);
  });
});
