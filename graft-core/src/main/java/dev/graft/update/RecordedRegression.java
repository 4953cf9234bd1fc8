package dev.graft.update;

import dev.graft.error.SettingsException;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.LinearFunctions;
import dev.graft.statistics.ClassStatistics;
import dev.graft.targets.LabelSet;
import dev.graft.targets.TargetScale;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Ridge regression of several labels or numbers on a record, averaged over stages and shrinkages as {@link RecordedDiscriminants} are. Of
 * labels the function is scaled to logits on held-out examples ({@link LabelScaling}): the regression of a label points where the linear
 * discriminant of the examples with and without it does, and only its length differs.
 */
final class RecordedRegression implements RecordedFunctions {
    /** The head's name. */
    static final String NAME = "regression of the record";

    private static final List<Double> SHRINKAGES = List.of(0.001, 0.01, 0.03, 0.1, 0.3, 0.6, 0.9);
    private static final double MODERATE = 0.3;
    private static final int ROUNDS = 12;

    private final List<Integer> blocks;
    private final int targets;
    private final List<Member> members;

    /**
     * One of the averaged regressions.
     *
     * @param counted the places of the blocks that it takes
     * @param shrinkage of its covariance
     * @param scaling of its outputs, its share in the average included
     */
    private record Member(Set<Integer> counted, double shrinkage, LabelScaling scaling) {}

    /** A regression that may be taken, and its outputs for the held-out examples. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Candidate(Member member, float[] outputs) {}

    private RecordedRegression(List<Integer> blocks, int targets, List<Member> members) {
        this.blocks = blocks;
        this.targets = targets;
        this.members = members;
    }

    /**
     * Chooses on held-out rows; without any, all stages count the same, with a moderate shrinkage.
     *
     * @param statistics that the held-out rows are no part of, targets behind the features
     * @param blocks the widths of the stages' features, in order
     */
    static RecordedRegression choose(ClassStatistics statistics, List<Integer> blocks, HeldRows held) {
        Targets truth = held.targets();
        int targets = truth.kind().width();
        if (truth.size() == 0) {
            Member all = new Member(
                    RecordedDiscriminants.places(0, blocks.size()), MODERATE, LabelScaling.of(new float[0], truth));
            return new RecordedRegression(blocks, targets, List.of(all));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Set<Integer> counted : RecordedDiscriminants.choices(blocks)) {
            for (double shrinkage : SHRINKAGES) {
                try {
                    candidates.add(candidate(statistics, blocks, counted, shrinkage, held));
                } catch (SettingsException constant) {
                    // Nothing of these stages varies: they tell nothing.
                    break;
                }
            }
        }
        if (candidates.isEmpty()) {
            // Says that no feature varies.
            candidate(statistics, blocks, RecordedDiscriminants.places(0, blocks.size()), MODERATE, held);
        }
        TargetScale scale = TargetScale.of(truth);
        int[] taken = GreedyAverage.counts(
                candidates.stream().map(Candidate::outputs).toList(), ROUNDS, outputs -> loss(outputs, truth, scale));
        List<Member> members = new ArrayList<>();
        for (int c = 0; c < taken.length; c++) {
            if (taken[c] > 0) {
                Candidate candidate = candidates.get(c);
                double share = taken[c] / (double) ROUNDS;
                Member member = candidate.member();
                members.add(new Member(
                        member.counted(), member.shrinkage(), member.scaling().times(share)));
            }
        }
        return new RecordedRegression(blocks, targets, members);
    }

    private static Candidate candidate(
            ClassStatistics statistics, List<Integer> blocks, Set<Integer> counted, double shrinkage, HeldRows held) {
        Targets truth = held.targets();
        float[] plain = regression(
                        statistics, blocks, counted, shrinkage, truth.kind().width())
                .of(held.rows(), 1);
        LabelScaling scaling = LabelScaling.of(plain, truth);
        return new Candidate(new Member(counted, shrinkage, scaling), scaling.of(plain));
    }

    private static LinearFunctions regression(
            ClassStatistics statistics, List<Integer> blocks, Set<Integer> counted, double shrinkage, int targets) {
        List<Integer> columns = new ArrayList<>(blocks);
        columns.add(targets);
        return ClassDistances.of(statistics, columns, counted, shrinkage).regression(targets);
    }

    /** Of labels the cross-entropy of logits, of numbers the squared error of standardised ones. */
    private static double loss(float[] outputs, Targets truth, TargetScale scale) {
        int width = truth.kind().width();
        boolean labels = truth.kind() instanceof LabelSet;
        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            double value = truth.value(i / width, i % width);
            if (labels) {
                sum += LabelScaling.loss(outputs[i], value);
            } else {
                double error = (outputs[i] - value) / scale.deviation(i % width);
                sum += error * error;
            }
        }
        return sum;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DiscriminantStrength strength() {
        return DiscriminantStrength.UNUSED;
    }

    @Override
    public LinearFunctions on(ClassStatistics statistics) {
        int features = statistics.width() - targets;
        double[] weights = new double[targets * features];
        double[] biases = new double[targets];
        for (Member member : members) {
            LinearFunctions own = regression(statistics, blocks, member.counted(), member.shrinkage(), targets);
            for (int i = 0; i < weights.length; i++) {
                weights[i] += member.scaling().slope(i / features) * own.weights()[i];
            }
            for (int k = 0; k < targets; k++) {
                biases[k] += member.scaling().slope(k) * own.biases()[k]
                        + member.scaling().offset(k);
            }
        }
        return new LinearFunctions(floats(weights), floats(biases));
    }

    private static float[] floats(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }
}
