import { sql } from 'kysely'
import type { Migration } from './migration.ts'

const kinds = [
  // `~` sorts after every date and stands for none: a list goes on from a key, and null is none.
  [
    'quests',
    `status text not null,
    done boolean not null,
    blocked boolean not null,
    priority_order smallint not null,
    project_id text collate "C",
    section_id text collate "C",
    parent_id text collate "C",
    category_id text collate "C",
    template_id text collate "C",
    due_at text collate "C" not null,
    scheduled_at text collate "C" not null,
    created_at timestamptz not null,
    completed_at timestamptz,
    deleted_at timestamptz,
    rank text collate "C" not null,
    title text collate "C" not null,
    tags text[] not null,
    assignees text[] not null,
    search tsvector not null`,
  ],
  ['projects', 'rank text collate "C" not null, deleted_at timestamptz'],
  ['sections', 'project_id text collate "C" not null, rank text collate "C" not null'],
  ['tags', 'name text collate "C" not null'],
  ['categories', 'rank text collate "C" not null'],
  ['templates', 'name text collate "C" not null'],
  ['relations', 'kind text not null, from_id text collate "C" not null, to_id text collate "C" not null'],
  [
    'completions',
    'quest_id text collate "C" not null, at timestamptz not null, day text collate "C" not null, voided boolean not null',
  ],
] as const

const live = 'where deleted_at is null'
const open = 'where deleted_at is null and not done'

// Postgres would keep new entries in a list first, which every search then reads from end to end.
const upToDate = 'with (fastupdate = off)'

/** One per filter and order of the REST lists. Every order ends with the id, so that a page begins right after another. */
const indexes = [
  ['quests_by_rank', `quests (workspace_id, rank, id) ${live}`],
  ['quests_by_due', `quests (workspace_id, due_at, id) ${live}`],
  ['quests_by_priority', `quests (workspace_id, priority_order, id) ${live}`],
  ['quests_by_creation', `quests (workspace_id, created_at, id) ${live}`],
  ['quests_by_change', `quests (workspace_id, seq, id) ${live}`],
  ['quests_by_title', `quests (workspace_id, title, id) ${live}`],
  ['quests_open_by_rank', `quests (workspace_id, rank, id) ${open}`],
  ['quests_open_by_due', `quests (workspace_id, due_at, id) ${open}`],
  ['quests_open_by_priority', `quests (workspace_id, priority_order, id) ${open}`],
  ['quests_by_project', `quests (workspace_id, project_id, rank, id) ${live}`],
  ['quests_by_parent', 'quests (workspace_id, parent_id) where parent_id is not null'],
  ['quests_in_trash', 'quests (workspace_id, deleted_at, id) where deleted_at is not null'],
  ['quests_by_tag', `quests using gin (tags) ${upToDate}`],
  ['quests_by_assignee', `quests using gin (assignees) ${upToDate}`],
  ['quests_by_text', `quests using gin (search) ${upToDate}`],
  ['sections_by_project', 'sections (workspace_id, project_id, rank, id)'],
  ['relations_by_from', 'relations (workspace_id, from_id)'],
  ['relations_by_to', 'relations (workspace_id, to_id)'],
  ['completions_by_quest', 'completions (workspace_id, quest_id, at)'],
  ['completions_by_time', 'completions (workspace_id, at, id)'],
  ['activity_by_quest', 'activity (workspace_id, quest_id, seq, n) where quest_id is not null'],
  ['activity_by_record', 'activity (workspace_id, kind, record_id, seq, n)'],
] as const

/** Languages whose words are found in other forms than those written. The others are found as written. */
const languages = ['english', 'german', 'french', 'spanish', 'italian', 'portuguese', 'dutch', 'russian']
const everyLanguage = ['simple', ...languages]

/**
 * The read model: what the document logs say, as rows to ask for. Nothing here is the only copy of anything but the
 * activity from before a log was trimmed.
 *
 * `questlog_words` and `questlog_word` are what full-text search is made of on its two sides: a word is found by its
 * stem in any of the languages, or as it is written.
 */
export const readModel: Migration = {
  name: '0003-read-model',
  async up(transaction) {
    const run = (statement: string) => sql.raw(statement).execute(transaction)
    await run(`create table read_cursors (
      workspace_id text collate "C" primary key references workspaces on delete cascade,
      epoch integer not null,
      seq bigint not null,
      base bigint not null,
      version integer not null
    ) with (fillfactor = 70)`)
    for (const [kind, columns] of kinds) {
      await run(`create table ${kind} (
        workspace_id text collate "C" not null references workspaces on delete cascade,
        id text collate "C" not null,
        seq bigint not null,
        record jsonb not null,
        ${columns},
        primary key (workspace_id, id)
      )`)
    }
    await run(`create table activity (
      workspace_id text collate "C" not null references workspaces on delete cascade,
      seq bigint not null,
      n integer not null,
      at timestamptz not null,
      user_id text collate "C" not null,
      change text not null check (change in ('created', 'changed', 'removed')),
      kind text not null,
      record_id text collate "C" not null,
      quest_id text collate "C",
      field text,
      before jsonb,
      after jsonb,
      primary key (workspace_id, seq, n)
    )`)
    for (const [name, definition] of indexes) await run(`create index ${name} on ${definition}`)
    await run(`create function questlog_words(words text) returns tsvector language sql immutable parallel safe return
      ${everyLanguage.map((language) => `to_tsvector('pg_catalog.${language}', words)`).join(' || ')}`)
    await run(`create function questlog_word(word text) returns tsquery language sql immutable parallel safe return
      ${everyLanguage.map((language) => `plainto_tsquery('pg_catalog.${language}', word)`).join(' || ')}`)
  },
}
