package dev.graft.evidence;

import dev.graft.engine.InferenceNetwork;
import dev.graft.evidence.PicturePlace.Cells;
import dev.graft.image.Preprocessing;

/**
 * Covers one place after the other and measures how far a logit falls (Zeiler and Fergus 2014). The patch has the mean colour of
 * the picture: their grey would be something new in pictures that are dark or light, and be seen itself.
 */
final class Occlusion implements EvidenceSource {
    /** A patch's side is this share of the input's. */
    private static final int PATCHES = 7;

    /** Patches overlap by half. */
    private static final int POSITIONS = 2 * PATCHES - 1;

    private static final int VALUES_AT_ONCE = 1 << 22;

    private final Preprocessing input;
    private final Axis rows;
    private final Axis columns;

    Occlusion(Preprocessing input) {
        this.input = input;
        this.rows = Axis.of(input.height());
        this.columns = Axis.of(input.width());
    }

    /** Where patches lie along one axis. */
    private record Axis(int side, int patch, int positions) {
        static Axis of(int side) {
            int patch = (side + PATCHES - 1) / PATCHES;
            return new Axis(side, patch, Math.min(POSITIONS, side - patch + 1));
        }

        private double step() {
            return positions == 1 ? side : (double) (side - patch) / (positions - 1);
        }

        int begin(int position) {
            return (int) Math.round(position * step());
        }

        Cells cells() {
            return new Cells((patch - 1) / 2.0, step());
        }
    }

    @Override
    public EvidenceMethod method() {
        return EvidenceMethod.OCCLUSION;
    }

    @Override
    public Found find(InferenceNetwork network, float[] picture, double[] outputs) {
        float[] mean = mean(picture);
        double whole = logits(network, picture, 1, outputs)[0];
        float[] values = new float[rows.positions() * columns.positions()];
        int most = Math.max(1, VALUES_AT_ONCE / picture.length);
        for (int from = 0; from < values.length; from += most) {
            int count = Math.min(most, values.length - from);
            float[] covered = new float[count * picture.length];
            for (int i = 0; i < count; i++) {
                System.arraycopy(picture, 0, covered, i * picture.length, picture.length);
                cover(covered, i * picture.length, from + i, mean);
            }
            double[] logits = logits(network, covered, count, outputs);
            for (int i = 0; i < count; i++) {
                values[from + i] = (float) (whole - logits[i]);
            }
        }
        return new Found(
                rows.positions(), columns.positions(), values, 0, whole, new InputCells(rows.cells(), columns.cells()));
    }

    private float[] mean(float[] picture) {
        double[] sums = new double[input.channels()];
        for (int i = 0; i < picture.length; i++) {
            sums[i % sums.length] += picture[i];
        }
        float[] mean = new float[sums.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sums[i] * mean.length / picture.length);
        }
        return mean;
    }

    private void cover(float[] pictures, int offset, int position, float[] color) {
        int top = rows.begin(position / columns.positions());
        int left = columns.begin(position % columns.positions());
        for (int row = top; row < top + rows.patch(); row++) {
            for (int column = left; column < left + columns.patch(); column++) {
                System.arraycopy(
                        color, 0, pictures, offset + (row * input.width() + column) * color.length, color.length);
            }
        }
    }

    private static double[] logits(InferenceNetwork network, float[] pictures, int count, double[] outputs) {
        float[] all = network.logits(pictures, count);
        double[] logits = new double[count];
        for (int i = 0; i < all.length; i++) {
            logits[i / outputs.length] += outputs[i % outputs.length] * all[i];
        }
        return logits;
    }
}
