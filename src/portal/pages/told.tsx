import { Notice } from '../../design/index.ts';

/** What the page before wanted said. */
export type Told = { readonly says: string; readonly good: boolean };

export const ToldNotice = ({ told }: { readonly told: Told | undefined }) =>
  told ? <Notice tone={told.good ? 'done' : 'todo'}><p>{told.says}</p></Notice> : null;
