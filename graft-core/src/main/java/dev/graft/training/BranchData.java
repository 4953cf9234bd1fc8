package dev.graft.training;

import dev.graft.data.LabeledExamples;
import java.util.List;

/**
 * Labelled examples, and what each branch takes of them.
 *
 * @param whole the examples
 * @param parts one for each branch, in order; of a network with one branch, the examples themselves
 */
record BranchData(LabeledExamples whole, List<LabeledExamples> parts) {
    static BranchData of(LabeledExamples whole, List<SourceBranch> branches) {
        return new BranchData(
                whole,
                branches.stream().map(branch -> branch.part().apply(whole)).toList());
    }

    /** The parts as they are. */
    List<View> plain() {
        return parts.stream().map(View::plain).toList();
    }

    /** The class of each example. */
    int[] labels() {
        return whole.targets().labels();
    }
}
