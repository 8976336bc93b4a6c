// Sizes as people read them. Pure.

/** `640 kB`, `1,8 MB` in pt-BR, `1.8 MB` in English; limits such as 20 × 1024 × 1024 read `20 MB`. */
export function showBytes(bytes: number, lang: 'pt-BR' | 'en'): string {
  if (bytes < 1024) return `${bytes} bytes`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`
  const megabytes = Math.round((bytes / (1024 * 1024)) * 10) / 10
  return `${String(megabytes).replace('.', lang === 'pt-BR' ? ',' : '.')} MB`
}
