package dev.graft.strategy;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Discriminative learning rates (Howard and Ruder 2018, section 3.2).
 *
 * @param head the head's rate, positive
 * @param backbone the rate of the last trained stage, positive
 * @param stageDecay each earlier stage that has weights trains at this multiple of the next one's rate, above 0 and at
 *     most 1
 * @param branches rates of a network's branches by their names, where they differ
 */
public record LearningRates(double head, double backbone, double stageDecay, Map<String, LearningRates> branches) {
    /** Checks the ranges, and copies the map. */
    public LearningRates {
        branches = Collections.unmodifiableMap(new LinkedHashMap<>(branches));
        boolean rates = head > 0 && backbone > 0 && Double.isFinite(head) && Double.isFinite(backbone);
        if (!rates || !(stageDecay > 0 && stageDecay <= 1)) {
            throw new SettingsException(Problem.of("A phase's learning rates are out of range.")
                    .expected("positive rates, and a decay above 0 and at most 1")
                    .found("head " + head + ", backbone " + backbone + ", stage decay " + stageDecay));
        }
    }

    /** Rates that do not differ between branches. */
    public LearningRates(double head, double backbone, double stageDecay) {
        this(head, backbone, stageDecay, Map.of());
    }

    /** Returns these rates with those of each branch. */
    LearningRates withBranches(Map<String, LearningRates> each) {
        return new LearningRates(head, backbone, stageDecay, each);
    }

    /** The rates of one branch. */
    public LearningRates of(String branch) {
        return branches.getOrDefault(branch, this);
    }

    /** One rate for all. */
    public static LearningRates same(double rate) {
        return new LearningRates(rate, rate, 1);
    }
}
