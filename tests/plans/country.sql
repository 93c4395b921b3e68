-- A country small enough for a test and shaped like the real one: 8 provinces of 5 regencies of 5 districts of 10 villages.
-- Every table stays below the 30,000 rows that ANALYZE reads, so its statistics, and with them the plans, are always the same.
INSERT INTO regions_region (code, level, kind, name, display_name, local_term, time_zone, parent_id, chain, slug, search_key, sound_key, chain_key)
SELECT code, level, kind, name, name, term, 'Asia/Jakarta', parent, chain, lower(name), lower(replace(name, ' ', '')), 'x', ''
FROM (
  SELECT 'ID' AS code, 'nation' AS level, 'negara' AS kind, 'Indonesia' AS name, 'Negara' AS term, NULL AS parent, '' AS chain
  UNION ALL SELECT (10 + p)::text, 'province', 'provinsi', 'Provinsi ' || p, 'Provinsi', 'ID', '' FROM generate_series(1, 8) p
  UNION ALL SELECT format('%s.%s', 10 + p, lpad(k::text, 2, '0')), 'regency', 'kabupaten', format('Kabupaten %s %s', p, k), 'Kabupaten',
    (10 + p)::text, 'Provinsi ' || p FROM generate_series(1, 8) p, generate_series(1, 5) k
  UNION ALL SELECT format('%s.%s.%s', 10 + p, lpad(k::text, 2, '0'), lpad(d::text, 2, '0')), 'district', 'kecamatan',
    format('Kecamatan %s %s %s', p, k, d), 'Kecamatan', format('%s.%s', 10 + p, lpad(k::text, 2, '0')), 'Kab'
    FROM generate_series(1, 8) p, generate_series(1, 5) k, generate_series(1, 5) d
  UNION ALL SELECT format('%s.%s.%s.%s', 10 + p, lpad(k::text, 2, '0'), lpad(d::text, 2, '0'), 2000 + v), 'village', 'desa',
    format('Desa %s %s %s %s', p, k, d, v), 'Desa', format('%s.%s.%s', 10 + p, lpad(k::text, 2, '0'), lpad(d::text, 2, '0')), 'Kec, Kab'
    FROM generate_series(1, 8) p, generate_series(1, 5) k, generate_series(1, 5) d, generate_series(1, 10) v
) place;

CREATE TEMPORARY TABLE village ON COMMIT DROP AS
SELECT code, row_number() OVER (ORDER BY code) AS n FROM regions_region WHERE level = 'village';

INSERT INTO registry_kim (id, region_id, name, slug, focus, about, secretariat, public_phone, ict_level, accent, reported_members,
  understands_no_budget, decision_rule, quorum, stage, registry_number, registrant_name, registrant_phone, resume_hash, created_at,
  registered_at, last_news_at, published_count, is_demo)
SELECT md5('kim' || n)::uuid, code, 'KIM ' || md5(n::text), 'kim-' || n, 'public', repeat('Kabar desa. ', 30), '', '', 'ict', 'nila', 0, true,
  'head', 3, CASE n % 20 WHEN 0 THEN 'submitted' ELSE 'registered' END, 'KIM-' || n, '', '', '', now(), now() - n * interval '1 hour',
  CASE n % 3 WHEN 0 THEN NULL ELSE now() - n * interval '2 hours' END, 9, false
FROM village;

INSERT INTO registry_decree (id, kim_id, number, about, issued_on, issuer_level, issuer_office, valid_until, stage, proposed_board,
  submitted_at, accepted_at)
SELECT md5(format('decree%s-%s', n, t))::uuid, md5('kim' || n)::uuid, n::text, '', date '2025-01-05', 'village', '',
  date '2025-01-05' + n::int, CASE t WHEN 1 THEN 'accepted' WHEN 2 THEN 'submitted' ELSE 'returned' END, '[]', now() - n * interval '1 minute', now()
FROM village, generate_series(1, 3) t WHERE t <> 2 OR n % 20 = 0;

INSERT INTO registry_member (id, kim_id, name, phone)
SELECT md5(format('member%s-%s', n, m))::uuid, md5('kim' || n)::uuid, 'Anggota ' || m, '' FROM village, generate_series(1, 6) m;

INSERT INTO registry_boardseat (id, kim_id, position, name)
SELECT md5(format('seat%s-%s', n, m))::uuid, md5('kim' || n)::uuid, 'chair', 'Ketua' FROM village, generate_series(1, 3) m;

INSERT INTO publishing_article (id, kim_id, region_id, kind, category, source, source_note, title, slug, short_code, gist, body, place,
  benefit, programme, is_urgent, stage, revision, version, checklist, kim_note, returned_note, author_id, responsible, created_at,
  edited_at, published_at, withdrawn_category, withdrawn_reason, withdrawn_by, withdrawn_code, is_demo)
SELECT md5('article' || a)::uuid, md5('kim' || n)::uuid, code, 'news',
  (ARRAY['kegiatan-desa', 'kesehatan', 'pertanian', 'umkm', 'wisata', 'budaya', 'pendidikan', 'klarifikasi'])[1 + a % 8],
  'kim', '', 'Judul ' || a, 'judul-' || a, 'k' || a, 'Intinya.', repeat('Isi kabar desa. ', 40), '', '', '', a % 500 = 0,
  CASE WHEN a % 50 = 0 THEN 'draft' WHEN a % 97 = 0 THEN 'reviewed' WHEN a % 101 = 0 THEN 'unpublished' ELSE 'published' END,
  1, 1, '{}', '', '', '00000000-0000-0000-0000-000000000001', '', now() - a * interval '17 minutes', now() - a * interval '17 minutes',
  now() - a * interval '17 minutes', '', '', '', '', false
FROM generate_series(1, 20000) a JOIN village ON n = 1 + (a * 7919) % 2000;

INSERT INTO publishing_revision (id, article_id, number, title, gist, body, details, author_id, note, is_settled, at)
SELECT md5('revision' || a)::uuid, md5('article' || a)::uuid, 1, 'Judul', '', '', '{}', '00000000-0000-0000-0000-000000000001', '', true, now()
FROM generate_series(1, 12000) a;

INSERT INTO search_document (key, kind, region_id, title, name_key, body, summary, source, place, url, at)
SELECT 'article:' || md5('article' || a)::uuid, 'article', code, 'Judul ' || md5((a % 700)::text), 'judul' || md5((a % 700)::text),
  (SELECT string_agg(md5((a * w % 4000)::text), ' ') || ' desa' FROM generate_series(1, 20) w), '', 'KIM', 'Desa', '/x/', now() - a * interval '17 minutes'
FROM generate_series(1, 8000) a JOIN village ON n = 1 + (a * 7919) % 2000;

ALTER TABLE ledger_entry DISABLE TRIGGER USER;
INSERT INTO ledger_entry (id, verb, key, person_name, hat, region_code, kim_id, data, at)
SELECT md5('entry' || a)::uuid, CASE a % 4 WHEN 0 THEN 'article.published' ELSE 'article.saved' END, 'article:' || md5('article' || a)::uuid, '',
  '', code, md5('kim' || n)::uuid, '{}', now() - a * interval '17 minutes'
FROM generate_series(1, 15000) a JOIN village ON n = 1 + (a * 7919) % 2000;
ALTER TABLE ledger_entry ENABLE TRIGGER USER;
INSERT INTO ledger_dispatch (entry_id, tries, next_at, error)
SELECT md5('entry' || a)::uuid, 0, now() - a * interval '1 second', '' FROM generate_series(1, 5000) a;

INSERT INTO evaluation_figure (region_id, kims, active_kims, members, articles, villages, districts, regencies, provinces, all_villages, as_of)
SELECT code, 1, 1, 12, 14, 1, 0, 0, 0, 1, now() FROM regions_region;

INSERT INTO dissemination_bulletin (id, region_id, agency, urgency, info_class, programme, focus, title, version, stage, created_by_id,
  created_at, edited_at, issued_at, withdrawn_reason, is_programme_only, village_kinds)
SELECT md5('packet' || b)::uuid, CASE WHEN b > 4 THEN '14' ELSE 'ID' END, 'Kementerian', 'usual', 'anytime', '', '[]', 'Info ' || b, 1, 'issued',
  '00000000-0000-0000-0000-000000000001', now(), now() - b * interval '1 day', now() - b * interval '1 day', '', false, '[]'
FROM generate_series(1, 12) b;

INSERT INTO dissemination_assignment (id, bulletin_id, kim_id, region_id, step, version_seen, arrived_at, opened_at, decided_at, spread_at)
SELECT md5(format('copy%s-%s', b, n))::uuid, md5('packet' || b)::uuid, md5('kim' || n)::uuid, code,
  (ARRAY['arrived', 'opened', 'accepted', 'spread'])[1 + n % 4], 1, now() - b * interval '1 day',
  CASE WHEN n % 4 > 0 THEN now() END, CASE WHEN n % 4 > 1 THEN now() END, CASE WHEN n % 4 > 2 THEN now() END
FROM village, generate_series(1, 12) b WHERE b <= 4 OR code LIKE '14.%' ORDER BY n;

INSERT INTO dissemination_coverage (id, assignment_id, bulletin_id, channel, held_on, place, is_counted, heard_low, heard_high, questions,
  at, call_back, call_note)
SELECT md5('report' || id)::uuid, id, bulletin_id, 'board', current_date, '', false, 10, 50,
  CASE WHEN right(id::text, 1) < '4' THEN 'Kapan?' ELSE '' END, now(), '', ''
FROM dissemination_assignment WHERE step = 'spread';

INSERT INTO dissemination_tally (bulletin_id, region_id, sent, opened, decided, declined, spread, villages, villages_sent, villages_all,
  heard_low, heard_high, channels, reasons, checks, days, readers, readers_sketch, as_of)
SELECT md5('packet' || b)::uuid, code, 9, 7, 5, 1, 3, 3, 9, 9, 10, 50, '{}', '{}', '{}', '{}', 0, '', now()
FROM regions_region, generate_series(1, 12) b WHERE level IN ('nation', 'province', 'regency');
