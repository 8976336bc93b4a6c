// Words that say nothing by themselves in Portuguese: PostgreSQL leaves them out of its searches of texts, so that a search of
// nothing else finds nothing. Folded, as texts are kept; its words with accents are not met in these. A test compares them.

export const STOP_WORDS: ReadonlySet<string> = new Set(
  `de a o que e do da em um para com uma os no se na por mais as dos como mas ao ele das seu sua ou quando muito
   nos eu pelo pela isso ela entre depois sem mesmo aos seus quem nas me esse eles essa num nem suas meu minha numa
   pelos elas qual lhe deles essas esses pelas este dele tu te vos lhes meus minhas teu tua teus tuas nosso nossa
   nossos nossas dela delas esta estes estas aquele aquela aqueles aquelas isto aquilo estou estamos estive esteve
   estivemos estiveram estava estavam estivera esteja estejamos estejam estivesse estivessem estiver estivermos
   estiverem hei havemos houve houvemos houveram houvera haja hajamos hajam houvesse houvessem houver houvermos
   houverem houverei houveremos houveria houveriam sou somos era eram fui foi fomos foram fora seja sejamos sejam
   fosse fossem for formos forem serei seremos seria seriam tenho tem temos tinha tinham tive teve tivemos tiveram
   tivera tenha tenhamos tenham tivesse tivessem tiver tivermos tiverem terei teremos teria teriam`.split(/\s+/),
)
