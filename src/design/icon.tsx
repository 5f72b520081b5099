const paths = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  alert: 'M12 7.5v6M12 17v.01M12 2.8l9.6 17.4H2.4z',
  shield: 'M12 3l7.5 2.8v5.4c0 4.6-3.1 8-7.5 9.8-4.4-1.8-7.5-5.2-7.5-9.8V5.8zM8.8 12l2.3 2.3 4.2-4.4',
  back: 'M14.5 5.5L8 12l6.5 6.5',
  info: 'M12 11v6M12 7.5v.01M3 12a9 9 0 1018 0 9 9 0 10-18 0',
  paper: 'M6 2.8h8.5L19 7.3v13.9H6zM14 3v5h5M9.5 13h6M9.5 17h6',
  save: 'M12 4v11M7 10.5l5 5 5-5M4.5 20h15',
} as const;

export type IconName = keyof typeof paths;

/** Always beside words that say the same: hidden from those who listen. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={paths[name]} /></svg>
);
