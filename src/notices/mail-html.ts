/** The HTML of a mail: one column, no picture, no script, nothing that is loaded from anywhere. */
import { tagOf } from '../language/index.ts';
import type { Language } from '../policy/pack.ts';

export type MailParts = {
  readonly language: Language;
  readonly brand: string;
  /** `#rrggbb`, dark enough for white on it. */
  readonly colour: string;
  /** The one big sentence. */
  readonly headline: string;
  readonly paragraphs: readonly string[];
  readonly action?: { readonly label: string; readonly url: string };
  /** Set large, to be read off. */
  readonly code?: string;
  readonly foot: readonly string[];
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** In Chinese the quotation marks stay as they are; these five are what HTML reads. */
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const fonts: Readonly<Record<Language, string>> = {
  'zh-CN': "'PingFang SC','HarmonyOS Sans SC','Microsoft YaHei','Noto Sans SC',sans-serif",
  'zh-TW': "'PingFang TC','Microsoft JhengHei','Noto Sans TC',sans-serif",
  en: "system-ui,-apple-system,'Segoe UI',Roboto,sans-serif",
};

export const mailHtml = ({ language, brand, colour, headline, paragraphs, action, code, foot }: MailParts): string => {
  const ink = '#1d1b19';
  const quiet = '#5e5a54';
  const paragraph = (text: string): string => {
    const inside = escape(text).replaceAll('\n', '<br>');
    return text === code
      ? `<p style="margin:0 0 18px;font-size:32px;font-weight:700;font-variant-numeric:tabular-nums">${inside}</p>`
      : `<p style="margin:0 0 16px">${inside}</p>`;
  };
  return `<!doctype html>
<html lang="${tagOf[language]}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><title>${escape(headline)}</title></head>
<body style="margin:0;background:#faf8f4;color:${ink};font:16px/1.7 ${fonts[language]}">
<div style="max-width:34em;margin:0 auto;padding:28px 20px 40px">
<div style="border-top:6px solid ${colour};background:#ffffff;border-radius:0 0 14px 14px;padding:26px 26px 18px">
<p style="margin:0 0 18px;color:${colour};font-weight:700">${escape(brand)}</p>
<h1 style="margin:0 0 18px;font-size:23px;line-height:1.4;font-weight:700">${escape(headline)}</h1>
${paragraphs.map(paragraph).join('\n')}
${action ? `<p style="margin:24px 0 18px"><a href="${escape(action.url)}" style="display:inline-block;background:${colour};color:#ffffff;text-decoration:none;font-weight:600;padding:12px 22px;border-radius:12px">${escape(action.label)}</a></p>\n<p style="margin:0 0 12px;color:${quiet};font-size:13px;word-break:break-all">${escape(action.url)}</p>` : ''}
</div>
${foot.map((text) => `<p style="margin:16px 6px 0;color:${quiet};font-size:13px">${escape(text)}</p>`).join('\n')}
</div>
</body>
</html>
`;
};
