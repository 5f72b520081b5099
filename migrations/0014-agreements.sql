-- Agreements that are signed before an application is sent.

-- Which agreement is signed by which paper. The paper itself lies sealed among the documents.
create table agreement_signatures (
  cancellation_id uuid not null references cancellations on delete cascade, -- of a draft that is thrown away nothing stays
  agreement_id text not null,                                               -- of the policy that the draft was opened under
  brand text not null,
  document_id uuid not null unique references documents on delete cascade,
  language text not null,                                                   -- in which it was read and signed
  sha256 bytea not null,                                                    -- of the signed PDF, as the journal says it
  proven_at timestamptz not null,                                           -- of the one-time code
  signed_at timestamptz not null,
  primary key (cancellation_id, agreement_id)
);
