/** Invented subscribers under each policy, by its name: data, which a brand brings along with its policy. */
import type { DemoSubscriber } from '../../src/demo/data.ts';

/** What this lot shares; invented, and printed by `npm start`, so one is as good as seven. */
const password = 'paper-lantern-river-77';
const calls = [{ with: '+12025550121', at: '2026-11-03T09:30:00Z', seconds: 184 }];
const contacts = [{ name: '陈安宁', number: '+12025550121' }, { name: 'Mia Calder', number: '+12025550124' }];
const month = (feeMinor: number) => ({ feeMinor, from: '2026-11-16', to: '2026-12-15' });

export const subscribers: Readonly<Record<string, (site: string) => readonly DemoSubscriber[]>> = {
  'ultra-us': () => [{
    phone: '+12125550142', password, region: 'US', language: 'en',
    names: [{ kind: 'user-name', name: 'harper.vale' }], question: { question: 'first-pet', answer: 'Biscuit' },
    person: { name: 'Harper Vale', email: 'harper.vale@mail.example', contactPhone: '+12125550110' },
    paysWith: [{ label: 'Visa', last4: '4242' }],
    lines: [{
      kind: 'virtual-number', billingRef: 'U-200142', creditMinor: 320, identifiers: { msisdn: '+12125550142', imsi: '001010000212142' },
      bills: [{ amountMinor: 300, dueOn: '2026-11-28' }], devices: [], contacts, calls,
      messages: [
        { from: 'Juniper Bank', at: '2026-11-05T14:20:00Z', text: 'Your code is 481 209. Never share it.' },
        { from: 'Lumen Mail', at: '2026-11-19T09:02:00Z', text: '700318 is your sign-in code.' },
      ],
    }],
  }],
  'ur-4g': () => [{
    phone: '+13035550142', password, region: 'CN', language: 'zh-CN',
    names: [{ kind: 'phone', name: '+13035550142' }, { kind: 'e-mail', name: 'shen.yuhe@mail.example' }],
    person: { name: '沈予禾', email: 'shen.yuhe@mail.example', contactPhone: '+13035550110' },
    lines: [{
      kind: 'virtual-number', billingRef: 'R-300142', creditMinor: 1800, identifiers: { msisdn: '+13035550142', imsi: '001010000303142' },
      bills: [{ amountMinor: 2900, dueOn: '2026-11-20' }], devices: [], contacts, calls,
      messages: [{ from: 'UR-4G', at: '2026-11-15T01:00:00Z', text: '您的11月账单已出。' }],
    }],
  }],
  station: () => [{
    phone: '+14045550142', password, region: 'HK', language: 'zh-TW', reason: 'device-lost',
    names: [{ kind: 'phone', name: '+14045550142' }, { kind: 'e-mail', name: 'ho.chingyee@mail.example' }],
    question: { question: 'first-journey', answer: '花蓮' },
    person: { name: '何靜儀', email: 'ho.chingyee@mail.example', contactPhone: '+14045550110' },
    paysWith: [{ label: 'Mastercard', last4: '0077' }],
    lines: [{
      kind: 'virtual-number', billingRef: 'S-400142', creditMinor: 2500, identifiers: { msisdn: '+14045550142', imsi: '001010000404142' }, month: month(6800),
      bills: [], devices: [{ name: 'Galaxy S24', model: 'Samsung Galaxy S24', imei: '357613005004048' }], contacts, calls,
      messages: [{ from: 'station', at: '2026-11-10T03:00:00Z', text: '雲端儲存空間已使用 42%。' }],
      services: [{ id: 'cloud-storage', provider: 'station-cloud' }, { id: 'music', provider: 'station-music' }],
    }],
  }],
  esim: () => [{
    phone: '+15055550142', password, region: 'TW', language: 'zh-TW',
    person: { name: '葉知微', email: 'yeh.chihwei@mail.example', contactPhone: '+15055550110' },
    lines: [{
      kind: 'esim', billingRef: 'E-500142', creditMinor: 15000, profile: 'installed',
      identifiers: { msisdn: '+15055550142', imsi: '001010000505142', iccid: '8900199990000005054', eid: '89049032999900000000000000050504', matchingId: 'M5054-RT6B-28QK' },
      bills: [{ amountMinor: 29900, dueOn: '2026-11-18' }], devices: [{ name: 'iPhone 16', model: 'Apple iPhone 16', imei: '357613005005052' }], contacts, calls,
      messages: [{ from: 'eSIM-Card', at: '2026-11-12T02:00:00Z', text: '您的11月帳單已寄出。' }],
    }],
  }],
  'us-e-card-t-mobile': () => [{
    phone: '+12065550142', password, region: 'CN', language: 'zh-CN',
    names: [{ kind: 'e-mail', name: 'gu.mingche@mail.example' }, { kind: 'phone', name: '+12065550142' }],
    person: { name: '顾明澈', email: 'gu.mingche@mail.example', contactPhone: '+12065550110' },
    lines: [
      {
        kind: 'data-card', carrier: 't-mobile', billingRef: 'T-600142', creditMinor: 4000, month: month(2500),
        identifiers: { msisdn: '+12065550142', imsi: '001010000206142', iccid: '8900199990000002069' },
        bills: [{ amountMinor: 1500, dueOn: '2026-11-22' }], devices: [{ name: 'MiFi 8' }], contacts, calls, messages: [],
        services: [{ id: 'roaming-ca-mx', provider: 'e-card-roaming' }],
      },
      // Where what is left of the first can go.
      {
        kind: 'data-card', carrier: 't-mobile', billingRef: 'T-600178', creditMinor: 0,
        identifiers: { msisdn: '+12065550178', imsi: '001010000206178', iccid: '8900199990000002077' },
        bills: [], devices: [{ name: 'Tab 9' }], contacts: [], calls: [], messages: [],
      },
    ],
  }],
  'us-e-card-verizon': () => [{
    phone: '+19085550142', password, region: 'US', language: 'en', credit: 'transfer',
    names: [{ kind: 'e-mail', name: 'rowan.ames@mail.example' }, { kind: 'phone', name: '+19085550142' }],
    question: { question: 'first-job', answer: 'Harbour Books' },
    person: { name: 'Rowan Ames', email: 'rowan.ames@mail.example', contactPhone: '+19085550110' },
    lines: [
      {
        kind: 'data-card', carrier: 'verizon', billingRef: 'V-700142', creditMinor: 5000, month: month(3000), profile: 'released',
        identifiers: { msisdn: '+19085550142', imsi: '001010000908142', iccid: '8900199990000009080', eid: '89049032999900000000000000090856', matchingId: 'M9085-LW3N-60VC' },
        bills: [], devices: [{ name: 'Jetpack' }], contacts, calls, messages: [],
      },
      {
        kind: 'data-card', carrier: 'verizon', billingRef: 'V-700178', creditMinor: 100,
        identifiers: { msisdn: '+19085550178', imsi: '001010000908178', iccid: '8900199990000009098' },
        bills: [], devices: [], contacts: [], calls: [], messages: [],
      },
    ],
  }],
  'us-e-card-att': () => [{
    phone: '+12145550142', password, region: 'US', language: 'en',
    names: [{ kind: 'e-mail', name: 'quinn.marsh@mail.example' }, { kind: 'phone', name: '+12145550142' }],
    person: { name: 'Quinn Marsh', email: 'quinn.marsh@mail.example', contactPhone: '+12145550110' },
    lines: [{
      kind: 'data-card', carrier: 'att', billingRef: 'A-800142', creditMinor: 700,
      identifiers: { msisdn: '+12145550142', imsi: '001010000214142', iccid: '8900199990000002143' },
      bills: [{ amountMinor: 1200, dueOn: '2026-11-22' }], devices: [{ name: 'Nighthawk' }], contacts, calls, messages: [],
    }],
  }],
};
