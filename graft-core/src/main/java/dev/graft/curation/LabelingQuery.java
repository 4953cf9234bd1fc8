package dev.graft.curation;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which examples are worth a label next. While there are few labels, the typical example of each cluster that holds none
 * (TypiClust, Hacohen, Dekel and Weinshall 2022, arXiv 2202.02794); once there are many, examples that a network is unsure of and
 * that differ from each other (Zhdanov 2019, arXiv 1901.05954). Immutable.
 */
public final class LabelingQuery {
    /** More examples than these are not looked at: they would not fit into memory, and a part holds typical ones too. */
    public static final int MOST_EXAMPLES = 20_000;

    private static final long MOST_VALUES = 8L << 20;
    private static final int PROJECTED = 1024;
    private static final int NEIGHBORS = 20;
    private static final int MOST_CLUSTERS = 500;
    // With fewer, typical examples taught more than those in doubt: docs/curation.md.
    private static final int ENOUGH_FOR_EACH = 20;
    // The shares of the paper: among ten times as many as are wanted.
    private static final int UNSURE_FOR_EACH = 10;

    private final Embeddings examples;
    private final long seed;

    /**
     * Prepares a choice.
     *
     * @param examples all examples, with and without labels; no more than {@link #MOST_EXAMPLES}
     * @param seed where clusters begin
     */
    public LabelingQuery(Embeddings examples, long seed) {
        this.examples = (long) examples.count() * examples.width() > MOST_VALUES
                ? examples.projected(PROJECTED, seed)
                : examples;
        this.seed = seed;
    }

    /**
     * An example that is worth a label.
     *
     * @param index its place among the examples
     * @param clusterSize how many examples it stands for
     * @param typicality one over the mean distance to its nearest neighbours in its cluster
     * @param margin by how much the likeliest class leads the next, or how far the nearest label is from its threshold, 0 to 1; NaN where no
     *     network was asked, or it is one for numbers
     * @param reason what a network's answer says of it, in a few words; empty where none was asked
     */
    public record Choice(int index, int clusterSize, double typicality, double margin, String reason) {}

    /**
     * What was chosen, and how.
     *
     * @param method how, in a few words
     * @param choices the examples, the most worthwhile first
     */
    public record Round(String method, List<Choice> choices) {
        /** Copies the list. */
        public Round {
            choices = List.copyOf(choices);
        }
    }

    /**
     * The choice that suits how many labels there are: typical examples, or from 20 labels a class on those that a logistic
     * regression on the labelled vectors is unsure of.
     *
     * @param labels the label of each example, empty where it has none
     * @param listed whether each example is labelled, or listed to be
     * @param budget how many are wanted
     * @throws SettingsException if the budget is not positive
     * @throws DataException if there are fewer examples that are not listed
     */
    public Round next(List<String> labels, boolean[] listed, int budget) {
        List<String> classes = labels.stream()
                .filter(label -> !label.isEmpty())
                .distinct()
                .sorted()
                .toList();
        long count = labels.stream().filter(label -> !label.isEmpty()).count();
        if (classes.size() < 2 || count < (long) ENOUGH_FOR_EACH * classes.size()) {
            return new Round("the typical example of each group that holds no label", typical(listed, budget));
        }
        return next(
                listed,
                Uncertainty.ofClasses(
                        "examples that a head on the " + count + " labels is unsure of, and that differ",
                        LabeledHead.probabilities(examples, labels, classes)),
                budget);
    }

    /**
     * The choice for a network that knows what is to be told: examples of which it knows little; typical ones where that is not known.
     *
     * @param listed whether each example is labelled, or listed to be
     * @param uncertainty how little the network knows of each example
     * @param budget how many are wanted
     * @throws SettingsException if the budget is not positive
     * @throws DataException if there are fewer examples that are not listed
     */
    public Round next(boolean[] listed, Uncertainty uncertainty, int budget) {
        return new Round(
                uncertainty.method(),
                uncertainty.isKnown() ? unsure(listed, uncertainty, budget) : typical(listed, budget));
    }

    /**
     * The typical examples of clusters that hold no label, the largest cluster first; of those that hold labels only when there are
     * no others.
     *
     * @param labeled whether each example has a label already
     * @param budget how many are wanted
     * @throws SettingsException if the budget is not positive
     * @throws DataException if there are fewer examples without a label
     */
    public List<Choice> typical(boolean[] labeled, int budget) {
        requireEnough(labeled, budget);
        int labels = count(labeled, true);
        int clusters = Math.min(examples.count(), Math.max(budget, Math.min(labels + budget, MOST_CLUSTERS)));
        int[] cluster = KMeans.of(examples.vectors(0, examples.count()), examples.width(), clusters, seed);
        List<List<Integer>> members = members(cluster, clusters, labeled);
        int[] covered = new int[clusters];
        IntStream.range(0, labeled.length).filter(i -> labeled[i]).forEach(i -> covered[cluster[i]]++);
        List<List<Integer>> order = IntStream.range(0, clusters)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(k -> covered[k])
                        .thenComparingInt(k -> -members.get(k).size()))
                .map(members::get)
                .toList();
        return choose(order, budget, Uncertainty.unknown());
    }

    /**
     * Examples of which a network knows little, spread over as many clusters of such examples as are wanted.
     *
     * @param labeled whether each example has a label already
     * @param uncertainty how little the network knows of each example
     * @param budget how many are wanted
     * @throws SettingsException if the budget is not positive
     * @throws DataException if there are fewer examples without a label
     */
    public List<Choice> unsure(boolean[] labeled, Uncertainty uncertainty, int budget) {
        requireEnough(labeled, budget);
        int[] candidates = IntStream.range(0, labeled.length)
                .filter(i -> !labeled[i])
                .boxed()
                .sorted(Comparator.comparingDouble(uncertainty::order))
                .limit((long) UNSURE_FOR_EACH * budget)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] found = KMeans.of(examples.vectors(candidates), examples.width(), budget, seed);
        List<List<Integer>> members = new ArrayList<>();
        IntStream.range(0, budget).forEach(k -> members.add(new ArrayList<>()));
        IntStream.range(0, candidates.length).forEach(i -> members.get(found[i]).add(candidates[i]));
        members.sort(Comparator.comparingInt(own -> -own.size()));
        return choose(members, budget, uncertainty);
    }

    /**
     * What a choice is compared with: any examples without a label, all with the same probability.
     *
     * @param labeled whether each example has a label already
     * @param budget how many are wanted, no more than there are
     * @param seed draws them
     */
    public static int[] random(boolean[] labeled, int budget, long seed) {
        int[] left = IntStream.range(0, labeled.length).filter(i -> !labeled[i]).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < budget; i++) {
            int j = i + random.nextInt(left.length - i);
            int chosen = left[j];
            left[j] = left[i];
            left[i] = chosen;
        }
        return Arrays.copyOf(left, budget);
    }

    /** Refuses a budget that cannot be spent. */
    static void requireEnough(boolean[] labeled, int budget) {
        if (budget < 1) {
            throw new SettingsException(Problem.of("A budget of labels must be positive.")
                    .expected("at least 1")
                    .found(budget));
        }
        int left = count(labeled, false);
        if (left < budget) {
            throw new DataException(Problem.of("There are fewer examples without a label than are to be chosen.")
                    .expected("at least " + budget)
                    .found(left)
                    .fix(left == 0 ? "add examples: all of these are labelled or listed" : "ask for at most " + left));
        }
    }

    private static int count(boolean[] labeled, boolean wanted) {
        return (int) IntStream.range(0, labeled.length)
                .filter(i -> labeled[i] == wanted)
                .count();
    }

    private static List<List<Integer>> members(int[] cluster, int clusters, boolean[] labeled) {
        List<List<Integer>> members = new ArrayList<>();
        IntStream.range(0, clusters).forEach(k -> members.add(new ArrayList<>()));
        IntStream.range(0, cluster.length).filter(i -> !labeled[i]).forEach(i -> members.get(cluster[i])
                .add(i));
        return members;
    }

    /** The most typical of each cluster in turn, then the next most typical, until there are enough. */
    private List<Choice> choose(List<List<Integer>> clusters, int budget, Uncertainty uncertainty) {
        List<Choice> chosen = new ArrayList<>();
        List<List<Choice>> ranked = new ArrayList<>();
        for (int round = 0; chosen.size() < budget; round++) {
            for (int k = 0; k < clusters.size() && chosen.size() < budget; k++) {
                if (ranked.size() == k) {
                    ranked.add(ranked(clusters.get(k), uncertainty));
                }
                if (round < ranked.get(k).size()) {
                    chosen.add(ranked.get(k).get(round));
                }
            }
        }
        return chosen;
    }

    private List<Choice> ranked(List<Integer> members, Uncertainty uncertainty) {
        if (members.isEmpty()) {
            return List.of();
        }
        Embeddings own =
                examples.some(members.stream().mapToInt(Integer::intValue).toArray());
        List<List<NearestNeighbors.Neighbor>> neighbors =
                new NearestNeighbors(own).of(own, NEIGHBORS, (query, example) -> query != example);
        return IntStream.range(0, members.size())
                .mapToObj(i -> new Choice(
                        members.get(i),
                        members.size(),
                        typicality(neighbors.get(i)),
                        uncertainty.margin(members.get(i)),
                        uncertainty.reason(members.get(i))))
                .sorted(Comparator.comparingDouble(Choice::typicality)
                        .reversed()
                        .thenComparingInt(Choice::index))
                .toList();
    }

    private static double typicality(List<NearestNeighbors.Neighbor> neighbors) {
        double mean = neighbors.stream()
                .mapToDouble(one -> Math.sqrt(Math.max(0, 2 - 2 * one.similarity())))
                .average()
                .orElse(2);
        return 1 / Math.max(mean, 1e-9);
    }
}
