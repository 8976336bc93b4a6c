-- Letters, of neither house: each may post by its role, the worker sends. A letter is posted inside the transaction that
-- needs it, so that none leaves for a change that was rolled back. Its parts are cleared when a mail server has taken it.
create schema mail;
grant usage on schema mail to eprod_web, eprod_staff, eprod_worker, eprod_soe;

create table mail.letter (
  id bigint generated always as identity primary key,
  -- Handed in by who posts: the same letter posted twice is one letter, and one message for whoever receives it.
  message_id text not null unique check (message_id ~ '^[^[:space:]<>@]{1,190}@[^[:space:]<>@]{1,190}$'),
  recipient text not null check (recipient ~ '^[^[:space:][:cntrl:]<>()",;:@]{1,64}@[^[:space:][:cntrl:]<>()",;:@]{1,190}$'),
  subject text not null check (subject !~ '[[:cntrl:]]' and length(subject) between 1 and 300),
  text_part text,
  html_part text,
  headers jsonb not null default '{}',
  posted_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'kept', 'failed')),
  done_at timestamptz,
  failure text,                                    -- what the mail server said when it refused for good
  check ((text_part is null) = (html_part is null)),
  check (text_part is not null or state = 'sent')
);
create index letter_done on mail.letter (state, done_at);
alter table mail.letter enable row level security;
alter table mail.letter force row level security;
create policy maintenance on mail.letter to current_user
  using ((select eprod.maintaining())) with check ((select eprod.maintaining()));
create policy worker on mail.letter to eprod_worker using (true) with check (true);
grant select, update, delete on mail.letter to eprod_worker;

-- Posts a letter {to, subject, text, html, messageId, headers} and the job that sends it.
create function mail.post(letter jsonb, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare posted bigint;
begin
  insert into mail.letter (message_id, recipient, subject, text_part, html_part, headers, posted_at)
  values (letter->>'messageId', letter->>'to', letter->>'subject', letter->>'text', letter->>'html',
          coalesce(letter->'headers', '{}'), at)
  on conflict (message_id) do nothing returning id into posted;
  if posted is null then return; end if;
  perform graphile_worker.add_job('mail.send', json_build_object('id', posted), max_attempts => 20);
end $$;

-- What was kept because there is no mail server; the page /dev/mail exists only then, and only in the demonstration.
create function mail.kept_letters() returns table (id bigint, message_id text, recipient text, subject text, text_part text,
                                                   html_part text, posted_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select id, message_id, recipient, subject, text_part, html_part, posted_at from mail.letter
   where state = 'kept' order by id desc limit 100
$$;
revoke execute on all functions in schema mail from public;
grant execute on function mail.post to eprod_web, eprod_staff, eprod_worker, eprod_soe;
grant execute on function mail.kept_letters to eprod_web;
