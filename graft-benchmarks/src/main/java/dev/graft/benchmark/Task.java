package dev.graft.benchmark;

import dev.graft.backbone.Backbone;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a work consists of, the same for each peer.
 *
 * @param work the row's name
 * @param kind what is done
 * @param network which network: one of those in {@link Networks}
 * @param batch examples in a step, or in one call of a feature pass
 * @param cut the stage whose output is the feature, or enters a new head; empty for training with the network's own
 * @param images how many images or texts there are
 */
record Task(String work, Kind kind, String network, int batch, String cut, int images) {
    /** What is done in a work. */
    enum Kind {
        /** One Adam step of the whole network. */
        STEP,
        /** One step as a user's program trains, with everything around it. */
        FIT,
        /** The features of all images. */
        FEATURES,
        /** Ten epochs of a head on frozen features, cached. */
        PHASE_CACHED,
        /** A frozen phase whose frozen part is computed in each epoch. */
        PHASE_UNCACHED,
        /** The frozen part alone over ten epochs, cached. */
        PREFIX_CACHED,
        /** Features that are computed in each epoch. */
        PREFIX_UNCACHED,
        /** Features that are computed in each step. */
        PREFIX_EACH_STEP,
        /** One picture at a time, as a user's program asks a trained network, in a Java machine with its own defaults. */
        PREDICT,
        /** One sentence at a time, as a user's program asks a trained network, in a Java machine with its own defaults. */
        PREDICT_TEXT,
        /** JPEG files read, decoded and prepared, one unit for each. */
        JPEG_FILES,
        /** The files alone, decoded by Java's decoder. */
        JPEG_DECODER,
        /** From JPEG files to a head that is trained on features of a frozen network. */
        PHOTO_FIT,
        /** JPEG files of a telephone's size to the features of a network, one unit for each. */
        PHONE_FEATURES,
        /** The files alone, decoded by Java's decoder. */
        PHONE_DECODER,
        /** Vectors of all texts, from prepared tokens. */
        TEXT_FEATURES,
        /** A prediction from texts, as a user's program gets them, with everything around it. */
        TEXT_EXTRACTION,
        /** Adam steps of the whole transformer and a head, one unit for each. */
        TEXT_STEP,
        /** A product of two matrices of 2048 x 2048. */
        MATRIX_PRODUCT;

        boolean ofTexts() {
            return this == PREDICT_TEXT || this == TEXT_FEATURES || this == TEXT_EXTRACTION || this == TEXT_STEP;
        }

        /** Whether its outcome is statistics of features, in which all must agree. */
        boolean givesFeatures() {
            return this == FEATURES || this == TEXT_FEATURES || this == PHOTO_FIT;
        }
    }

    static final int FEATURE_BATCH = 256;
    static final int TEXT_BATCH = 32;
    static final int PHOTO_BATCH = 32;
    static final int TRAINING_IMAGES = 4096;
    static final int PHASE_IMAGES = 2000;
    static final int PHASE_EPOCHS = 10;
    static final int MATRIX_SIDE = 2048;

    static Task step(String work, String network, int batch) {
        return new Task(work, Kind.STEP, network, batch, "", TRAINING_IMAGES);
    }

    static Task features(String work, String network, String cut, int images) {
        return new Task(work, Kind.FEATURES, network, FEATURE_BATCH, cut, images);
    }

    static Task phase(String work, Kind kind) {
        return new Task(work, kind, Networks.DIGITS, 16, "dense", PHASE_IMAGES);
    }

    static Task predict(String work) {
        return new Task(work, Kind.PREDICT, Networks.DIGITS, 1, "", 1);
    }

    static Task jpeg(String work, Kind kind, int images) {
        return new Task(work, kind, Networks.RESNET, 1, "", images);
    }

    static Task photoFeatures(String work, int images) {
        return new Task(work, Kind.FEATURES, Networks.LITE_WHOLE, PHOTO_BATCH, "pool", images);
    }

    static Task photos(String work, Kind kind, int images) {
        return new Task(work, kind, Networks.LITE, PHOTO_BATCH, "pool", images);
    }

    static Task texts(String work, Kind kind, int texts) {
        return new Task(work, kind, Networks.MINILM, TEXT_BATCH, "pooled", texts);
    }

    /** As one line, for the pipe to a peer's process. */
    String toLine() {
        return String.join(
                " ", work, kind.name(), network, "" + batch, cut.isEmpty() ? "-" : cut, String.valueOf(images));
    }

    static Task ofLine(String line) {
        String[] words = line.split(" ", -1);
        return new Task(
                words[0],
                Kind.valueOf(words[1].toUpperCase(Locale.ROOT)),
                words[2],
                Integer.parseInt(words[3]),
                words[4].equals("-") ? "" : words[4],
                Integer.parseInt(words[5]));
    }

    Backbone backbone() {
        return Networks.named(network);
    }

    ActivationShape input() {
        return backbone().architecture().inputShape();
    }

    /**
     * The layers to run, in order: the whole network, or as far as the cut and then the mean over height and width where
     * there are any, which is what a head is trained on.
     */
    List<Layer> layers() {
        List<Stage> stages = cut.isEmpty()
                ? backbone().architecture().stages()
                : backbone().architecture().stagesThrough(cut);
        List<Layer> layers = new ArrayList<>();
        stages.forEach(stage -> layers.addAll(stage.layers()));
        if (Layer.outputShape(layers, input()).isMap()) {
            layers.add(new Layer.GlobalAveragePool());
        }
        return layers;
    }

    SyntheticImages data() {
        return SyntheticImages.of(backbone().architecture().preprocessing(), images);
    }
}
