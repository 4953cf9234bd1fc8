"""Draws the shapes again, from the words of their description and not from the Java code.

    python make_shapes.py

Prints the digest that the tests pin. Needs nothing but Python.
"""

import hashlib
import struct

MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed & MASK

    def long(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def between(self, lowest, highest):
        """Uniform, both ends included: 63 bits, drawn again where they would favour the small values."""
        bound = highest - lowest + 1
        usable = (1 << 63) // bound * bound
        while True:
            bits = self.long() >> 1
            if bits < usable:
                return lowest + bits % bound


def draw(count, seed):
    random = SplitMix64(seed)
    for _ in range(count):
        if random.long() >> 63:
            cx, cy, r = random.between(5, 22), random.between(5, 22), random.between(3, 7)
            yield 1, bytes(255 * ((x - cx) ** 2 + (y - cy) ** 2 <= r * r) for y in range(28) for x in range(28))
        else:
            side = random.between(5, 11)
            left, top = random.between(0, 28 - side - 1), random.between(0, 28 - side - 1)
            yield 0, bytes(
                255 * (left <= x < left + side and top <= y < top + side) for y in range(28) for x in range(28)
            )


digest = hashlib.sha256()
for name in [b"square", b"circle"]:
    digest.update(struct.pack(">i", len(name)) + name)
for label, pixels in draw(500, 42):
    digest.update(struct.pack(">iiii", label, 28, 28, 1) + pixels)
print(digest.hexdigest())
