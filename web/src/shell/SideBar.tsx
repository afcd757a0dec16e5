import type { ProjectId } from '@questlog/shared/domain/kernel/ids'
import type { ListKey } from '@questlog/shared/domain/quest/lists'
import { useMemo } from 'react'
import { ActionPalette } from '../features/palette/later-palette.ts'
import { LogSwitcher } from '../features/parties/LogSwitcher.tsx'
import { NewProject } from '../features/projects/later-new-project.ts'
import { useTranslate } from '../i18n/translate.ts'
import { useSessionState } from '../session/session-context.ts'
import {
  useIsReadOnly,
  useList,
  useListCount,
  useProject,
  useProjects,
  useWorkspace,
} from '../session/workspace-context.ts'
import { openDialog } from '../ui/dialogs.ts'
import { Keycaps } from '../ui/Keycaps.tsx'
import { NavLink } from '../ui/NavLink.tsx'
import { deviceZone, useToday } from '../ui/use-today.ts'
import { listedScreens } from './listed-screens.ts'

const inboxKey: ListKey = { kind: 'inbox' }
const row =
  'flex min-h-8 items-center rounded px-3 py-1 pointer-coarse:min-h-11 hover:bg-hover aria-[current]:bg-accent-wash'

/** The navigation of wide screens: views, projects, and what concerns the log as a whole. */
export function SideBar() {
  const t = useTranslate()
  const day = useToday()
  const todayKey = useMemo<ListKey>(() => ({ kind: 'today', day, tz: deviceZone() }), [day])
  const workspace = useWorkspace()
  const inbox = useListCount(inboxKey)
  const today = useList(todayKey).filter((id) => !workspace.projection.isDone(id)).length
  const projects = useProjects()
  const readOnly = useIsReadOnly()
  return (
    <nav
      aria-label={t('nav.main')}
      className="hidden w-56 shrink-0 flex-col gap-0.5 overflow-y-auto border-e border-line bg-canvas p-2 md:flex lg:w-60"
    >
      <p className="flex items-center gap-2.5 px-3 pt-3 pb-4 text-[1.0625rem] font-bold tracking-tight">
        <span aria-hidden="true" className="size-3 rotate-45 rounded-[2px] bg-accent" />
        Questlog
      </p>
      <LogSwitcher place="side" />
      <button
        type="button"
        onClick={() => openDialog(ActionPalette)}
        className="mb-2 flex min-h-9 pointer-coarse:min-h-11 items-center justify-between rounded border border-line bg-surface px-3 text-soft hover:border-outline"
      >
        {t('nav.find')} <Keycaps chord="mod+k" />
      </button>
      <NavLink href="/" className={row} count={inbox}>
        {t('nav.inbox')}
      </NavLink>
      <NavLink href="/today" className={row} count={today}>
        {t('nav.today')}
      </NavLink>
      <NavLink href="/projects" className={row}>
        {t('nav.projects')}
      </NavLink>
      {projects.length === 0 ? null : (
        <ul aria-label={t('nav.projects')} className="ms-4 border-s border-line ps-1">
          {projects.map((id) => (
            <SideBarProject key={id} id={id} />
          ))}
        </ul>
      )}
      <button
        type="button"
        disabled={readOnly}
        className="ms-4 min-h-8 rounded px-3 pointer-coarse:min-h-11 text-start text-sm text-soft hover:bg-hover disabled:opacity-45"
        onClick={() => openDialog(NewProject)}
      >
        {t('project.new')}
      </button>
      <div className="mt-auto border-t border-line pt-2">
        {listedScreens(workspace).map(({ path, title }) => (
          <NavLink key={path} href={path} className={row}>
            {t(title)}
          </NavLink>
        ))}
        <AccountLine />
      </div>
    </nav>
  )
}

function SideBarProject({ id }: { readonly id: ProjectId }) {
  const project = useProject(id)
  const open = useListCount(useMemo<ListKey>(() => ({ kind: 'project', projectId: id }), [id]))
  if (project === undefined || project.archivedAt !== null) return null
  return (
    <li>
      <NavLink href={`/projects/${id}`} className={row} count={open}>
        <span dir="auto" className="min-w-0 truncate">
          {project.name}
        </span>
      </NavLink>
    </li>
  )
}

function AccountLine() {
  const t = useTranslate()
  const person = useSessionState((state) => state.person)
  if (person !== null)
    return (
      <p className="truncate px-3 pt-1 pb-2 text-sm text-soft" title={person.email}>
        <bdi>{person.displayName}</bdi>
      </p>
    )
  return (
    <NavLink href="/sign-in" className={row}>
      {t('account.signIn')}
    </NavLink>
  )
}
