package dev.graft.image.webp;

/** The loop filter, which smooths the edges between blocks (RFC 6386, section 15). */
final class Vp8Filter {
    private final Vp8Header header;
    private final Vp8Plane luma;
    private final Vp8Plane[] chroma;

    Vp8Filter(Vp8Header header, Vp8Plane luma, Vp8Plane... chroma) {
        this.header = header;
        this.luma = luma;
        this.chroma = chroma;
    }

    /**
     * Filters one macroblock; those above and to the left have been.
     *
     * @param inside whether its own 4 x 4 blocks are smoothed too
     */
    void apply(int column, int row, int level, boolean inside) {
        if (level == 0) {
            return;
        }
        int interior = level;
        if (header.sharpness > 0) {
            interior = Math.min(interior >> (header.sharpness > 4 ? 2 : 1), 9 - header.sharpness);
        }
        interior = Math.max(1, interior);
        int limit = 2 * level + interior;
        int variance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
        if (header.simpleFilter) {
            plane(luma, column, row, 16, limit, -1, 0, inside);
            return;
        }
        plane(luma, column, row, 16, limit, interior, variance, inside);
        for (Vp8Plane one : chroma) {
            plane(one, column, row, 8, limit, interior, variance, inside);
        }
    }

    /** Upright edges first, then level ones; an interior limit below 0 stands for the simple filter. */
    private static void plane(
            Vp8Plane plane, int column, int row, int side, int limit, int interior, int variance, boolean inside) {
        int begin = plane.at(side * column, side * row);
        int down = plane.stride;
        if (column > 0) {
            edge(plane.samples, begin, 1, down, side, limit + 4, interior, variance, true);
        }
        for (int i = 4; inside && i < side; i += 4) {
            edge(plane.samples, begin + i, 1, down, side, limit, interior, variance, false);
        }
        if (row > 0) {
            edge(plane.samples, begin, down, 1, side, limit + 4, interior, variance, true);
        }
        for (int i = 4; inside && i < side; i += 4) {
            edge(plane.samples, begin + i * down, down, 1, side, limit, interior, variance, false);
        }
    }

    /** Filters across one edge, {@code step} being the way across and {@code along} the way along. */
    private static void edge(
            byte[] s,
            int begin,
            int step,
            int along,
            int length,
            int limit,
            int interior,
            int variance,
            boolean outer) {
        int most = 2 * limit + 1;
        for (int i = 0, at = begin; i < length; i++, at += along) {
            int p1 = s[at - 2 * step] & 0xFF;
            int p0 = s[at - step] & 0xFF;
            int q0 = s[at] & 0xFF;
            int q1 = s[at + step] & 0xFF;
            if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > most) {
                continue;
            }
            if (interior < 0) {
                two(s, at, step, p1, p0, q0, q1);
                continue;
            }
            int p2 = s[at - 3 * step] & 0xFF;
            int q2 = s[at + 2 * step] & 0xFF;
            if (Math.abs((s[at - 4 * step] & 0xFF) - p2) > interior
                    || Math.abs(p2 - p1) > interior
                    || Math.abs(p1 - p0) > interior
                    || Math.abs((s[at + 3 * step] & 0xFF) - q2) > interior
                    || Math.abs(q2 - q1) > interior
                    || Math.abs(q1 - q0) > interior) {
                continue;
            }
            if (Math.abs(p1 - p0) > variance || Math.abs(q1 - q0) > variance) {
                two(s, at, step, p1, p0, q0, q1);
            } else if (outer) {
                six(s, at, step, p2, p1, p0, q0, q1, q2);
            } else {
                four(s, at, step, p1, p0, q0, q1);
            }
        }
    }

    private static void two(byte[] s, int at, int step, int p1, int p0, int q0, int q1) {
        int change = 3 * (q0 - p0) + signed(p1 - q1);
        s[at - step] = sum(p0, narrow((change + 3) >> 3));
        s[at] = sum(q0, -narrow((change + 4) >> 3));
    }

    private static void four(byte[] s, int at, int step, int p1, int p0, int q0, int q1) {
        int change = 3 * (q0 - p0);
        int less = narrow((change + 4) >> 3);
        int further = (less + 1) >> 1;
        s[at - 2 * step] = sum(p1, further);
        s[at - step] = sum(p0, narrow((change + 3) >> 3));
        s[at] = sum(q0, -less);
        s[at + step] = sum(q1, -further);
    }

    private static void six(byte[] s, int at, int step, int p2, int p1, int p0, int q0, int q1, int q2) {
        int change = signed(3 * (q0 - p0) + signed(p1 - q1));
        int near = (27 * change + 63) >> 7;
        int middle = (18 * change + 63) >> 7;
        int far = (9 * change + 63) >> 7;
        s[at - 3 * step] = sum(p2, far);
        s[at - 2 * step] = sum(p1, middle);
        s[at - step] = sum(p0, near);
        s[at] = sum(q0, -near);
        s[at + step] = sum(q1, -middle);
        s[at + 2 * step] = sum(q2, -far);
    }

    /** Clipped to what 8 bits with a sign can hold. */
    private static int signed(int value) {
        return Math.max(-128, Math.min(127, value));
    }

    /** An eighth of such a value. */
    private static int narrow(int value) {
        return Math.max(-16, Math.min(15, value));
    }

    private static byte sum(int sample, int change) {
        return (byte) Vp8Transform.clipped(sample + change);
    }
}
