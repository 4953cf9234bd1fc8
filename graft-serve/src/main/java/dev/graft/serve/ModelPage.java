package dev.graft.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.backbone.Backbone;
import dev.graft.data.ColumnKind;
import dev.graft.error.VisibleText;
import dev.graft.model.ClassRecord;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a network.
 *
 * @param takes {@code pictures}, {@code texts} or {@code items}
 * @param task what it tells: {@code classification}, {@code multi-label}, {@code regression} or {@code ordinal}
 * @param columns of items the columns, each with its kind: {@code image}, {@code text}, {@code number} or {@code category}
 * @param classes the names of the classes, labels, numbers or grades
 * @param network the networks below the head, one for each branch
 * @param temperature what calibration divides the logits by
 * @param threshold the confidence below which an example is none of the classes; null for none
 * @param tellsUnknownByDistance whether it tells examples of none of the classes by their distances to the classes
 * @param givesSets whether it can give sets of classes with a coverage
 * @param evidence how maps of evidence are computed; null if it takes no pictures
 * @param weightsDigest digest of all weights
 * @param lineage where it comes from; null of a source model
 * @param metrics what was measured when it was made, by name; empty if nothing is known
 */
record ModelPage(
        String takes,
        String task,
        List<Column> columns,
        List<String> classes,
        List<String> network,
        double temperature,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double threshold,

        boolean tellsUnknownByDistance,
        boolean givesSets,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String evidence,

        String weightsDigest,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Lineage lineage,

        Map<String, Double> metrics) {
    /**
     * A column of items.
     *
     * @param name its name
     * @param kind what it holds
     */
    record Column(String name, String kind) {}

    /** Copies the lists. */
    ModelPage {
        columns = List.copyOf(columns);
        classes = List.copyOf(classes);
        network = List.copyOf(network);
        metrics = Map.copyOf(metrics);
    }

    /**
     * What is told of a transferred network.
     *
     * @param metrics what is known of its quality
     */
    static ModelPage of(TransferModel model, Classifier classifier, Map<String, Double> metrics) {
        return of(classifier, model.weights().digest(), visible(model.lineage()), metrics);
    }

    /** What is told of a source model with its own classes. */
    static ModelPage of(Backbone source, Classifier classifier) {
        double accuracy = source.card().testAccuracy();
        return of(
                classifier,
                source.weights().digest(),
                null,
                Double.isNaN(accuracy) ? Map.of() : Map.of("testAccuracy", accuracy));
    }

    private static ModelPage of(
            Classifier classifier, String digest, @Nullable Lineage lineage, Map<String, Double> metrics) {
        ClassRecord record = classifier.record();
        return new ModelPage(
                takes(classifier),
                classifier.kind().task(),
                columns(classifier),
                classifier.classNames(),
                classifier.branches().stream()
                        .map(branch -> branch.architecture().id())
                        .toList(),
                classifier.confidence().temperature(),
                classifier.confidence().threshold(),
                record != null && record.unknown() != null,
                record != null && record.heldOut() != null,
                classifier.takesImages() ? classifier.evidenceMethod().label() : null,
                digest,
                lineage,
                metrics);
    }

    /** What a network takes. */
    static String takes(Classifier classifier) {
        return classifier.takesItems() ? "items" : classifier.takesTexts() ? "texts" : "pictures";
    }

    private static List<Column> columns(Classifier classifier) {
        List<Column> columns = new ArrayList<>();
        if (classifier.takesItems()) {
            for (ModelBranch branch : classifier.branches()) {
                branch.columns().forEach(name -> columns.add(new Column(name, label(branch.kind()))));
            }
        }
        return columns.stream().distinct().toList();
    }

    static String label(ColumnKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Lineage visible(Lineage one) {
        return new Lineage(
                VisibleText.line(one.backbone()),
                one.backboneOrigin(),
                one.backboneDigest(),
                one.strategy(),
                VisibleText.line(one.data()),
                one.dataDigest(),
                one.trainingExamples(),
                one.seed(),
                one.version());
    }
}
