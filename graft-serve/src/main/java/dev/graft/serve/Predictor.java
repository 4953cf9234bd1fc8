package dev.graft.serve;

import dev.graft.data.Image;
import dev.graft.data.Item;
import dev.graft.error.Problem;
import dev.graft.evidence.EvidenceMap;
import dev.graft.evidence.HeatMap;
import dev.graft.image.ImageFiles;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.prediction.TextEvidence;
import dev.graft.report.Png;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers one request. Its examples go through the network in the batches that {@code graft predict} makes of as many files, and
 * never together with those of other requests: the last bits of a probability depend on how many examples a batch has.
 */
final class Predictor {
    private static final int PICTURES_AT_ONCE = 32;
    private static final int ITEMS_AT_ONCE = 32;
    private static final int TEXTS_AT_ONCE = 1024;
    private static final int TEXT_CHARACTERS = 100_000;
    private static final int MOST_EXPLAINED = 16;
    private static final int LONGEST_SIDE = 1600;

    private final String name;
    private final Classifier classifier;
    private final @Nullable NearestExamples known;
    private final PredictOptions options;
    private final ServerMetrics metrics;
    private final Call call;
    private long pixels;

    /**
     * Makes a predictor.
     *
     * @param known the known examples as this network sees them; null if there are none, or none yet
     */
    Predictor(
            String name,
            Classifier classifier,
            @Nullable NearestExamples known,
            PredictOptions options,
            ServerLimits limits,
            ServerMetrics metrics,
            Call call) {
        this.name = name;
        this.classifier = classifier;
        this.known = known;
        this.options = options;
        this.metrics = metrics;
        this.call = call;
        this.pixels = limits.pixels();
    }

    /** An answer for each example, in order. */
    List<PredictionAnswer> answers(Examples examples) {
        return answers(examples, picture -> {});
    }

    /**
     * Answers, in order.
     *
     * @param decoded is given every picture on the way, in order; of items none
     */
    List<PredictionAnswer> answers(Examples examples, Consumer<Image> decoded) {
        requireKind(examples);
        requireOptions(examples);
        if (examples instanceof Examples.Texts texts) {
            return ofTexts(texts.texts());
        } else if (examples instanceof Examples.Items items) {
            ItemReader reader = new ItemReader(classifier.branches(), this::picture);
            return batches(
                    items.items(),
                    ITEMS_AT_ONCE,
                    some -> ofItems(some.stream().map(reader::item).toList()));
        }
        List<Examples.Picture> files = ((Examples.Pictures) examples).files();
        return batches(
                files, Math.min(PICTURES_AT_ONCE, classifier.batchSize()), some -> ofPictures(some, files, decoded));
    }

    private void requireKind(Examples examples) {
        String takes = ModelPage.takes(classifier);
        if (!takes.equals(examples.kind())) {
            throw new Refusal(
                    400,
                    Problem.of("The model takes other examples than these.")
                            .where("model " + name)
                            .expected(
                                    switch (takes) {
                                        case "texts" -> "texts: {\"texts\": [\"…\"]} as application/json";
                                        case "items" ->
                                            "items with the columns " + columns()
                                                    + ": {\"items\": [{…}]} as application/json";
                                        default ->
                                            "pictures: a file as image/*, several as multipart/form-data, or"
                                                    + " {\"images\": [\"base64\"]} as application/json";
                                    })
                            .found(examples.kind())
                            .fix("send " + takes + ", or ask a model that takes " + examples.kind()));
        }
    }

    private String columns() {
        return String.join(
                ", ",
                classifier.branches().stream()
                        .flatMap(branch -> branch.columns().stream())
                        .distinct()
                        .toList());
    }

    private void requireOptions(Examples examples) {
        if (options.heatmap() && !classifier.takesImages()) {
            throw PredictOptions.useless("heatmap", "a model for pictures", "one for " + examples.kind());
        }
        if (options.explain() && !classifier.takesTexts()) {
            throw PredictOptions.useless("explain", "a model for texts", "one for " + examples.kind());
        }
        if (options.explains() && examples.count() > MOST_EXPLAINED) {
            throw new Refusal(
                    413,
                    Problem.of("There are too many examples in a request that is to be explained.")
                            .expected("at most " + MOST_EXPLAINED)
                            .found(examples.count())
                            .fix("send them in several requests"));
        }
        Double coverage = options.settings().coverage();
        if (coverage != null && classifier.kind().isOneOfNames()) {
            // Refused before anything is classified.
            classifier.sets(coverage);
        }
    }

    private <T> List<PredictionAnswer> batches(
            List<T> all, int atOnce, Function<List<T>, List<PredictionAnswer>> answers) {
        List<PredictionAnswer> together = new ArrayList<>();
        for (int from = 0; from < all.size(); from += atOnce) {
            call.requireWanted();
            together.addAll(answers.apply(all.subList(from, Math.min(all.size(), from + atOnce))));
        }
        return together;
    }

    private List<PredictionAnswer> ofTexts(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).length() > TEXT_CHARACTERS) {
                throw new Refusal(
                        413,
                        Problem.of("A text is too long.")
                                .where("text " + (i + 1))
                                .expected("at most " + TEXT_CHARACTERS + " characters")
                                .found(texts.get(i).length() + " characters")
                                .fix("send its beginning, which is all that the network reads"));
            }
        }
        return batches(texts, TEXTS_AT_ONCE, some -> {
            List<Prediction> predictions = timed(some.size(), () -> classifier.predictTexts(some, options.settings()));
            List<PredictionAnswer> answers = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                answers.add(PredictionAnswer.of(
                        predictions.get(i), null, explained(some.get(i), predictions.get(i)), null));
            }
            return withNearest(answers, () -> classifier.featuresOfTexts(some));
        });
    }

    private @Nullable TextEvidence explained(String text, Prediction one) {
        if (!options.explain()) {
            return null;
        }
        call.requireWanted();
        return classifier.explain(text, one.leading());
    }

    private List<PredictionAnswer> ofItems(List<Item> items) {
        return timed(items.size(), () -> classifier.predictItems(items, options.settings())).stream()
                .map(one -> PredictionAnswer.of(one, null, null, null))
                .toList();
    }

    private List<PredictionAnswer> ofPictures(
            List<Examples.Picture> some, List<Examples.Picture> all, Consumer<Image> decoded) {
        List<Image> images = new ArrayList<>();
        for (Examples.Picture file : some) {
            call.requireWanted();
            images.add(picture("picture " + (all.indexOf(file) + 1), file.content()));
        }
        images.forEach(decoded);
        List<Prediction> predictions = timed(some.size(), () -> classifier.predict(images, options.settings()));
        List<PredictionAnswer> answers = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            answers.add(PredictionAnswer.of(
                    predictions.get(i), some.get(i).name(), null, heatmap(images.get(i), predictions.get(i))));
        }
        return withNearest(answers, () -> classifier.features(images.size(), images::get));
    }

    private List<PredictionAnswer> withNearest(List<PredictionAnswer> answers, Supplier<float[][]> features) {
        NearestExamples examples = known;
        if (options.nearest() == 0 || examples == null) {
            return answers;
        }
        call.requireWanted();
        List<List<NearestExamples.Near>> found = examples.of(features.get(), options.nearest());
        List<PredictionAnswer> pointing = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            pointing.add(answers.get(i).withNearest(found.get(i)));
        }
        return pointing;
    }

    /** A picture out of its file; all those of a request share a number of pixels. */
    private Image picture(String place, byte[] content) {
        Image image = ImageFiles.decode(place, content, pixels).image();
        pixels -= (long) image.height() * image.width();
        return image;
    }

    private PredictionAnswer.@Nullable HeatMapAnswer heatmap(Image image, Prediction one) {
        if (!options.heatmap()) {
            return null;
        }
        call.requireWanted();
        String className = one.leading();
        EvidenceMap map = classifier.evidence(image, className);
        byte[] png = Png.encode(HeatMap.overlay(image, map, LONGEST_SIDE));
        return new PredictionAnswer.HeatMapAnswer(
                className,
                map.method().label(),
                "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
    }

    private List<Prediction> timed(int examples, Supplier<List<Prediction>> work) {
        long start = System.nanoTime();
        List<Prediction> predictions = work.get();
        metrics.predicted(name, examples, System.nanoTime() - start);
        return predictions;
    }
}
