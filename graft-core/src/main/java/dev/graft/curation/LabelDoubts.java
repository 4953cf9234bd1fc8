package dev.graft.curation;

import dev.graft.result.LabelReview.Evidence;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Labels that are there though heads find them improbable, or missing though they find them probable: each label is a question of two
 * classes, those that have it and those that lack it, with thresholds of its own ({@link LabelErrors#find}).
 */
record LabelDoubts() implements Doubts {
    private static final int FEWEST = 2;

    @Override
    public List<Doubt> find(float[][] answers, Targets targets) {
        List<Doubt> doubts = new ArrayList<>();
        for (int label = 0; label < targets.kind().width(); label++) {
            int place = label;
            float[][] lacksOrHas = new float[answers.length][];
            for (int i = 0; i < answers.length; i++) {
                lacksOrHas[i] = new float[] {1 - answers[i][label], answers[i][label]};
            }
            LabelErrors.find(lacksOrHas, values(targets, label)).stream()
                    .map(one -> new Doubt(
                            one.index(),
                            place,
                            one.likelier(),
                            words(targets, one.index(), place, lacksOrHas[one.index()][1]),
                            Evidence.ofProbabilities(one.givenProbability(), one.likelierProbability()),
                            one.flagged()))
                    .forEach(doubts::add);
        }
        doubts.sort(Comparator.<Doubt>comparingDouble(one -> one.evidence().givenProbability() == null
                        ? 1
                        : one.evidence().givenProbability())
                .thenComparingInt(Doubt::index)
                .thenComparingInt(Doubt::place));
        return doubts;
    }

    private static int[] values(Targets targets, int label) {
        return IntStream.range(0, targets.size())
                .map(i -> (int) targets.value(i, label))
                .toArray();
    }

    private static String words(Targets targets, int example, int label, double probability) {
        boolean any = IntStream.range(0, targets.kind().width()).anyMatch(place -> targets.value(example, place) > 0);
        return String.format(
                Locale.ROOT,
                "%s; %s %s (%.2f)",
                any ? "labelled " + targets.describe(example) : "without a label",
                targets.value(example, label) > 0 ? "has" : "lacks",
                targets.kind().names().get(label),
                probability);
    }

    @Override
    public List<String> unchecked(Targets targets) {
        return IntStream.range(0, targets.kind().width())
                .filter(label -> {
                    int having = IntStream.of(values(targets, label)).sum();
                    return having < FEWEST || targets.size() - having < FEWEST;
                })
                .mapToObj(targets.kind().names()::get)
                .toList();
    }

    @Override
    public String note(Targets targets, String name) {
        return "Of label " + name + " not everything could be reviewed: fewer than two examples have it, or lack it.";
    }

    @Override
    public boolean shows(Targets targets, int example, Doubt doubt) {
        return targets.value(example, doubt.place()) == doubt.value();
    }

    @Override
    public String counted() {
        return "label";
    }
}
