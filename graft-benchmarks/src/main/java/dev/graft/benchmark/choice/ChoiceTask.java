package dev.graft.benchmark.choice;

import dev.graft.experiment.TargetSource;

/**
 * A target task with the source model it starts from.
 *
 * @param name the task's name
 * @param backbone the source model's name
 * @param source draws 1,000 training and 1,000 test images for a seed
 */
record ChoiceTask(String name, String backbone, TargetSource source) {
    static final int TRAIN = 1000;
    static final int TEST = 1000;
}
