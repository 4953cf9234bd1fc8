package dev.graft.benchmark.curation;

import dev.graft.backbone.Backbone;
import dev.graft.benchmark.NamedData;
import dev.graft.benchmark.budget.Cifar10;
import dev.graft.benchmark.choice.ChoiceBenchmark;
import dev.graft.data.ClassSelection;
import dev.graft.data.Environment;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.NestedSubsets;
import dev.graft.data.Shapes;
import dev.graft.mnist.Mnist;
import dev.graft.mnist.MnistData;
import dev.graft.reading.ImageFolder;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TableFile;
import dev.graft.source.Backbones;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Examples whose labels are known, and a source model that has not seen them.
 *
 * @param name the task's name
 * @param backbone the source model
 * @param pool 2,000 examples, or all there are
 * @param test 1,000 others, or all there are
 */
record CurationTask(String name, Backbone backbone, LabeledExamples pool, LabeledExamples test) {
    static final List<String> NAMES =
            List.of("four-things", "ten-things", "digits", "cells", "meals", "films", "shapes");

    private static final int POOL = 2000;
    private static final int TEST = 1000;
    // Draws the examples of all tasks.
    private static final long DIVISION = 2026;
    private static final int SIDE = 128;

    /**
     * Reads a task.
     *
     * @param work where pictures are unpacked
     * @throws IOException if they cannot be
     */
    static CurationTask named(String name, Path work) throws IOException {
        return switch (name) {
            case "four-things" ->
                divided(
                        name,
                        ChoiceBenchmark.backbone("things"),
                        ClassSelection.of(things(work), List.of("bird", "cat", "horse", "ship")));
            case "ten-things" -> divided(name, large(), things(work));
            case "digits" -> {
                MnistData mnist = Mnist.load(Environment.system(), null);
                yield new CurationTask(
                        name, Backbones.load("cifar-resnet"), some(mnist.train(), POOL), some(mnist.test(), TEST));
            }
            case "cells" -> {
                LabeledImages train = ImageFolder.of(NamedData.folder("cells").resolve("train"));
                yield new CurationTask(
                        name,
                        Backbones.loadUsual(train),
                        train,
                        ImageFolder.of(NamedData.folder("cells").resolve("test")));
            }
            case "meals" ->
                divided(
                        name,
                        Backbones.load("bge-small-zh"),
                        LabeledTable.of(NamedData.folder("waimai").resolve("waimai_10k.csv"))
                                .texts()
                                .train());
            case "films" ->
                divided(
                        name,
                        Backbones.load("minilm-l6"),
                        LabeledTable.of(TableFile.of(NamedData.folder("sst2").resolve("train.tsv"))
                                        .withoutHeader())
                                .texts()
                                .train());
            case "shapes" -> divided(name, Backbones.load("digits-cnn"), Shapes.draw(POOL + TEST, DIVISION));
            default -> throw new IllegalArgumentException("no task " + name + ", but " + NAMES);
        };
    }

    private static LabeledImages things(Path work) throws IOException {
        return ImageFolder.of(Cifar10.unpacked(work).resolve("train"));
    }

    /** Pictures of 32 pixels are blown up to no more than this network needs. */
    private static Backbone large() {
        Backbone own = Backbones.load("tf_efficientnet_lite0");
        return new Backbone(own.architecture().withInputSize(SIDE, SIDE), own.weights(), own.card());
    }

    private static LabeledExamples some(LabeledExamples all, int count) {
        return all.subset(
                NestedSubsets.stratified(all, List.of(count), DIVISION).get(0));
    }

    private static CurationTask divided(String name, Backbone backbone, LabeledExamples all) {
        int[] order =
                NestedSubsets.stratified(all, List.of(POOL + TEST), DIVISION).get(0);
        return new CurationTask(
                name,
                backbone,
                all.subset(Arrays.copyOf(order, POOL)),
                all.subset(Arrays.copyOfRange(order, POOL, POOL + TEST)));
    }
}
