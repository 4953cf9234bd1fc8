package dev.graft.curation;

import dev.graft.curation.LabelingQuery.Choice;
import dev.graft.curation.LabelingQuery.Round;
import dev.graft.result.ExampleSheet;
import dev.graft.result.ExampleSheet.Entry;
import dev.graft.result.ExampleSheet.Fact;
import dev.graft.result.LabelReview;
import dev.graft.result.NeighborResult;
import dev.graft.result.SearchResult;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What was found, with the examples themselves, to be looked at. */
public final class ExampleSheets {
    private ExampleSheets() {}

    /**
     * The suspects of a review, each beside what it is like.
     *
     * @param shown the examples that were reviewed
     */
    public static ExampleSheet of(LabelReview review, ShownExamples shown) {
        boolean ofClasses = kind(review).isOneOfNames();
        List<Entry> entries = review.suspects().stream()
                .map(one -> new Entry(
                        shown.shown(one.index(), caption(shown, one.index())),
                        one.given() + " → " + one.likelier() + "?",
                        lines(one, ofClasses),
                        one.flagged(),
                        aside(one, ofClasses),
                        others(one.neighbors(), shown, !ofClasses)))
                .toList();
        List<String> notes = new ArrayList<>();
        notes.add(
                "A suspect may also be a rare or difficult example whose label is right: look at each. Nothing was changed.");
        notes.addAll(review.notes());
        return new ExampleSheet(
                "Suspicious labels of " + review.data(),
                review.conclusion(),
                notes,
                List.of(
                        new Fact("examples", count(review.examples())),
                        new Fact("likely wrong", count(review.flagged())),
                        new Fact("shown here", count(review.suspects().size())),
                        kind(review) instanceof OneClass
                                ? new Fact(
                                        "labels that held-out heads agree with",
                                        percent(review.heads().score()))
                                : new Fact(
                                        review.heads().measure() + " of held-out heads",
                                        number(review.heads().score())),
                        new Fact("features of", review.heads().backbone())),
                entries);
    }

    private static TargetKind kind(LabelReview review) {
        return TargetKind.of(review.told().task(), review.told().names());
    }

    private static List<String> lines(LabelReview.Suspect one, boolean ofClasses) {
        Double given = one.evidence().givenProbability();
        Double likelier = one.evidence().likelierProbability();
        return !ofClasses || given == null || likelier == null
                ? List.of(one.doubt())
                : List.of(
                        "labelled " + one.given() + ", held-out probability " + number(given),
                        one.likelier() + " has " + number(likelier));
    }

    private static String aside(LabelReview.Suspect one, boolean ofClasses) {
        if (one.neighbors().isEmpty()) {
            return "";
        }
        return ofClasses
                ? "the nearest examples of " + one.likelier()
                : "the nearest examples, and what is told of them";
    }

    /**
     * The examples that were chosen to be labelled.
     *
     * @param pool where they were chosen
     */
    public static ExampleSheet of(Round round, LabelingPool pool, String backbone) {
        ShownExamples shown = new ShownExamples(pool.examples());
        List<Choice> choices = round.choices();
        List<Entry> entries = IntStream.range(0, choices.size())
                .mapToObj(i -> entry(i, choices.get(i), shown))
                .toList();
        List<String> notes = new ArrayList<>();
        notes.add("Chosen: " + round.method() + ".");
        notes.addAll(pool.notes());
        return new ExampleSheet(
                "What to label next",
                choices.size() + (choices.size() == 1 ? " example" : " examples") + " to label next.",
                notes,
                List.of(
                        new Fact("examples", count(pool.examples().size())),
                        new Fact("labelled already", count(pool.labeledCount())),
                        new Fact("to be labelled now", count(choices.size())),
                        new Fact("features of", backbone)),
                entries);
    }

    private static Entry entry(int place, Choice choice, ShownExamples shown) {
        List<String> lines = new ArrayList<>();
        lines.add("of a group of " + choice.clusterSize());
        if (!choice.reason().isEmpty()) {
            lines.add(choice.reason());
        }
        return new Entry(
                shown.shown(choice.index(), caption(shown, choice.index())),
                Integer.toString(place + 1),
                lines,
                false,
                "",
                List.of());
    }

    /**
     * Queries, each beside its nearest examples.
     *
     * @param queries what was searched for
     * @param shown the examples that were searched
     */
    public static ExampleSheet of(SearchResult result, ShownExamples queries, ShownExamples shown) {
        List<Entry> entries = IntStream.range(0, result.queries().size())
                .mapToObj(i -> {
                    SearchResult.Query one = result.queries().get(i);
                    return new Entry(
                            queries.shown(i, caption(queries, i)),
                            one.predicted() == null ? "query " + (i + 1) : one.predicted(),
                            lines(one),
                            false,
                            "the nearest examples",
                            others(one.neighbors(), shown, true));
                })
                .toList();
        return new ExampleSheet(
                "Examples that are alike",
                "The nearest of " + count(result.examples()) + " examples to each of "
                        + (result.queries().size() == 1
                                ? "one query"
                                : result.queries().size() + " queries")
                        + ".",
                List.of(
                        "A number is the cosine of the angle between two vectors of features: 1 for the same direction."),
                List.of(new Fact("examples", count(result.examples())), new Fact("features of", result.model())),
                entries);
    }

    private static List<String> lines(SearchResult.Query one) {
        List<String> lines = new ArrayList<>();
        if (one.predicted() != null && one.confidence() != null) {
            lines.add("predicted with confidence " + number(one.confidence()));
        }
        long labelled = one.neighbors().stream()
                .filter(neighbor -> !neighbor.label().isEmpty())
                .count();
        if (one.predicted() != null && labelled > 0) {
            long same = one.neighbors().stream()
                    .filter(neighbor -> neighbor.label().equals(one.predicted()))
                    .count();
            lines.add(same + " of " + labelled + " neighbours are labelled so");
        }
        return lines;
    }

    private static List<ExampleSheet.Shown> others(
            List<NeighborResult> neighbors, ShownExamples shown, boolean labels) {
        return neighbors.stream()
                .map(one -> shown.shown(
                        one.index(),
                        labels && !one.label().isEmpty()
                                ? one.label() + " " + number(one.similarity())
                                : number(one.similarity())))
                .toList();
    }

    /** Of a picture what tells it from others; a text tells itself. */
    private static String caption(ShownExamples shown, int index) {
        String caption = shown.examples().caption(index);
        return caption == null || shown.isTexts() ? "" : caption;
    }

    private static String count(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
