// Moves a file of this machine, durably; its new place may be on another volume.
import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** How the name of a copy ends until it is whole; no other name under its folders does. */
export const PARTIAL = '.parte'

/** Renames within one volume; onto another the bytes are copied, and stand under their name once all are there. */
export async function moveFile(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error
    await copyWhole(from, to)
    await rm(from, { force: true })
  })
  await synced(dirname(to))
}

async function copyWhole(from: string, to: string): Promise<void> {
  // Two who store the same content at once copy it each for itself.
  const near = `${to}.${randomUUID()}${PARTIAL}`
  try {
    await copyFile(from, near, constants.COPYFILE_FICLONE)
    await synced(near)
    await rename(near, to)
  } catch (error) {
    await rm(near, { force: true }).catch(() => {})
    throw error
  }
}

/** Makes a file, or a folder's entries, outlast a crash: a committed row never points to nothing. */
async function synced(path: string): Promise<void> {
  const opened = await open(path, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
