// What a draft tells of other tickets of its vehicle. Who finds them is the tickets room. Pure.

export interface SameVehicle {
  readonly id: number
  readonly status: 'new' | 'processing' | 'pending' | 'solved' | 'closed'
  readonly openedAt: Date
}
