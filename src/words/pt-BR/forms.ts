// Texts of the room `forms`, first language: its shape is what English must satisfy.
export const forms = {}
