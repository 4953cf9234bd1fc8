package dev.graft.evaluation;

import dev.graft.targets.Decision;
import dev.graft.targets.LabelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses from which probability on an example is said to have a label: for each label the threshold with the highest F1 on validation
 * examples, drawn towards a half where few examples have it (Fan and Lin 2007, A study on threshold selection for multi-label
 * classification).
 */
public final class LabelThresholds {
    /** Fewer examples with a label say more about themselves than about its threshold. */
    private static final int FEWEST = 5;

    private static final double HALF = 0.5;
    private static final double WEIGHT_OF_HALF = 10;
    private static final double LOWEST = 0.02;

    private LabelThresholds() {}

    /** The thresholds; the usual ones where there is nothing to choose by. */
    public static Decision choose(@Nullable Evaluation validation) {
        if (validation == null || !(validation.kind() instanceof LabelSet)) {
            return Decision.USUAL;
        }
        List<Double> thresholds = new ArrayList<>();
        for (int label = 0; label < validation.kind().width(); label++) {
            thresholds.add(best(validation, label));
        }
        Decision chosen = new Decision(thresholds);
        return validation.withDecision(chosen).score()
                        > validation.withDecision(Decision.USUAL).score()
                ? chosen
                : Decision.USUAL;
    }

    private static double best(Evaluation validation, int label) {
        int count = validation.size();
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                (a, b) ->
                        Float.compare(validation.answers()[b][label], validation.answers()[a][label]));
        int having = 0;
        for (int i = 0; i < count; i++) {
            having += validation.targets().value(i, label) > 0 ? 1 : 0;
        }
        if (having < FEWEST || having > count - FEWEST) {
            return HALF;
        }
        double best = HALF;
        double highest = -1;
        int right = 0;
        for (int said = 1; said < count; said++) {
            int example = order[said - 1];
            right += validation.targets().value(example, label) > 0 ? 1 : 0;
            float here = validation.answers()[example][label];
            float next = validation.answers()[order[said]][label];
            double f1 = 2.0 * right / (having + said);
            if (here > next && f1 > highest) {
                highest = f1;
                best = ((double) here + next) / 2;
            }
        }
        double drawn = (having * best + WEIGHT_OF_HALF * HALF) / (having + WEIGHT_OF_HALF);
        return Math.max(LOWEST, Math.min(1 - LOWEST, drawn));
    }
}
