/**
 * Where personal data lies, column by column. A column that is not here breaks a test: nothing personal is added unseen.
 * `subject`: by which column a person's rows are found. `fate`: what becomes of a column when the person is erased.
 * `what-goes.ts` makes the erasure of it, from the last table to the first: a table stands after those that its rows name.
 */

export type Category = 'identity' | 'contact' | 'line-identifier' | 'document' | 'communication' | 'credential' | 'region' | 'money';

/**
 * `unreadable`: sealed under the person's own key, and gone with it, in every backup too; the row goes as well.
 * `delete`: the row goes, or is emptied of it where it `stays`. `keep`: stays, and why.
 */
export type Fate = { readonly fate: 'unreadable' | 'delete' } | { readonly fate: 'keep'; readonly because: string };

export type PersonalColumn = { readonly column: string; readonly category: Category } & Fate;
/** `id`: the row is the subscriber. `subject`: a subscriber or a case. `key`: as `subscriber_id`, and goes last of all. */
export type WayToPerson = 'subscriber_id' | 'line_id' | 'cancellation_id' | 'statement_id' | 'person_id' | 'id' | 'subject' | 'key';
export type TableOfData = {
  /** The way to the person: a column of this table, or of the table that one names. `none`: of no subscriber, or gone by itself within days. */
  readonly subject: WayToPerson | 'none';
  /** Rows without that column have one of these. */
  readonly also?: readonly WayToPerson[];
  /** What is kept names this row, so it stays, and what is personal in it is emptied. */
  readonly stays?: true;
  readonly personal: readonly PersonalColumn[];
  /** Says nothing of a person without the rows above. */
  readonly plain: readonly string[];
};

const sealed = (category: Category): PersonalColumn => ({ column: 'sealed', category, fate: 'unreadable' });
const books = 'the books of a business are kept by law; they name lines by an id that leads to nobody once the person’s rows are gone';
const proof = 'proves the cancellation; names nobody once the person’s key and rows are gone';

export const dataMap = {
  subscriber_keys: { subject: 'key', personal: [{ column: 'wrapped', category: 'credential', fate: 'delete' }], plain: ['subscriber_id', 'brand', 'created_at'] },
  subscribers: { subject: 'id', stays: true, personal: [sealed('identity'), { column: 'region', category: 'region', fate: 'delete' }, { column: 'language', category: 'region', fate: 'delete' }], plain: ['id', 'brand', 'created_at', 'erase_after', 'erased_at'] },
  sign_in_names: { subject: 'subscriber_id', personal: [{ column: 'index', category: 'contact', fate: 'delete' }, sealed('contact')], plain: ['brand', 'kind', 'subscriber_id'] },
  passwords: { subject: 'subscriber_id', personal: [{ column: 'hash', category: 'credential', fate: 'delete' }], plain: ['subscriber_id', 'brand', 'set_at'] },
  sessions: { subject: 'subscriber_id', also: ['cancellation_id'], personal: [{ column: 'token_hash', category: 'credential', fate: 'delete' }], plain: ['id', 'brand', 'kind', 'subscriber_id', 'staff_id', 'cancellation_id', 'created_at', 'last_seen_at', 'expires_at', 'proven_at'] },
  known_devices: { subject: 'person_id', personal: [{ column: 'token_hash', category: 'credential', fate: 'delete' }], plain: ['brand', 'person_id', 'used_at'] },
  one_time_codes: { subject: 'subject', personal: [{ column: 'code_hash', category: 'credential', fate: 'delete' }], plain: ['id', 'brand', 'purpose', 'subject', 'created_at', 'expires_at', 'tries', 'used_at'] },
  proofs: { subject: 'cancellation_id', personal: [], plain: ['brand', 'cancellation_id', 'session_id', 'proof', 'proven_at', 'code_id', 'from_session'] },
  security_answers: { subject: 'subscriber_id', personal: [{ column: 'question', category: 'credential', fate: 'delete' }, { column: 'hash', category: 'credential', fate: 'delete' }], plain: ['subscriber_id', 'brand', 'set_at'] },
  confirmations: { subject: 'cancellation_id', personal: [], plain: ['cancellation_id', 'round', 'brand', 'opens_at', 'until', 'confirmed_at'] },
  confirmation_links: { subject: 'cancellation_id', personal: [{ column: 'token_hash', category: 'credential', fate: 'delete' }], plain: ['brand', 'cancellation_id', 'round', 'made_at', 'replaced_at'] },
  signing_links: { subject: 'cancellation_id', personal: [{ column: 'token_hash', category: 'credential', fate: 'delete' }, { column: 'to_masked', category: 'contact', fate: 'delete' }], plain: ['brand', 'cancellation_id', 'call_id', 'channel', 'made_at', 'until', 'replaced_at', 'signed_at'] },
  approvals: { subject: 'none', personal: [], plain: ['cancellation_id', 'version', 'staff_id', 'brand', 'at'] },
  attempts: { subject: 'none', personal: [{ column: 'key', category: 'credential', fate: 'delete' }], plain: ['brand', 'bucket', 'weight', 'counted_at', 'not_before'] },
  staff: { subject: 'none', personal: [sealed('identity'), { column: 'email_index', category: 'contact', fate: 'delete' }, { column: 'hash', category: 'credential', fate: 'delete' }], plain: ['id', 'brand', 'roles', 'created_at'] },
  lines: {
    subject: 'subscriber_id',
    stays: true,
    personal: [sealed('line-identifier'), { column: 'msisdn_index', category: 'line-identifier', fate: 'delete' }, { column: 'iccid_index', category: 'line-identifier', fate: 'delete' }, { column: 'billing_ref', category: 'line-identifier', fate: 'delete' }, { column: 'credit_minor', category: 'money', fate: 'delete' },
      { column: 'payment_ref', category: 'money', fate: 'delete' }, { column: 'monthly_fee_minor', category: 'money', fate: 'delete' }],
    plain: ['id', 'brand', 'subscriber_id', 'kind', 'carrier', 'in_home_register', 'status', 'frozen', 'currency', 'anomaly', 'contacts', 'messages', 'calls', 'data_taken_at', 'period_from', 'period_to', 'assigned_at'],
  },
  line_services: { subject: 'line_id', personal: [{ column: 'service', category: 'line-identifier', fate: 'delete' }], plain: ['line_id', 'brand', 'since', 'ended_at'] },
  payment_methods: { subject: 'subscriber_id', personal: [sealed('money')], plain: ['id', 'brand', 'subscriber_id', 'added_at'] },
  ledger_accounts: { subject: 'none', personal: [], plain: ['brand', 'currency', 'name'] },
  ledger_entries: { subject: 'cancellation_id', personal: [], plain: ['id', 'brand', 'at', 'cause', 'key', 'cancellation_id'] },
  ledger_postings: { subject: 'line_id', personal: [{ column: 'amount_minor', category: 'money', fate: 'keep', because: books }], plain: ['entry_id', 'place', 'brand', 'account', 'currency', 'line_id'] },
  refunds: {
    subject: 'line_id',
    personal: [{ column: 'payment_ref', category: 'money', fate: 'keep', because: books }, { column: 'provider_ref', category: 'money', fate: 'keep', because: books }, { column: 'amount_minor', category: 'money', fate: 'keep', because: books }],
    plain: ['id', 'brand', 'line_id', 'cancellation_id', 'key', 'currency', 'state', 'requested_at', 'changed_at', 'due_at', 'overdue_told_at', 'due_because', 'mends', 'ordered_by', 'told_as', 'elsewhere'],
  },
  bills: { subject: 'line_id', personal: [{ column: 'amount_minor', category: 'money', fate: 'delete' }], plain: ['id', 'brand', 'line_id', 'due_on', 'payment_intended_at', 'paid_at'] },
  devices: { subject: 'line_id', personal: [sealed('line-identifier')], plain: ['id', 'brand', 'line_id', 'bound'] },
  stored_records: { subject: 'line_id', personal: [sealed('communication')], plain: ['id', 'brand', 'line_id', 'kind'] },
  cancellations: {
    subject: 'subscriber_id',
    stays: true,
    personal: [{ column: 'sealed_form', category: 'identity', fate: 'unreadable' }, { column: 'region', category: 'region', fate: 'keep', because: proof }, { column: 'plan', category: 'money', fate: 'keep', because: proof }],
    plain: ['id', 'brand', 'subscriber_id', 'line_id', 'application_number', 'state', 'version', 'pack_version', 'channel', 'reason', 'opened_at', 'received_at', 'due_at', 'due_because',
      'waiting_since', 'asked', 'refused_because', 'ends_on', 'effective_at', 'ended_at', 'fence', 'lease_until', 'workers_lost', 'changed_at'],
  },
  case_messages: {
    subject: 'line_id',
    also: ['cancellation_id'],
    personal: [sealed('communication'), { column: 'handle_mark', category: 'contact', fate: 'delete' }],
    plain: ['id', 'brand', 'cancellation_id', 'line_id', 'author', 'channel', 'network', 'staff_id', 'at'],
  },
  documents: { subject: 'subscriber_id', personal: [sealed('document')], plain: ['id', 'brand', 'subscriber_id', 'cancellation_id', 'message_id', 'purpose', 'content_type', 'bytes', 'stored_at'] },
  step_tries: { subject: 'cancellation_id', personal: [], plain: ['cancellation_id', 'step', 'brand', 'at', 'undo', 'mode', 'intent_key', 'outcome'] },
  resolutions: { subject: 'cancellation_id', personal: [sealed('document')], plain: ['id', 'brand', 'cancellation_id', 'step', 'verdict', 'document_id', 'proposed_by', 'proposed_at', 'decided_by', 'decided_at', 'agreed'] },
  agreement_signatures: { subject: 'cancellation_id', personal: [], plain: ['cancellation_id', 'agreement_id', 'brand', 'document_id', 'language', 'sha256', 'proven_at', 'signed_at'] },
  /** Under a key of its own: who declared it is nobody that is known until it is matched. */
  statements: { subject: 'line_id', also: ['cancellation_id'], personal: [sealed('identity')], plain: ['id', 'brand', 'kind', 'reference', 'law', 'entry', 'language', 'received_at', 'line_id', 'cancellation_id', 'handled_at', 'handled_by', 'belongs_nowhere'] },
  notices: {
    subject: 'subscriber_id',
    also: ['statement_id'],
    personal: [sealed('contact'), { column: 'to_masked', category: 'contact', fate: 'delete' }],
    plain: ['id', 'brand', 'cancellation_id', 'subscriber_id', 'statement_id', 'template', 'channel', 'language', 'state', 'intent_key', 'attempts', 'unsure', 'because', 'provider_id', 'follows', 'created_at', 'expires_at', 'intended_at', 'sent_at', 'delivered_at', 'receivable', 'undelivered'],
  },
  /** That a statement was destroyed: nothing of what was declared. */
  destroyed_statements: { subject: 'none', personal: [], plain: ['id', 'brand', 'kind', 'law', 'received_at', 'destroyed_at', 'because'] },
  support_calls: { subject: 'subscriber_id', personal: [], plain: ['id', 'brand', 'staff_id', 'subscriber_id', 'opened_at', 'code_id', 'proven_at', 'ended_at', 'names_sent_at', 'names_sent_by'] },
  paper_forms: { subject: 'cancellation_id', personal: [], plain: ['code', 'brand', 'cancellation_id', 'made_at'] },
  consequences_read_out: { subject: 'line_id', personal: [], plain: ['call_id', 'line_id', 'consequence', 'brand', 'accepted_at'] },
  delivery_receipts: { subject: 'none', personal: [], plain: ['message_id', 'delivered', 'at'] },
  number_tenures: {
    subject: 'line_id',
    personal: [
      { column: 'number_index', category: 'line-identifier', fate: 'keep', because: 'nobody else may get the number before its day, and who calls it may ask since when it has another holder; the index says nothing without the number' },
      { column: 'number_sealed', category: 'line-identifier', fate: 'keep', because: 'from the disconnect on the number is the operator’s: it rests, is reported to the authority and goes back to the pool; under the operator’s own key for numbers, with no way to the person; kept for as long as the operator has the number' },
    ],
    plain: ['brand', 'turn', 'kind', 'line_id', 'cancellation_id', 'assigned_at', 'disconnected_at', 'numbers_of', 'free_from', 'free_at', 'return_by', 'returned_at', 'recalled_at', 'overdue_told_at', 'previous_turn', 'previous_returned_at'],
  },
  findings: { subject: 'cancellation_id', personal: [{ column: 'owed_minor', category: 'money', fate: 'keep', because: proof }], plain: ['id', 'brand', 'cancellation_id', 'what', 'currency', 'found_at', 'seen_at', 'mends', 'mend_ordered_at', 'mended_at'] },
  data_requests: { subject: 'subscriber_id', personal: [], plain: ['id', 'brand', 'subscriber_id', 'kind', 'asked_at', 'law', 'due_at', 'extended_at', 'extended_because', 'answered_at', 'answered_by', 'told_at'] },
  disconnect_files: { subject: 'none', personal: [], plain: ['register', 'month', 'due_at', 'made_at', 'told_at'] },
  deadline_alarms: { subject: 'none', personal: [], plain: ['brand', 'cancellation_id', 'what', 'due_at', 'told_at'] },
  reconciliations: { subject: 'none', personal: [], plain: ['id', 'brand', 'started_at', 'lease_until', 'ended_at', 'lines', 'unread'] },
  bulk_orders: {
    subject: 'none', personal: [],
    plain: ['id', 'brand', 'channel', 'state', 'form', 'lines', 'parts', 'parts_read', 'counts', 'eligible', 'opened', 'dropped', 'chain', 'uploaded_by', 'uploaded_at', 'checked_at', 'released_by', 'released_at', 'running_since', 'opened_before', 'stopped_by', 'ended_at'],
  },
  /** Of the operator's file, until it is read; under the operator's own key. */
  bulk_parts: { subject: 'none', personal: [{ column: 'file_sealed', category: 'line-identifier', fate: 'delete' }], plain: ['order_id', 'part', 'brand', 'from_line'] },
  bulk_rows: { subject: 'line_id', personal: [], plain: ['order_id', 'line_no', 'brand', 'line_id', 'reason', 'ends_on', 'verdict', 'why', 'detail', 'pack_version', 'cancellation_id'] },
  bulk_paces: { subject: 'none', personal: [], plain: ['brand', 'name', 'next_at'] },
  api_clients: { subject: 'none', personal: [{ column: 'token_hash', category: 'credential', fate: 'keep', because: 'of a program of the operator’s partners, not of a person' }], plain: ['id', 'brand', 'name', 'scopes', 'created_at', 'revoked_at'] },
  set_aside_jobs: { subject: 'none', personal: [], plain: ['id', 'brand', 'queue', 'data', 'tries', 'at', 'ordered_at', 'ordered_by'] },
  repeated_requests: { subject: 'none', personal: [], plain: ['brand', 'client_id', 'key_mark', 'body_mark', 'made', 'status', 'answer_sealed', 'held_until', 'begun_at'] },
  steps: { subject: 'cancellation_id', personal: [], plain: ['reads', 'attested', 'cancellation_id', 'name', 'brand', 'ordinal', 'after', 'phase', 'state', 'attempts', 'intent_key', 'intended_at', 'not_before', 'first_tried_at', 'done_at', 'outcome', 'stuck'] },
  journal: { subject: 'cancellation_id', personal: [], plain: ['cancellation_id', 'entry', 'brand', 'at', 'event', 'actor', 'facts', 'previous', 'hash'] },
  certificates: { subject: 'cancellation_id', personal: [{ column: 'statement', category: 'line-identifier', fate: 'keep', because: 'holds the number masked and a commitment that opens only with the line’s salt' }], plain: ['cancellation_id', 'brand', 'issued_at'] },
  certificate_updates: { subject: 'cancellation_id', personal: [{ column: 'statement', category: 'line-identifier', fate: 'keep', because: 'holds the number masked and a commitment that opens only with the line’s salt' }], plain: ['cancellation_id', 'brand', 'issued_at'] },
  card_reports: { subject: 'line_id', personal: [], plain: ['line_id', 'brand', 'event', 'status', 'at', 'received_at', 'times'] },
  stray_card_reports: { subject: 'none', personal: [], plain: ['day', 'why', 'point', 'times'] },
  schema_migrations: { subject: 'none', personal: [], plain: ['name', 'checksum', 'at'] },
  clock_ahead: { subject: 'none', personal: [], plain: ['one', 'milliseconds'] },
} as const satisfies Record<string, TableOfData>;
