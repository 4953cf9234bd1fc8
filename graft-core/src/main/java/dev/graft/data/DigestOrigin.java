package dev.graft.data;

/** Examples that know how their digest came about, as Graft's own do: what others state of theirs is not relied on unseen. */
public interface DigestOrigin {
    /** Whether the digest was computed from all of the content. Wrapped examples answer for those that they wrap. */
    boolean digestIsComputed();

    /** Whether the digest of some examples was computed from all of their content; of a user's own implementation that is not known. */
    static boolean isComputed(LabeledExamples data) {
        if (data instanceof LabeledItems items) {
            return items.imageColumns().stream().allMatch(column -> isComputed(items.images(column)));
        }
        return data instanceof LabeledTexts
                || data instanceof ClassSelection
                || (data instanceof DigestOrigin own && own.digestIsComputed());
    }
}
