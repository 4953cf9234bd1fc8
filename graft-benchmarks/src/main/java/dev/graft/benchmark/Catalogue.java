package dev.graft.benchmark;

import dev.graft.head.Head;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows that peers' processes measure, and how many floating-point operations each takes. */
final class Catalogue {
    static final String MATRIX_PRODUCT = "matrix-product";

    /**
     * A row.
     *
     * @param task what Graft and the engines among the peers do
     * @param variants other works of Graft's own process that stand beside it, by the name of the column
     * @param busy whether another program wants a core in the meantime
     */
    record Entry(Task task, Map<String, Task> variants, boolean busy) {
        Entry(Task task, Map<String, Task> variants) {
            this(task, variants, false);
        }

        /** Whether it is a step, features or a cache, alone and not much like another row. */
        boolean isQuick() {
            boolean betweenOthers = List.of("features-pool1", "features-pool2", "features-flatten")
                    .contains(task.work());
            return switch (task.kind()) {
                case PREDICT, PREDICT_TEXT -> busy;
                case FIT, JPEG_FILES, JPEG_DECODER, PHOTO_FIT, PHONE_FEATURES, PHONE_DECODER, TEXT_EXTRACTION -> false;
                default -> !betweenOthers;
            };
        }
    }

    private Catalogue() {}

    static List<Entry> entries(boolean quick) {
        int images = quick ? 2000 : 10_000;
        List<Entry> entries = new ArrayList<>();
        entries.add(plain(Task.step("train-step-32", Networks.DIGITS, 32)));
        entries.add(plain(Task.step("train-step-128", Networks.DIGITS, 128)));
        entries.add(new Entry(
                new Task("fit-step-32", Task.Kind.FIT, Networks.DIGITS, 32, "", Task.TRAINING_IMAGES),
                Map.of("bare-step", Task.step("fit-step-32/bare", Networks.DIGITS, 32))));
        for (Stage stage : Networks.named(Networks.DIGITS).architecture().featureStages()) {
            entries.add(plain(Task.features("features-" + stage.name(), Networks.DIGITS, stage.name(), images)));
        }
        entries.add(new Entry(
                Task.phase("frozen-phase-cache", Task.Kind.PHASE_CACHED),
                Map.of("without-cache", Task.phase("frozen-phase-cache/without", Task.Kind.PHASE_UNCACHED))));
        entries.add(new Entry(
                Task.phase("frozen-part-cache", Task.Kind.PREFIX_CACHED),
                Map.of(
                        "without-cache", Task.phase("frozen-part-cache/without", Task.Kind.PREFIX_UNCACHED),
                        "each-step", Task.phase("frozen-part-cache/steps", Task.Kind.PREFIX_EACH_STEP))));
        entries.add(plain(Task.step("resnet-step-32", Networks.RESNET, 32)));
        entries.add(plain(Task.features("resnet-features", Networks.RESNET, "pool", images)));
        entries.add(plain(Task.step("train-step-32-busy", Networks.DIGITS, 32), true));
        entries.add(plain(Task.step("resnet-step-32-busy", Networks.RESNET, 32), true));
        entries.add(plain(Task.predict("predict-one"), false));
        entries.add(plain(Task.predict("predict-one-busy"), true));
        entries.add(plain(Task.texts("sentence-one", Task.Kind.PREDICT_TEXT, 64), false));
        entries.add(plain(Task.texts("sentence-one-busy", Task.Kind.PREDICT_TEXT, 64), true));
        int files = quick ? 200 : 2000;
        entries.add(new Entry(
                Task.jpeg("jpeg-files", Task.Kind.JPEG_FILES, files),
                Map.of("decoder-alone", Task.jpeg("jpeg-files/decoder", Task.Kind.JPEG_DECODER, files))));
        entries.add(plain(Task.photoFeatures("photo-features", quick ? 32 : 128)));
        entries.add(plain(Task.photos("photo-fit", Task.Kind.PHOTO_FIT, quick ? 32 : 128)));
        int photos = quick ? 4 : 16;
        entries.add(new Entry(
                Task.photos("photo-phone", Task.Kind.PHONE_FEATURES, photos),
                Map.of("decoder-alone", Task.photos("photo-phone/decoder", Task.Kind.PHONE_DECODER, photos))));
        int sentences = quick ? 64 : 256;
        entries.add(plain(Task.texts("text-features", Task.Kind.TEXT_FEATURES, sentences)));
        entries.add(new Entry(
                Task.texts("text-extraction", Task.Kind.TEXT_EXTRACTION, sentences),
                Map.of("prepared", Task.texts("text-extraction/prepared", Task.Kind.TEXT_FEATURES, sentences))));
        entries.add(plain(Task.texts("text-train-step", Task.Kind.TEXT_STEP, sentences)));
        return entries;
    }

    static Task matrixProduct() {
        return new Task(MATRIX_PRODUCT, Task.Kind.MATRIX_PRODUCT, Networks.DIGITS, 1, "", 1);
    }

    private static Entry plain(Task task) {
        return plain(task, false);
    }

    private static Entry plain(Task task, boolean busy) {
        return new Entry(task, new LinkedHashMap<>(), busy);
    }

    /** Floating-point operations of one unit of a work; 0 where they say nothing about it. */
    static double operations(Task task) {
        return switch (task.kind()) {
            case STEP, FIT -> task.batch() * Operations.trained(task.layers(), task.input());
            case FEATURES -> task.images() * Operations.forward(task.layers(), task.input());
            case PHASE_CACHED, PHASE_UNCACHED -> prefix(task) + head(task);
            case PREFIX_CACHED, PREFIX_UNCACHED, PREFIX_EACH_STEP -> prefix(task);
            // One picture or sentence, or decoding, is not what the engine's rate is about.
            case PREDICT, PREDICT_TEXT, JPEG_FILES, JPEG_DECODER, PHOTO_FIT, PHONE_FEATURES, PHONE_DECODER -> 0;
            case TEXT_FEATURES, TEXT_EXTRACTION -> texts(task);
            // The embeddings before the first layer are trained too, so its input's gradient is needed.
            case TEXT_STEP -> 3 * texts(task) / TextBatches.of(task).count();
            case MATRIX_PRODUCT -> 2 * Math.pow(Task.MATRIX_SIDE, 3);
        };
    }

    private static double prefix(Task task) {
        return task.images() * Operations.forward(task.layers(), task.input());
    }

    /** Padding left out. */
    private static double texts(Task task) {
        List<Layer> layers = task.layers();
        return TextBatches.of(task).ids().stream()
                .mapToDouble(ids -> Operations.forward(layers, ActivationShape.sequence(ids.length, 1)))
                .sum();
    }

    /** Tokens of one unit of a work on texts, padding left out; 0 for other works. */
    static double tokens(Task task) {
        if (!task.kind().ofTexts()) {
            return 0;
        }
        TextBatches batches = TextBatches.of(task);
        return (double) batches.tokens() / (task.kind() == Task.Kind.TEXT_STEP ? batches.count() : 1);
    }

    private static double head(Task task) {
        ActivationShape features = Layer.outputShape(task.layers(), task.input());
        List<Layer> layers = new Head.Mlp(32, 0.3f).layers(features.elements(), SyntheticImages.CLASSES);
        return (double) Task.PHASE_EPOCHS * task.images() * Operations.trained(layers, features);
    }
}
