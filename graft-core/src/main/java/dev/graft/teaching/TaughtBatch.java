package dev.graft.teaching;

import dev.graft.data.LabeledExamples;
import dev.graft.feature.FeatureCache;
import java.util.List;

/**
 * Examples that came together. Their features are in the cache under the digest of {@code data}, whose labels mean nothing.
 *
 * @param data texts, or {@link TaughtImages}
 * @param contents what is equal for two examples of equal content
 */
record TaughtBatch(LabeledExamples data, List<String> contents) {
    /** Some of its examples, whose features are found where those of all are. */
    LabeledExamples some(int[] indexes, FeatureCache cache) {
        boolean all = indexes.length == data.size();
        LabeledExamples part = all ? data : data.subset(indexes);
        if (!all) {
            cache.share(part.digest(), new FeatureCache.Part(data, indexes.clone()));
        }
        return part;
    }
}
