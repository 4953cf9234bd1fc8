package dev.graft.feature;

import dev.graft.data.DigestOrigin;
import dev.graft.data.Image;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.storage.Digests;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/**
 * Notices that examples whose implementation states a digest itself state that of others, whose features would be taken for theirs: a
 * few of their pictures are compared. For one thread.
 */
final class DigestCheck {
    /** Few beside a pass over all, and enough to tell data sets apart that differ in more than some of their examples. */
    private static final int SAMPLE = 8;

    private final Map<String, Seen> seen = new HashMap<>();

    /**
     * What stated a digest.
     *
     * @param last the examples that did so last, which are not looked at again
     * @param size how many they are
     * @param sample the digest of some of their pictures
     */
    private record Seen(WeakReference<LabeledExamples> last, int size, String sample) {}

    /**
     * Compares examples with those that stated their digest before.
     *
     * @throws DataException if they are others
     */
    void require(LabeledExamples data) {
        if (DigestOrigin.isComputed(data)) {
            return;
        }
        String digest = data.digest();
        Seen before = seen.get(digest);
        if (before != null && before.last().get() == data) {
            return;
        }
        Seen now = new Seen(new WeakReference<>(data), data.size(), sample(data));
        if (before != null && !(before.size() == now.size() && before.sample().equals(now.sample()))) {
            throw new DataException(Problem.of("Two data sets state one digest, and are not equal.")
                    .where(data.name())
                    .expected("a digest of its own for each: features that were computed before are found by it")
                    .found(digest + " of " + data.size() + " examples, and before of " + before.size()
                            + (before.size() == data.size() ? " with other pictures" : ""))
                    .fix("leave out the method digest() of your LabeledImages: it is computed from the pictures then"));
        }
        seen.put(digest, now);
    }

    private static String sample(LabeledExamples data) {
        MessageDigest sha = Digests.sha256();
        if (data instanceof LabeledImages images) {
            update(sha, images);
        } else if (data instanceof LabeledItems items) {
            items.imageColumns().forEach(column -> update(sha, items.images(column)));
        }
        return Digests.hex(sha);
    }

    private static void update(MessageDigest sha, LabeledImages images) {
        int count = Math.min(SAMPLE, images.size());
        for (int i = 0; i < count; i++) {
            // The first, the last, and evenly between them.
            int index = count == 1 ? 0 : (int) ((long) i * (images.size() - 1) / (count - 1));
            Image image = images.image(index);
            sha.update(ByteBuffer.allocate(12)
                    .putInt(image.height())
                    .putInt(image.width())
                    .putInt(image.channels())
                    .array());
            sha.update(image.pixels());
        }
    }

    void clear() {
        seen.clear();
    }
}
