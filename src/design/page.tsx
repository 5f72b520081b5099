import type { ComponentChildren } from 'preact';
import { still } from './still.ts';

export type Tongue = { readonly tag: string; readonly short: string; readonly long: string; readonly href: string; readonly chosen: boolean };

/** What stands around the content of every page. All texts come from the door. */
export type Frame = {
  /** The value of `lang=`. */
  readonly lang: string;
  readonly brand: string;
  readonly home: string;
  readonly styleHref: string;
  readonly iconHref: string;
  readonly themeColour: { readonly light: string; readonly dark: string };
  readonly skip: string;
  readonly tonguesLabel: string;
  readonly tongues: readonly Tongue[];
  readonly footLabel: string;
  readonly foot: readonly { readonly href: string; readonly label: string; readonly lang?: string }[];
  /** Beside the links, such as the sign-out form. */
  readonly footForm?: ComponentChildren;
  readonly footNote: ComponentChildren;
  /** Under the header, as wide as it: where staff go and who they are. */
  readonly bar?: { readonly label: string; readonly content: ComponentChildren } | undefined;
};

export const BrandMark = () => <span class="mark" aria-hidden="true"><i /><i /><i /><i /></span>;

const lookOf = ({ themeColour, styleHref, iconHref }: Frame) => still('look', [themeColour.light, themeColour.dark, styleHref, iconHref], () => (
  <>
    <meta name="theme-color" content={themeColour.light} media="(prefers-color-scheme: light)" />
    <meta name="theme-color" content={themeColour.dark} media="(prefers-color-scheme: dark)" />
    <meta name="format-detection" content="telephone=no" />
    <meta name="robots" content="noindex" />
    <link rel="stylesheet" href={styleHref} />
    <link rel="icon" type="image/svg+xml" href={iconHref} />
  </>
));
const linksOf = ({ foot }: Frame) => still('foot', foot.flatMap(({ href, label, lang = '' }) => [href, label, lang]), () => <>{foot.map(({ href, label, lang }) => <li key={href}><a href={href} lang={lang}>{label}</a></li>)}</>);

export const Page = ({ frame, title, dense, children }: { readonly frame: Frame; readonly title: string; readonly dense?: boolean; readonly children: ComponentChildren }) => (
  <html lang={frame.lang} class={dense ? 'dense' : undefined}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${title} · ${frame.brand}`}</title>
      {lookOf(frame)}
    </head>
    <body>
      <a class="skip" href="#main">{frame.skip}</a>
      <header class="top">
        <div class="frame">
          <a class="brand" href={frame.home}><BrandMark /><span>{frame.brand}</span></a>
          <nav aria-label={frame.tonguesLabel}>
            <ul class="tongues">
              {frame.tongues.map((tongue) => (
                <li key={tongue.tag} lang={tongue.tag}>
                  {tongue.chosen
                    ? <b aria-current="true"><span aria-hidden="true">{tongue.short}</span><span class="hidden">{tongue.long}</span></b>
                    : <a href={tongue.href} hreflang={tongue.tag}><span aria-hidden="true">{tongue.short}</span><span class="hidden">{tongue.long}</span></a>}
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </header>
      {frame.bar ? <nav class="bar" aria-label={frame.bar.label}><div class="frame">{frame.bar.content}</div></nav> : null}
      <main class="frame" id="main">{children}</main>
      <footer class="foot">
        <div class="frame">
          {frame.foot.length > 0 ? <nav aria-label={frame.footLabel}><ul>{linksOf(frame)}{frame.footForm ? <li>{frame.footForm}</li> : null}</ul></nav> : null}
          {frame.footNote}
        </div>
      </footer>
    </body>
  </html>
);

/** The brand's mark as a picture of its own, for the tab. */
export const brandIcon = (fill: string, ink: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="${fill}"/><g fill="${ink}"><rect x="7" y="18" width="3.2" height="6" rx="1"/><rect x="12" y="15" width="3.2" height="9" rx="1"/><rect x="17" y="11.5" width="3.2" height="12.5" rx="1"/><rect x="22" y="8" width="3.2" height="16" rx="1" opacity=".45"/></g></svg>`;

