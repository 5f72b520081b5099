/** UP13 UU12 ST5 EC13 Support is one click away from every page there is, under every policy, in every language: more pages than any one story walks through. */
import { parse } from 'node-html-parser';
import { expect, test } from 'vitest';
import { allPacks } from '../../policies/index.ts';
import { languages, packName } from '../../src/policy/pack.ts';
import { galleryPages } from '../browser/gallery/pages.tsx';

test.each(allPacks.map((pack) => [packName(pack), pack] as const))('UP13 UU12 ST5 EC13 EC3 under %s: a link to it, a number to call, and no address that is not the brand’s own', (_, pack) => {
  for (const language of languages) {
    const pages = galleryPages(pack, language);
    expect(pages.size).toBeGreaterThan(40);
    for (const [name, html] of pages) {
      const root = parse(html);
      const links = root.querySelectorAll('a').map((link) => link.getAttribute('href') ?? '');
      expect(links.some((href) => href.endsWith('/help')), `${name} ${language}`).toBe(true);
      expect(links, `${name} ${language}`).toContain(`tel:${pack.addresses.phone.replaceAll(' ', '')}`);
      const away = links.filter((href) => /^(https?:)?\/\//.test(href) && new URL(href, 'https://x.invalid').hostname !== pack.addresses.site);
      expect(away, `${name} ${language}`).toEqual([]);
    }
  }
});
