/** CAMARA Number Recycling: has a phone number changed hands since a day? (camaraproject/NumberRecycling, vwip) */
import { z } from 'zod';
import { no, ok, unreachable } from '../cancellation/result.ts';
import { numberChanged } from '../desk/numbers.ts';
import { apiRoute } from './frame.ts';

export const numberRecycling = apiRoute({
  method: 'POST',
  url: '/number-recycling/vwip/check',
  scope: 'number-recycling:check',
  form: 'camara',
  body: z.object({ phoneNumber: z.string().regex(/^\+[1-9][0-9]{4,14}$/).optional(), specifiedDate: z.iso.date() }),
  answer: async ({ desk, client, body: { phoneNumber, specifiedDate } }) => {
    // A client's token names no number, so the request has to.
    if (phoneNumber === undefined) return no({ status: 422, code: 'MISSING_IDENTIFIER', message: 'The phone number cannot be identified.' });
    const changed = await numberChanged(desk, client.brand, phoneNumber, specifiedDate);
    if (changed.ok) return ok({ phoneNumberRecycled: changed.value });
    switch (changed.why.kind) {
      case 'never-ours': return no({ status: 404, code: 'IDENTIFIER_NOT_FOUND', message: 'Phone number not found.' });
      case 'before-our-records': return no({ status: 400, code: 'OUT_OF_RANGE', message: 'specifiedDate lies before what is on record for this number.' });
      case 'in-the-future': return no({ status: 400, code: 'OUT_OF_RANGE', message: 'specifiedDate lies in the future.' });
      default: return unreachable(changed.why.kind);
    }
  },
});
