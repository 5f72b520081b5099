/** A certificate's statement as the desk issues it; all of it invented. */
import type { Statement } from '../src/evidence/statements.ts';

export const aStatement = (changes: Partial<Statement> = {}): Statement => ({
  version: 1,
  kind: 'line-cancelled',
  certificateId: '0b9f7a52-6f0e-4c7a-9a39-2f1f6f3f8f11',
  applicationNumber: '7F3K-9Q2M-X',
  issuer: 'plum.example',
  brand: { id: 'plum', name: { 'zh-CN': '紫李卡', 'zh-TW': '紫李卡', en: 'Plum Card' } },
  policyVersion: 'plum@2026-06-01',
  subject: { lineKind: 'data-card', maskedNumber: '+1 202 ••• ••42', commitment: 'ab'.repeat(32) },
  receivedAt: '2026-11-24T06:02:11.480Z',
  cancelledAt: '2026-12-10T02:00:19.207Z',
  steps: [
    { name: 'bar-line', outcome: 'done', at: '2026-12-03T02:00:04.120Z' },
    { name: 'settle-balance', outcome: 'done', at: '2026-12-10T02:00:03.311Z' },
    { name: 'cancel-esim-order', outcome: 'done', at: '2026-12-10T02:00:04.902Z' },
    { name: 'detach-subscriber', outcome: 'done', at: '2026-12-10T02:00:06.018Z' },
    { name: 'remove-subscriber', outcome: 'done', at: '2026-12-10T02:00:09.700Z' },
    { name: 'stop-billing', outcome: 'done', at: '2026-12-10T02:00:12.044Z' },
    { name: 'quarantine-number', outcome: 'done', at: '2026-12-10T02:00:14.650Z' },
    { name: 'confirm-silence', outcome: 'done', at: '2026-12-10T02:00:18.950Z' },
  ],
  esimRemoval: 'order-cancelled',
  numberFreeFrom: '2027-03-10',
  journal: { entries: 21, head: 'cd'.repeat(32) },
  zone: 'Asia/Shanghai',
  issuedAt: '2026-12-10T02:00:19.207Z',
  ...changes,
});
