package dev.graft.cli;

import dev.graft.data.Image;
import dev.graft.data.Item;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.image.ImageFiles;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Observation;
import dev.graft.reading.UnlabeledItems;
import dev.graft.statistics.ClassDistances.Distance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Examples without labels, as a network sees them: a folder of pictures, or a table of texts or items. */
final class UnlabeledData {
    // Decoded photographs are in memory together.
    private static final int AT_ONCE = 32;

    private final Classifier classifier;
    private final TextOptions options;
    private final Console console;

    UnlabeledData(Classifier classifier, TextOptions options, Console console) {
        this.classifier = classifier;
        this.options = options;
        this.console = console;
    }

    /**
     * What the network says of all examples there; what cannot be read is named and left out.
     *
     * @throws DataException if there is nothing there, or nothing that can be read
     */
    Observation observe(Path place) throws IOException {
        if (!Files.exists(place)) {
            throw new DataException(Problem.of("There is no such data.")
                    .where(place.toAbsolutePath())
                    .expected(classifier.takesImages() ? "a folder of image files" : "a table of texts or items")
                    .found("nothing")
                    .fix("check the path"));
        }
        Observation observation = classifier.takesItems()
                ? items(place)
                : classifier.takesTexts() ? texts(place) : images(FilesToClassify.in(List.of(place)));
        if (observation.answers().length == 0) {
            throw new DataException(Problem.of("There are no examples to look at.")
                    .where(place.toAbsolutePath())
                    .expected("at least one that can be read")
                    .fix("check the path"));
        }
        return observation;
    }

    private Observation texts(Path file) {
        if (Files.isDirectory(file)) {
            throw new DataException(Problem.of("A folder holds no texts.")
                    .where(file.toAbsolutePath())
                    .expected("a CSV, TSV or JSON lines file with a column of texts: this bundle takes texts")
                    .found("a folder")
                    .fix("give the file"));
        }
        return classifier.observeTexts(options.table(file).unlabeledTexts());
    }

    private Observation items(Path file) throws IOException {
        List<Observation> parts = new ArrayList<>();
        try (UnlabeledItems items =
                ItemData.table(classifier.branches(), file, options).unlabeled(AT_ONCE)) {
            for (List<UnlabeledItems.Row> rows = items.next(); !rows.isEmpty(); rows = items.next()) {
                List<Item> good = rows.stream()
                        .map(UnlabeledItems.Row::item)
                        .filter(Objects::nonNull)
                        .toList();
                rows.stream()
                        .filter(row -> row.fault() != null)
                        .forEach(row -> console.warn("left out: " + row.where()));
                parts.add(classifier.observeItems(good));
            }
        }
        return joined(parts);
    }

    private Observation images(FilesToClassify files) throws IOException {
        List<Observation> parts = new ArrayList<>();
        for (int from = 0; from < files.size(); from += AT_ONCE) {
            List<Image> images = new ArrayList<>();
            for (Path file : files.paths().subList(from, Math.min(files.size(), from + AT_ONCE))) {
                try {
                    images.add(ImageFiles.decode(file).image());
                } catch (DataException e) {
                    console.warn("left out: " + e.getMessage());
                }
            }
            parts.add(classifier.observe(images.size(), images::get));
        }
        return joined(parts);
    }

    private static Observation joined(List<Observation> parts) {
        List<float[]> answers = new ArrayList<>();
        List<Distance> distances = new ArrayList<>();
        for (Observation part : parts) {
            answers.addAll(List.of(part.answers()));
            distances.addAll(part.distances());
        }
        return new Observation(parts.get(0).kind(), answers.toArray(float[][]::new), distances);
    }
}
