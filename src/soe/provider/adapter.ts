// Where oidc-provider keeps its sessions, codes, tokens and grants: PostgreSQL, so that a restart signs nobody out.

import type { Selectable } from 'kysely'
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'
import { errors } from 'oidc-provider'
import { consumeState, keepState, removeGranted, removeState } from '#soe/provider/store.ts'
import type { SoeDb, SoeTables } from '#soe/tables.ts'

type Row = Selectable<SoeTables['soe.provider_state']>

/** Makes the provider's adapter over a database handle. Expired rows are not found even before they are removed. */
export function stateAdapter(db: SoeDb, now: () => Date): AdapterFactory {
  return (model) => modelAdapter({ db, now, model })
}

function modelAdapter({ db, now, model }: { db: SoeDb; now: () => Date; model: string }): Adapter {
  const find = async (column: 'id' | 'uid' | 'user_code', value: string) => {
    const query = db.selectFrom('soe.provider_state').selectAll().where('model', '=', model).where(column, '=', value)
    return payloadOf(await query.executeTakeFirst(), now())
  }
  return {
    upsert: (id, payload, expiresIn) =>
      keepState(db, {
        model,
        id,
        payload,
        grantId: payload.grantId ?? null,
        userCode: payload.userCode ?? null,
        uid: payload.uid ?? null,
        expiresAt: expiresIn === undefined ? null : new Date(now().getTime() + expiresIn * 1000),
      }),
    find: (id) => find('id', id),
    findByUid: (uid) => find('uid', uid),
    findByUserCode: (code) => find('user_code', code),
    consume: async (id) => {
      // The library looks and then consumes; the database decides between two that looked at the same time.
      if (!(await consumeState(db, { model, id, now: now() })))
        throw new errors.InvalidGrant(`${model} already consumed`)
    },
    destroy: (id) => removeState(db, { model, id }),
    revokeByGrantId: (grantId) => removeGranted(db, grantId),
  }
}

function payloadOf(row: Row | undefined, now: Date): AdapterPayload | undefined {
  if (!row || (row.expires_at && row.expires_at <= now)) return undefined
  const consumed = row.consumed_at ? { consumed: Math.floor(row.consumed_at.getTime() / 1000) } : {}
  return { ...row.payload, ...consumed }
}
