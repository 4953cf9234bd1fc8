package dev.graft.serve;

import dev.graft.curation.ShownExamples;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.VisibleText;
import dev.graft.prediction.Classifier;
import dev.graft.reading.LabeledFiles;
import dev.graft.reading.PartlyLabeled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Labelled pictures or texts that the answers of a model may point to. They are read again whenever the model is replaced, so that
 * features, pictures and labels are always of one reading and of one network.
 */
final class KnownExamples {
    private static final int PICTURES_AT_ONCE = 64;
    private static final int TEXTS_AT_ONCE = 256;

    private final String name;
    private final LabeledExamples examples;
    private final List<String> labels;

    /**
     * Takes those that have a label.
     *
     * @throws DataException if they are neither pictures nor texts, or none has a label
     */
    KnownExamples(PartlyLabeled<?> given) {
        this.name = given.examples().name();
        boolean[] labeled = given.labeled();
        int[] places =
                IntStream.range(0, labeled.length).filter(i -> labeled[i]).toArray();
        if (!(given.examples() instanceof LabeledImages) && !(given.examples() instanceof LabeledTexts)) {
            throw new DataException(Problem.of("Known examples of several parts are not shown.")
                    .where(name)
                    .expected("pictures or texts")
                    .found("items")
                    .fix("leave them out, or give one column of pictures or texts to a model for these"));
        }
        if (places.length == 0) {
            throw new DataException(Problem.of("None of the known examples has a label.")
                    .where(name)
                    .expected("a folder for each class, or a table with a column of labels")
                    .found(labeled.length + " examples without labels")
                    .fix("give labelled examples, such as those that the model was fitted to"));
        }
        PartlyLabeled<?> kept = places.length == labeled.length ? given : given.subset(places);
        this.examples = kept.examples();
        this.labels = kept.labels();
    }

    int size() {
        return labels.size();
    }

    private String kind() {
        return examples instanceof LabeledTexts ? "texts" : "pictures";
    }

    /**
     * Makes sure that a network takes such examples.
     *
     * @throws SettingsException if it takes others
     */
    void requireFit(String model, Classifier classifier) {
        String takes = ModelPage.takes(classifier);
        if (!takes.equals(kind())) {
            throw new SettingsException(Problem.of("The known examples are of another kind than the model takes.")
                    .where("model " + model)
                    .expected(takes.equals("items") ? "none: known examples of several parts are not shown" : takes)
                    .found(kind() + ": " + name)
                    .fix(
                            takes.equals("items")
                                    ? "leave the examples of this model out"
                                    : "give " + takes + ", or name a model for " + kind()));
        }
    }

    /**
     * Reads the examples, and computes their features.
     *
     * @param stop asked between batches
     * @return null if it was stopped
     * @throws DataException if a picture cannot be read
     */
    @Nullable
    NearestExamples seenBy(String model, Classifier classifier, BooleanSupplier stop) {
        requireFit(model, classifier);
        int width = width(classifier);
        int[] places = ExampleShares.even(labels, ExampleShares.most(width));
        float[] features = new float[Math.multiplyExact(places.length, width)];
        List<NearestExamples.Shown> shown = new ArrayList<>();
        int atOnce = kind().equals("texts") ? TEXTS_AT_ONCE : PICTURES_AT_ONCE;
        long bytes = 4L * features.length;
        for (int from = 0; from < places.length; from += atOnce) {
            if (stop.getAsBoolean()) {
                return null;
            }
            int[] some = IntStream.range(from, Math.min(places.length, from + atOnce))
                    .map(i -> places[i])
                    .toArray();
            String[] content = new String[some.length];
            float[][] rows = features(classifier, some, content);
            for (int i = 0; i < some.length; i++) {
                System.arraycopy(rows[i], 0, features, (from + i) * width, width);
                shown.add(shown(some[i], content[i]));
                bytes += content[i].length();
            }
        }
        return new NearestExamples(features, width, shown, bytes);
    }

    private int width(Classifier classifier) {
        return features(classifier, new int[1], new String[1])[0].length;
    }

    /** The features of some examples; what is shown of each is put into {@code content}. */
    private float[][] features(Classifier classifier, int[] places, String[] content) {
        if (examples instanceof LabeledImages images) {
            return classifier.features(places.length, i -> {
                var image = images.image(places[i]);
                content[i] = ShownThumbnail.of(image);
                return image;
            });
        }
        ShownExamples texts = new ShownExamples(examples);
        for (int i = 0; i < places.length; i++) {
            content[i] = Objects.requireNonNull(texts.shown(places[i], "").text());
        }
        return classifier.featuresOfTexts(
                IntStream.of(places).mapToObj(texts::name).toList());
    }

    private NearestExamples.Shown shown(int place, String content) {
        boolean text = examples instanceof LabeledTexts;
        return new NearestExamples.Shown(
                VisibleText.line(labels.get(place)), file(place), text ? null : content, text ? content : null);
    }

    private @Nullable String file(int place) {
        Path last = examples instanceof LabeledFiles files ? files.file(place).getFileName() : null;
        return last == null ? null : VisibleText.line(last.toString());
    }

    /** What there is to say of those that are kept, in a sentence each. */
    List<String> notes(String model, Classifier classifier, NearestExamples kept) {
        List<String> notes = new ArrayList<>();
        notes.add("model " + model + ": " + kept.count() + (kept.count() < size() ? " of " + size() : "")
                + " known examples of " + name + " are kept in " + Math.max(1, kept.bytes() >> 20)
                + " MiB of memory"
                + (kept.count() < size() ? ", evenly from all classes, since there is room for no more" : ""));
        if (classifier.kind().isOneOfNames() && labels.stream().noneMatch(classifier.classNames()::contains)) {
            notes.add("model " + model + ": none of its classes (" + Excerpt.list(classifier.classNames())
                    + ") is a label of " + name + ": these may be the examples of another model");
        }
        return notes;
    }
}
