"""Chance, from a seed: the same draws in every version of Python."""

import random


class Draw:
    def __init__(self, *seed):
        self._random = random.Random(":".join(str(part) for part in seed))

    def chance(self, share):
        return self._random.random() < share

    def between(self, low, high):
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, things):
        return things[int(self._random.random() * len(things))]

    def weighted(self, weights):
        """A key of `weights`, each as likely as its weight."""
        at = self._random.random() * sum(weights.values())
        for thing, weight in weights.items():
            at -= weight
            if at < 0:
                return thing
        return thing
