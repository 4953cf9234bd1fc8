package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.error.DataException;
import dev.graft.image.Preprocessing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which of the embedded source models are worth a try for images of some size. Images are shrunk to a network's input, not
 * blown up without need: a large network takes images down to two thirds of the smallest input that it still makes something
 * of, and its own input is then no larger than they are.
 */
final class SuitedBackbones {
    private static final int SAMPLE = 32;
    // The sides of the input that a network for large images is used with, its own being the largest.
    private static final int[] SIDES = {128, 160, 192};
    private static final int SMALLEST = 85;

    private SuitedBackbones() {}

    /** The ids, the source model whose input is closest to the images' size first. */
    static List<String> ids(LabeledImages images) {
        int side = typicalSide(images).orElse(0);
        List<String> ids = new ArrayList<>(Backbones.embedded().stream()
                .filter(id -> isSmall(input(id)) || side >= SMALLEST)
                .toList());
        if (side >= SMALLEST) {
            ids.sort(Comparator.comparingInt(id -> -input(id).height()));
        }
        return ids;
    }

    /** A source model with the input that suits some images. */
    static Backbone sized(Backbone backbone, LabeledImages images) {
        Preprocessing own = backbone.architecture().preprocessing();
        int side = typicalSide(images).orElse(own.height());
        if (isSmall(own)) {
            return backbone;
        }
        int wanted = IntStream.of(SIDES)
                .filter(one -> one >= side && one < own.height())
                .findFirst()
                .orElse(own.height());
        Architecture resized = backbone.architecture().withInputSize(wanted, wanted);
        return new Backbone(resized, backbone.weights(), backbone.card());
    }

    private static Preprocessing input(String id) {
        return Architectures.named(id).preprocessing();
    }

    private static boolean isSmall(Preprocessing input) {
        return input.height() < SMALLEST;
    }

    /** The median of the shorter sides of some images, in pixels; empty if none can be decoded. */
    private static OptionalInt typicalSide(LabeledImages images) {
        int count = Math.min(SAMPLE, images.size());
        int[] sides = IntStream.range(0, count)
                .map(i -> (int) ((long) i * images.size() / count))
                .mapToObj(i -> side(images, i))
                .flatMapToInt(OptionalInt::stream)
                .sorted()
                .toArray();
        return sides.length == 0 ? OptionalInt.empty() : OptionalInt.of(sides[sides.length / 2]);
    }

    private static OptionalInt side(LabeledImages images, int index) {
        try {
            Image image = images.image(index);
            return OptionalInt.of(Math.min(image.height(), image.width()));
        } catch (DataException e) {
            // The scan of all images reports it.
            return OptionalInt.empty();
        }
    }
}
