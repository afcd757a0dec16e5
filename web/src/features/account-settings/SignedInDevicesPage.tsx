import type { SignedInDevice } from '@questlog/shared/protocol/account'
import { useCallback, useState } from 'react'
import { formatInstant } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { showToast } from '../../ui/toasts.ts'
import { RemoteNote } from '../parties/RemoteNote.tsx'
import { AccountFrame } from './AccountFrame.tsx'
import { NameModal } from './NameModal.tsx'
import { settingsFailure } from './settings-failure.ts'
import { useAccountData } from './use-account-data.ts'
import { useAccountServices } from './use-account-services.ts'

/** The devices on which the person is signed in, each with the way to end that. */
export function SignedInDevicesPage() {
  return <AccountFrame>{() => <Devices />}</AccountFrame>
}

function Devices() {
  const t = useTranslate()
  const { own } = useAccountServices()
  const devices = useAccountData(useCallback(() => own.devices(), [own]))
  const { value, reload } = devices
  const [renaming, setRenaming] = useState<SignedInDevice | null>(null)
  const end = async (device: SignedInDevice, name: string) => {
    const ended = await own.endDevice(device.id)
    if (ended.ok) showToast({ tone: 'info', message: 'devices.ended', values: { name } })
    else showToast({ tone: 'error', message: settingsFailure(ended.error) })
    await reload()
  }
  const endOthers = async () => {
    const ended = await own.endOtherDevices()
    if (ended.ok) showToast({ tone: 'info', message: 'devices.endedOthers' })
    else showToast({ tone: 'error', message: settingsFailure(ended.error) })
    await reload()
  }
  return (
    <>
      <p className="mt-4 max-w-prose text-soft">{t('devices.text')}</p>
      <RemoteNote of={devices} loading="settings.loading" />
      {value === null ? null : (
        <>
          <ul aria-label={t('devices.list')} className="mt-3 border-t border-line">
            {[...value]
              .sort((left, right) => Number(right.current) - Number(left.current))
              .map((device) => (
                <DeviceLine
                  key={device.id}
                  device={device}
                  onRename={() => setRenaming(device)}
                  onEnd={(name) => void end(device, name)}
                />
              ))}
          </ul>
          {renaming === null ? null : (
            <NameModal
              title={t('devices.rename')}
              label={t('devices.name')}
              hint={t('devices.nameHint')}
              submitLabel={t('save')}
              initial={renaming.deviceName ?? ''}
              maxLength={100}
              isRequired={false}
              onSubmit={(name) => own.renameDevice(renaming.id, name === '' ? null : name)}
              onDone={() => {
                setRenaming(null)
                showToast({ tone: 'info', message: 'own.saved' })
                void reload()
              }}
              onClose={() => setRenaming(null)}
            />
          )}
          <div className="mt-4">
            {value.length > 1 ? (
              <ConfirmButton
                label={t('devices.endOthers')}
                question={t('devices.endOthersQuestion')}
                onConfirm={() => void endOthers()}
              />
            ) : (
              <p className="text-soft">{t('devices.onlyThis')}</p>
            )}
          </div>
        </>
      )}
    </>
  )
}

interface DeviceLineProps {
  readonly device: SignedInDevice
  readonly onRename: () => void
  readonly onEnd: (name: string) => void
}

function DeviceLine({ device, onRename, onEnd }: DeviceLineProps) {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const { deviceName, userAgent, network, client } = device
  const name = deviceName ?? userAgent ?? t(client === 'native' ? 'devices.native' : 'devices.unknown')
  const facts = [
    ...(deviceName !== null && userAgent !== null ? [userAgent] : []),
    t('devices.used', { time: formatInstant(language, Date.parse(device.lastUsedAt)) }),
    t('devices.since', { time: formatInstant(language, Date.parse(device.createdAt)) }),
    ...(network === null ? [] : [t('devices.from', { network })]),
  ]
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap items-center gap-x-2 font-semibold [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
          {device.current ? (
            <span className="rounded bg-accent-wash px-2 py-0.5 text-sm font-normal">{t('devices.this')}</span>
          ) : null}
        </p>
        <p className="text-sm text-soft">{facts.join(' · ')}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="button" aria-label={t('methods.renameOf', { name })} onClick={onRename}>
          {t('methods.rename')}
        </button>
        {device.current ? null : (
          <ConfirmButton
            label={t('devices.end')}
            name={t('devices.endOf', { name })}
            question={t('devices.endQuestion')}
            onConfirm={() => onEnd(name)}
          />
        )}
      </div>
    </li>
  )
}
