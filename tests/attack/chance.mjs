// The chance of this run, from one seed.
import { Random } from '../storm/random.mjs';

export let random;

export function seed(number) {
  random = new Random(number);
}
