import { chromium, type Browser } from 'playwright-core';

/** The system's Chromium, without the calls home that a closed network would refuse one after the other. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 900 };
