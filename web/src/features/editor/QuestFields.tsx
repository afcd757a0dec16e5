import type { QuestEdit } from '@questlog/shared/domain/commands'
import { DIFFICULTIES, ENERGIES, PRIORITIES, STATUSES } from '@questlog/shared/domain/field-values'
import type { Energy, Quest } from '@questlog/shared/domain/quest'
import { perform } from '../../app/perform.ts'
import { useWorkspace } from '../../app/workspace-context.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { EstimateField } from './EstimateField.tsx'
import { ProjectField } from './ProjectField.tsx'
import { SelectField } from './SelectField.tsx'
import { TagsField } from './TagsField.tsx'
import { WhenField } from './WhenField.tsx'

const energies: readonly (Energy | 'none')[] = ['none', ...ENERGIES]
const dates = ['due', 'scheduled', 'start', 'deadline'] as const

/** The facts of a quest, each a labelled control. */
export function QuestFields({ quest }: { readonly quest: Quest }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const edit = (fields: QuestEdit) => perform(workspace, { kind: 'editQuest', id: quest.id, fields })
  return (
    <div className="mt-4 grid gap-x-4 gap-y-3">
      <div className="grid grid-cols-2 gap-x-3 gap-y-3">
        <SelectField
          label={t('field.status')}
          value={quest.status}
          options={STATUSES}
          name={(status) => t(`status.${status}`)}
          onChange={(status) => edit({ status })}
        />
        <SelectField
          label={t('field.priority')}
          value={quest.priority}
          options={PRIORITIES}
          name={(priority) => t(`priority.${priority}`)}
          onChange={(priority) => edit({ priority })}
        />
        <SelectField
          label={t('field.difficulty')}
          value={quest.difficulty}
          options={DIFFICULTIES}
          name={(difficulty) => t(`difficulty.${difficulty}`)}
          onChange={(difficulty) => edit({ difficulty })}
        />
        <SelectField
          label={t('field.energy')}
          value={quest.energy ?? 'none'}
          options={energies}
          name={(energy) => t(`energy.${energy}`)}
          onChange={(energy) => edit({ energy: energy === 'none' ? null : energy })}
        />
        <ProjectField quest={quest} />
        <EstimateField value={quest.estimateMin} onChange={(estimateMin) => edit({ estimateMin })} />
      </div>
      <TagsField quest={quest} />
      <div className="grid gap-3">
        {dates.map((field) => (
          <WhenField
            key={field}
            label={t(`field.${field}`)}
            value={quest[field]}
            onChange={(value) => edit({ [field]: value })}
          />
        ))}
      </div>
    </div>
  )
}
