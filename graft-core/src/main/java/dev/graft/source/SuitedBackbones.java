package dev.graft.source;

import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.error.DataException;
import dev.graft.image.Preprocessing;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the embedded source models are worth a try for images of some size, and with which input. Networks for large
 * images are left out where the images are much smaller than the smallest input such a network is used with, since images
 * are to be shrunk, not blown up; the input is the smallest one that the images fill.
 */
final class SuitedBackbones {
    private static final Logger LOG = LoggerFactory.getLogger(SuitedBackbones.class);
    private static final int SAMPLE = 32;
    // Sides of the input of a network for large images besides its own, which is larger.
    private static final int[] SIDES = {128, 160, 192};
    /** Two thirds of the smallest side: smaller images would be blown up by more than a half. */
    private static final int LARGE = 85;

    private static final String SMALL = "cifar-resnet";

    /** The median of the shorter sides in pixels; empty if no image could be decoded. */
    private final OptionalInt side;

    private SuitedBackbones(OptionalInt side) {
        this.side = side;
    }

    /** Those for some images, of which at most 32 are decoded to see their size. */
    static SuitedBackbones of(LabeledImages images) {
        int count = Math.min(SAMPLE, images.size());
        int[] sides = IntStream.range(0, count)
                .map(i -> (int) ((long) i * images.size() / count))
                .mapToObj(i -> shorterSide(images, i))
                .flatMapToInt(OptionalInt::stream)
                .sorted()
                .toArray();
        return new SuitedBackbones(sides.length == 0 ? OptionalInt.empty() : OptionalInt.of(sides[sides.length / 2]));
    }

    /**
     * Their ids; for large images the networks with the largest input first, for small ones those whose input is nearest to the images'
     * size. A budget may have time for the first alone.
     */
    List<String> ids() {
        if (large()) {
            return Backbones.embedded().stream()
                    .sorted(Comparator.comparingInt(id -> -input(id).height()))
                    .toList();
        }
        List<String> left =
                Backbones.embedded().stream().filter(id -> !isSmall(input(id))).toList();
        if (!left.isEmpty() && side.isPresent()) {
            LOG.info(
                    "Images of about {} pixels are too small for {}, which is not tried unless it is named.",
                    side.getAsInt(),
                    String.join(", ", left));
        }
        return Backbones.embedded().stream()
                .filter(id -> isSmall(input(id)))
                .sorted(Comparator.comparingInt(
                        id -> side.isEmpty() ? 0 : Math.abs(input(id).height() - side.getAsInt())))
                .toList();
    }

    /** The id of the one to build on where only one is tried. */
    String usual() {
        return large() ? ids().get(0) : SMALL;
    }

    /** The source model of that id, with the input that suits the images if it can have several. */
    Backbone load(String id) {
        Backbone backbone = Backbones.load(id);
        int own = backbone.architecture().preprocessing().height();
        if (!large() || isSmall(backbone.architecture().preprocessing())) {
            return backbone;
        }
        int wanted = IntStream.of(SIDES)
                .filter(one -> one >= side.getAsInt() && one < own)
                .findFirst()
                .orElse(own);
        if (wanted == own) {
            return backbone;
        }
        LOG.info(
                "{} takes images of {} x {} here, since they are about {} pixels.",
                id,
                wanted,
                wanted,
                side.getAsInt());
        return new Backbone(backbone.architecture().withInputSize(wanted, wanted), backbone.weights(), backbone.card());
    }

    private boolean large() {
        return side.orElse(0) >= LARGE;
    }

    private static Preprocessing input(String id) {
        return Architectures.named(id).preprocessing();
    }

    private static boolean isSmall(Preprocessing input) {
        return input.height() < LARGE;
    }

    private static OptionalInt shorterSide(LabeledImages images, int index) {
        try {
            Image image = images.image(index);
            return OptionalInt.of(Math.min(image.height(), image.width()));
        } catch (DataException e) {
            // The scan of all images reports it.
            return OptionalInt.empty();
        }
    }
}
