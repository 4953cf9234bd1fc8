package dev.graft.update;

import dev.graft.error.SettingsException;
import dev.graft.evaluation.Calibration;
import dev.graft.evaluation.Evaluation;
import dev.graft.optimization.CrossEntropy;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.LinearFunctions;
import dev.graft.statistics.ClassStatistics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Linear discriminants on a record of classes, averaged over stages and shrinkages: those of every stage alone, of the last ones and
 * of all, of which greedy selection takes the ones whose average has the lowest loss on held-out examples (Caruana et al. 2004,
 * Ensemble selection from libraries of models). The average is one linear head.
 */
final class RecordedDiscriminants implements RecordedFunctions {
    /** The head's name. */
    static final String NAME = "discriminants of the record";

    private static final List<Double> SHRINKAGES = List.of(0.03, 0.1, 0.3, 0.9);
    private static final int ROUNDS = 12;

    // More features at once take longer to solve than an addition may.
    private static final int MOST_TRIED = 1024;

    private final List<Integer> blocks;
    private final List<Member> members;
    private final DiscriminantStrength strength;

    /**
     * One of the averaged discriminants.
     *
     * @param counted the places of the blocks that it takes
     * @param shrinkage of its covariance
     * @param divisor of its logits, with its share in the average
     */
    private record Member(Set<Integer> counted, double shrinkage, double divisor) {
        LinearFunctions of(ClassStatistics statistics, List<Integer> blocks) {
            return ClassDistances.of(statistics, blocks, counted, shrinkage).discriminants();
        }
    }

    /** A discriminant that may be taken, and what it says of the held-out examples. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Candidate(Member member, float[] logits, double loss) {}

    private RecordedDiscriminants(List<Integer> blocks, List<Member> members, DiscriminantStrength strength) {
        this.blocks = blocks;
        this.members = members;
        this.strength = strength;
    }

    /**
     * Chooses on held-out rows; without any, all stages count the same.
     *
     * @param statistics that the held-out rows are no part of
     * @param blocks the widths of the stages' features, in order
     */
    static RecordedDiscriminants choose(ClassStatistics statistics, List<Integer> blocks, HeldRows held) {
        int[] labels = held.labels();
        DiscriminantStrength all = DiscriminantStrength.of(statistics, blocks, held.rows(), labels);
        if (labels.length == 0) {
            Member only = new Member(places(0, blocks.size()), all.shrinkage(), all.temperature());
            return new RecordedDiscriminants(blocks, List.of(only), all);
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Set<Integer> counted : choices(blocks)) {
            for (double shrinkage : SHRINKAGES) {
                try {
                    candidates.add(candidate(statistics, blocks, counted, shrinkage, held));
                } catch (SettingsException constant) {
                    // Nothing of these stages varies: they tell nothing.
                    break;
                }
            }
        }
        candidates.add(candidate(statistics, blocks, places(0, blocks.size()), all.shrinkage(), held));
        int classes = statistics.classes();
        int[] taken = GreedyAverage.counts(
                candidates.stream().map(Candidate::logits).toList(), ROUNDS, logits -> loss(logits, labels, classes));
        List<Member> members = new ArrayList<>();
        float[] average = new float[labels.length * classes];
        for (int c = 0; c < taken.length; c++) {
            if (taken[c] > 0) {
                Candidate candidate = candidates.get(c);
                double share = taken[c] / (double) ROUNDS;
                Member member = candidate.member();
                members.add(new Member(member.counted(), member.shrinkage(), member.divisor() / share));
                add(candidate.logits(), share, average);
            }
        }
        Evaluation raw = evaluation(average, labels, classes);
        double temperature = Calibration.fit(raw).temperature();
        return new RecordedDiscriminants(
                blocks,
                members.stream()
                        .map(member -> new Member(member.counted(), member.shrinkage(), member.divisor() * temperature))
                        .toList(),
                new DiscriminantStrength(all.shrinkage(), all.temperature(), raw.accuracy()));
    }

    /** Every stage alone, the last ones together, and all; as long as they are not too wide. */
    static Set<Set<Integer>> choices(List<Integer> blocks) {
        Set<Set<Integer>> choices = new LinkedHashSet<>();
        int count = blocks.size();
        for (int i = count - 1; i >= 0; i--) {
            choices.add(places(i, i + 1));
            choices.add(places(i, count));
        }
        choices.removeIf(counted -> counted.stream().mapToInt(blocks::get).sum() > MOST_TRIED && counted.size() > 1);
        return choices;
    }

    static Set<Integer> places(int from, int to) {
        return IntStream.range(from, to).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    private static Candidate candidate(
            ClassStatistics statistics, List<Integer> blocks, Set<Integer> counted, double shrinkage, HeldRows held) {
        // Differences of densities grow with the number of features: as they are, they bear no doubt.
        double size = Math.sqrt(counted.stream().mapToInt(blocks::get).sum());
        Member plain = new Member(counted, shrinkage, size);
        LinearFunctions discriminants = plain.of(statistics, blocks);
        int classes = statistics.classes();
        float[] raw = DiscriminantStrength.logits(discriminants, held.rows(), size);
        Evaluation said = evaluation(raw, held.labels(), classes);
        Calibration calibration = Calibration.fit(said);
        float[] logits = new float[raw.length];
        add(raw, 1 / calibration.temperature(), logits);
        return new Candidate(
                new Member(counted, shrinkage, size * calibration.temperature()),
                logits,
                calibration.apply(said).loss());
    }

    private static Evaluation evaluation(float[] logits, int[] labels, int classes) {
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new Evaluation(CrossEntropy.probabilities(logits, classes), labels, names);
    }

    private static void add(float[] logits, double factor, float[] target) {
        for (int i = 0; i < logits.length; i++) {
            target[i] += (float) (factor * logits[i]);
        }
    }

    private static double loss(float[] logits, int[] labels, int classes) {
        double loss = 0;
        for (int i = 0; i < labels.length; i++) {
            loss += CrossEntropy.loss(logits, i, classes, labels[i]);
        }
        return loss;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** How strong a single discriminant on all stages is best. */
    @Override
    public DiscriminantStrength strength() {
        return strength;
    }

    /** The average on some statistics: its logits are calibrated, and none is infinite. */
    @Override
    public LinearFunctions on(ClassStatistics statistics) {
        float[] weights = new float[statistics.classes() * statistics.width()];
        float[] biases = new float[statistics.classes()];
        for (Member member : members) {
            LinearFunctions own = member.of(statistics, blocks);
            add(own.weights(), 1 / member.divisor(), weights);
            for (int k = 0; k < biases.length; k++) {
                boolean unknown = Float.isInfinite(own.biases()[k]);
                biases[k] = unknown || biases[k] == DiscriminantStrength.IMPOSSIBLE
                        ? (float) DiscriminantStrength.IMPOSSIBLE
                        : (float) (biases[k] + own.biases()[k] / member.divisor());
            }
        }
        return new LinearFunctions(weights, biases);
    }
}
