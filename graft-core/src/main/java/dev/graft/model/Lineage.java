package dev.graft.model;

/**
 * Where a transferred network comes from.
 *
 * @param backbone the source model's id
 * @param backboneOrigin {@code embedded}, {@code here} or {@code file}
 * @param backboneDigest digest of the source model's weights
 * @param strategy how it was transferred
 * @param data the target data's name
 * @param dataDigest digest of the training data
 * @param trainingExamples how many there were
 * @param seed the run's seed
 * @param version Graft's version
 */
public record Lineage(
        String backbone,
        String backboneOrigin,
        String backboneDigest,
        String strategy,
        String data,
        String dataDigest,
        int trainingExamples,
        long seed,
        String version) {}
