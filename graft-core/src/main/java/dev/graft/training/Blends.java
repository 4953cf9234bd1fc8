package dev.graft.training;

import dev.graft.engine.Blend;
import dev.graft.image.Mixing;
import dev.graft.layer.ActivationShape;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws which examples of a batch are blended, and how. */
final class Blends {
    // Zhang et al. 2018, section 4.1: the shares come from Beta(α, α) with α in [0.1, 0.4] for photographs.
    private static final double ALPHA = 0.2;

    private Blends() {}

    /** The blend of one step, of examples of this shape; null if there is none. */
    static @Nullable Blend draw(Mixing mixing, ActivationShape shape, int batch, long seed) {
        if (mixing == Mixing.NONE || batch < 2) {
            return null;
        }
        SplittableRandom random = new SplittableRandom(seed ^ 0x5851F42D4C957F2DL);
        int[] partners = Seeds.order(random.nextLong(), 0, 0, batch);
        return mixing == Mixing.CUTMIX && shape.isMap()
                ? rectangle(partners, shape, random)
                : Blend.sum(partners, beta(random));
    }

    /** A rectangle in the picture's proportions, with a uniform share of its area (Yun et al. 2019, section 3.1). */
    private static Blend rectangle(int[] partners, ActivationShape shape, SplittableRandom random) {
        double side = Math.sqrt(1 - random.nextDouble());
        int rows = (int) Math.round(side * shape.height());
        int columns = (int) Math.round(side * shape.width());
        if (rows == 0 || columns == 0) {
            return Blend.sum(partners, 1);
        }
        int top = random.nextInt(shape.height() - rows + 1);
        int left = random.nextInt(shape.width() - columns + 1);
        double share = 1 - (double) rows * columns / (shape.height() * shape.width());
        return new Blend(partners, share, top, left, rows, columns);
    }

    /** From Beta(α, α), by Jöhnk's method. */
    private static double beta(SplittableRandom random) {
        while (true) {
            double u = Math.pow(random.nextDouble(), 1 / ALPHA);
            double v = Math.pow(random.nextDouble(), 1 / ALPHA);
            if (u + v > 0 && u + v <= 1) {
                return u / (u + v);
            }
        }
    }
}
