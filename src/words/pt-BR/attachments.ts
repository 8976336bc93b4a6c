// Texts of the room `attachments`, first language: its shape is what English must satisfy.
export const attachments = {}
