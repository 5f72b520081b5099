/** As much of node-smpp 0.5.1, which has no types, as stands in smpp-server.test.ts. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server } from 'node:net';

  export type Pdu = {
    readonly command: string; readonly command_status: number; readonly password: string;
    readonly source_addr: string; readonly source_addr_ton: number; readonly destination_addr: string; readonly dest_addr_ton: number;
    readonly data_coding: number; readonly registered_delivery: number;
    readonly short_message: { readonly message: string | Buffer }; readonly message_payload?: { readonly message: string | Buffer };
    response(fields?: Readonly<Record<string, unknown>>): Pdu;
  };
  export type Session = EventEmitter & {
    send(pdu: Pdu): boolean;
    deliver_sm(fields: Readonly<Record<string, unknown>>): boolean;
    enquire_link(fields: Readonly<Record<string, unknown>>): boolean;
    unbind(): boolean;
    close(): void;
  };
  const smpp: {
    createServer(options: object, listener: (session: Session) => void): Server;
    readonly ESME_ROK: number; readonly ESME_RTHROTTLED: number; readonly ESME_RMSGQFUL: number; readonly ESME_RINVDSTADR: number; readonly ESME_RINVPASWD: number;
  };
  export default smpp;
}
