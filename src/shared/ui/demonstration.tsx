// The table of demonstration accounts, shown on the entry and sign-in pages only while EPROD_DEMO=1.

import {
  DEMONSTRATION_ACCOUNTS,
  DEMONSTRATION_INSTITUTIONS,
  DEMONSTRATION_PASSWORD,
  type DemonstrationAccount,
} from '#shared/kit/demonstration.ts'
import { showCpf } from '#shared/kit/identifiers/cpf.ts'
import type { Words } from '#words/words.ts'

/** Every account by institution, with its CPF to copy, and the password they share. */
export function DemonstrationAccounts({ words }: { words: Words }) {
  const text = words.soe.demonstration
  return (
    <section class="card demo" aria-labelledby="demonstracao">
      <h2 id="demonstracao">{text.title}</h2>
      <p class="hint">{text.lead(DEMONSTRATION_PASSWORD)}</p>
      {Object.entries(DEMONSTRATION_INSTITUTIONS).map(([key, institution]) => (
        <div key={key}>
          <h3>{institution.name}</h3>
          <dl>
            {DEMONSTRATION_ACCOUNTS.filter((account) => account.institution === key).map((account) => (
              <Account key={account.cpf} account={account} words={words} />
            ))}
          </dl>
        </div>
      ))}
    </section>
  )
}

function Account({ account, words }: { account: DemonstrationAccount; words: Words }) {
  return (
    <div>
      <dt>
        <span class="code">{showCpf(account.cpf)}</span>
      </dt>
      <dd>
        <b>{account.name}</b>
        <span class="hint">{words.soe.demonstration.roles[account.role]}</span>
      </dd>
    </div>
  )
}
