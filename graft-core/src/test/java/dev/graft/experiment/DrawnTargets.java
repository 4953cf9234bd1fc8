package dev.graft.experiment;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Pictures of a disc, a frame or both, of which each kind of target tells something else. */
public final class DrawnTargets {
    private static final int SIDE = 28;

    private DrawnTargets() {}

    /** The kinds besides one class. */
    public static Stream<TargetKind> kinds() {
        return Stream.of(
                new LabelSet(List.of("disc", "frame")),
                new Numbers(List.of("radius")),
                new Numbers(List.of("radius", "brightness")),
                new Grades(List.of("1", "2", "3", "4")));
    }

    /** Draws so many pictures. */
    public static LabeledImages draw(TargetKind kind, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Image> images = new ArrayList<>();
        double[] values = new double[count * kind.width()];
        for (int i = 0; i < count; i++) {
            boolean ofLabels = kind instanceof LabelSet;
            boolean disc = !ofLabels || random.nextBoolean();
            boolean frame = ofLabels && random.nextBoolean();
            int radius = 3 + random.nextInt(8);
            int level = 120 + random.nextInt(136);
            images.add(picture(disc ? radius : 0, frame, level));
            if (ofLabels) {
                values[2 * i] = disc ? 1 : 0;
                values[2 * i + 1] = frame ? 1 : 0;
            } else if (kind instanceof Grades) {
                values[i] = Math.floor((radius - 3) / 2.0);
            } else {
                values[i * kind.width()] = radius * 10 + 1000;
                if (kind.width() > 1) {
                    values[i * kind.width() + 1] = level / 255.0;
                }
            }
        }
        return LabeledImages.of("drawn", images, Targets.of(kind, values));
    }

    private static Image picture(int radius, boolean frame, int level) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean inside = Math.hypot(x - 13.5, y - 13.5) < radius;
                boolean edge = frame && (x == 1 || y == 1 || x == 26 || y == 26);
                pixels[y * SIDE + x] = (byte) (inside || edge ? level : 0);
            }
        }
        return new Image(SIDE, SIDE, 1, pixels);
    }
}
