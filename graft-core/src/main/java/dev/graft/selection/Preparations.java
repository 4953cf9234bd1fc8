package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.Image;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Other ways to prepare photographs for a network than its authors', which suit photographs of things in the middle: whole
 * pictures, for what lies at their edges, and larger inputs, for small details (Touvron et al. 2019, arXiv 1906.06423).
 */
final class Preparations {
    private static final int LARGE_SIDE = 96;
    private static final int SAMPLE = 8;
    private static final double LARGER = 9.0 / 7;

    private Preparations() {}

    /**
     * A backbone with another preparation.
     *
     * @param backbone the backbone, with its own weights
     * @param words what becomes of a picture, to follow "takes"
     */
    record Variant(Backbone backbone, String words) {}

    /**
     * Those worth a look for some data; none for small inputs and for texts.
     *
     * @param larger whether there is time for larger inputs, with which all that follows takes longer by half and more
     */
    static List<Variant> of(Backbone backbone, LabeledExamples data, boolean larger) {
        if (!(data instanceof LabeledImages images)
                || !(backbone.architecture().preparation() instanceof Preprocessing own)
                || Math.min(own.height(), own.width()) < LARGE_SIDE) {
            return List.of();
        }
        List<Variant> variants = new ArrayList<>();
        if (own.fit() instanceof ResizeMode.CenterCrop crop) {
            variants.add(new Variant(
                    with(backbone, own, new ResizeMode.Stretch(crop.interpolation())),
                    "whole pictures, stretched to " + own.height() + " x " + own.width()));
        }
        int side = (int) Math.round(LARGER * own.height());
        if (larger && own.height() == own.width() && shorterSide(images) >= side) {
            variants.add(new Variant(
                    new Backbone(
                            backbone.architecture().withInputSize(side, side), backbone.weights(), backbone.card()),
                    "pictures of " + side + " x " + side));
        }
        return variants;
    }

    private static Backbone with(Backbone backbone, Preprocessing own, ResizeMode fit) {
        Preprocessing other = new Preprocessing(own.height(), own.width(), own.channels(), own.mean(), own.std(), fit);
        return new Backbone(backbone.architecture().withPreprocessing(other), backbone.weights(), backbone.card());
    }

    /** The smallest among a few. */
    private static int shorterSide(LabeledImages images) {
        int count = Math.min(SAMPLE, images.size());
        return IntStream.range(0, count)
                .map(i -> {
                    Image image = images.image((int) ((long) i * images.size() / count));
                    return Math.min(image.height(), image.width());
                })
                .min()
                .orElse(0);
    }
}
