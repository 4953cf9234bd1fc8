package dev.graft.experiment;

import dev.graft.data.Image;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.LabeledTexts;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.result.PredictionResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.ReportPictures.LabeledText;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A few examples of some data, to be shown. All else is the same for images, texts
 * and items; what they look like is not.
 */
public final class ReportSamples {
    private static final int PICTURES_PER_CLASS = 10;
    private static final int FEWEST_PER_CLASS = 3;
    // Of all classes together: a page of hundreds of photographs is too large to be sent.
    private static final int PICTURES = 120;
    // As large as a page or a figure draws them: hundreds of photographs as they are would fill the memory.
    private static final int LONGEST_SIDE = 224;
    private static final int TEXTS_PER_CLASS = 3;
    // Enough to see why a text was mistaken; a page may show hundreds.
    private static final int SHOWN_CHARACTERS = 400;

    private ReportSamples() {}

    /** The first examples of each class, class by class in turn. */
    public static List<LabeledPicture> of(LabeledImages data, int perClass) {
        return indexes(data, perClass)
                .mapToObj(i -> new LabeledPicture(data.image(i).atMost(LONGEST_SIDE), label(data, i)))
                .toList();
    }

    /** Samples of the target data, and the test examples that the results' galleries show. */
    static ReportPictures pictures(List<LabeledPicture> sourceSamples, TargetData data, List<StrategyResult> results) {
        IntStream predicted = results.stream()
                .flatMap(result -> Stream.concat(result.gallery().stream(), result.topLosses().stream()))
                .mapToInt(PredictionResult::index);
        int[] shown = IntStream.concat(predicted, results.stream().flatMapToInt(ReportSamples::worst))
                .distinct()
                .toArray();
        if (data.train() instanceof LabeledImages train && data.test() instanceof LabeledImages test) {
            Map<Integer, Image> images = new HashMap<>();
            IntStream.of(shown).forEach(i -> images.put(i, test.image(i).atMost(LONGEST_SIDE)));
            return new ReportPictures(sourceSamples, of(train, perClass(train)), images);
        }
        if (data.train() instanceof LabeledTexts train && data.test() instanceof LabeledTexts test) {
            Map<Integer, String> texts = new HashMap<>();
            IntStream.of(shown).forEach(i -> texts.put(i, beginning(test.text(i))));
            return ReportPictures.ofTexts(
                    indexes(train, TEXTS_PER_CLASS)
                            .mapToObj(i -> new LabeledText(beginning(train.text(i)), label(train, i)))
                            .toList(),
                    texts);
        }
        if (data.train() instanceof LabeledItems train && data.test() instanceof LabeledItems test) {
            return items(train, test, shown);
        }
        return new ReportPictures(sourceSamples, List.of(), Map.of());
    }

    /** An item is shown by its first picture, if it has one, and by its other parts in words. */
    private static ReportPictures items(LabeledItems train, LabeledItems test, int[] shown) {
        List<LabeledPicture> samples = List.of();
        Map<Integer, Image> images = new HashMap<>();
        if (!train.imageColumns().isEmpty()) {
            String column = train.imageColumns().get(0);
            samples = of(train.images(column), perClass(train));
            LabeledImages tested = test.images(column);
            IntStream.of(shown).forEach(i -> images.put(i, tested.image(i).atMost(LONGEST_SIDE)));
        }
        Map<Integer, String> texts = new HashMap<>();
        for (int i : shown) {
            String words = beginning(test.description(i));
            if (!words.isEmpty()) {
                texts.put(i, words);
            }
        }
        List<LabeledText> described = indexes(train, TEXTS_PER_CLASS)
                .mapToObj(i -> new LabeledText(beginning(train.description(i)), label(train, i)))
                .filter(one -> !one.text().isEmpty())
                .toList();
        return new ReportPictures(List.of(), samples, images, described, texts);
    }

    /** The examples of the answers that are farthest off. */
    private static IntStream worst(StrategyResult result) {
        TargetResult told = result.told();
        return told == null ? IntStream.empty() : told.worst().stream().mapToInt(TargetResult.Answer::index);
    }

    private static int perClass(LabeledExamples data) {
        int fitting = PICTURES / groups(data.targets().strata());
        return Math.max(FEWEST_PER_CLASS, Math.min(PICTURES_PER_CLASS, fitting));
    }

    private static IntStream indexes(LabeledExamples data, int perClass) {
        int[] strata = data.targets().strata();
        int classes = data.kind().isOneOfNames() ? data.classNames().size() : groups(strata);
        List<List<Integer>> places = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            places.add(new ArrayList<>());
        }
        for (int i = 0; i < data.size(); i++) {
            List<Integer> mine = places.get(strata[i]);
            if (mine.size() < perClass) {
                mine.add(i);
            }
        }
        return IntStream.range(0, perClass)
                .flatMap(round ->
                        places.stream().filter(mine -> round < mine.size()).mapToInt(mine -> mine.get(round)));
    }

    private static int groups(int[] strata) {
        return Math.max(1, IntStream.of(strata).max().orElse(0) + 1);
    }

    private static String label(LabeledExamples data, int index) {
        return data.targets().describe(index);
    }

    private static String beginning(String text) {
        String stripped = text.strip();
        return stripped.codePointCount(0, stripped.length()) <= SHOWN_CHARACTERS
                ? stripped
                : stripped.substring(0, stripped.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "…";
    }
}
