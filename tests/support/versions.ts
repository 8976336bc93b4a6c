// Versions of the seeded form, published and retired behind its editor, for tests of what a draft makes of them.
import type { Definition } from '#forms/rules/definition.ts'
import { insertPublishedVersion, retirePublished } from '#forms/store.ts'
import type { Db } from '#shared/db/connect.ts'

/** Takes the form out of use; with `change` it is published anew, as `change` makes it of the version in use. */
export async function takeOut(owner: Db, change?: (before: Definition) => Definition): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    const { form_id, number, definition } = await tx
      .selectFrom('eprod.form_version')
      .select(['form_id', 'number', 'definition'])
      .where('status', '=', 'published')
      .executeTakeFirstOrThrow()
    await retirePublished(tx, form_id, new Date())
    if (!change) return
    const next = change(definition as Definition)
    await insertPublishedVersion(tx, { formId: form_id, number: number + 1, definition: next })
  })
}
