// What keeps EPROD from starting and the person at the console can mend: shown as its one sentence, without a stack.
export class Obstacle extends Error {}
