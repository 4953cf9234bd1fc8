package dev.graft.data;

import dev.graft.storage.Digests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The digests of items by the content of all their columns. */
final class ItemDigest {
    private ItemDigest() {}

    /** The digest of all items. */
    static String of(
            LabeledItems items,
            Map<String, LabeledImages> images,
            Map<String, LabeledTexts> texts,
            Map<String, double[]> numbers,
            Map<String, List<String>> categories) {
        MessageDigest sha = DataDigest.ofTargets(items);
        new TreeMap<>(images).forEach((column, values) -> update(sha, "images", column, values.digest()));
        new TreeMap<>(texts).forEach((column, values) -> update(sha, "texts", column, values.digest()));
        new TreeMap<>(numbers).forEach((column, values) -> {
            update(sha, "numbers", column);
            for (double value : values) {
                sha.update(ByteBuffer.allocate(8).putDouble(value).array());
            }
        });
        new TreeMap<>(categories).forEach((column, values) -> {
            update(sha, "categories", column);
            values.forEach(value -> DataDigest.update(sha, value));
        });
        return Digests.hex(sha);
    }

    /** The digest of one item; null if the pictures of a column have none. */
    static @Nullable String of(
            int index,
            Map<String, LabeledImages> images,
            Map<String, LabeledTexts> texts,
            Map<String, double[]> numbers,
            Map<String, List<String>> categories) {
        MessageDigest sha = Digests.sha256();
        for (Map.Entry<String, LabeledImages> column : new TreeMap<>(images).entrySet()) {
            String picture = column.getValue().content(index);
            if (picture == null) {
                return null;
            }
            update(sha, "images", column.getKey(), picture);
        }
        new TreeMap<>(texts).forEach((column, values) -> update(sha, "texts", column, values.content(index)));
        new TreeMap<>(numbers)
                .forEach((column, values) -> update(sha, "numbers", column, Double.toString(values[index])));
        new TreeMap<>(categories).forEach((column, values) -> update(sha, "categories", column, values.get(index)));
        return Digests.hex(sha);
    }

    private static void update(MessageDigest sha, String... parts) {
        for (String part : parts) {
            DataDigest.update(sha, part);
        }
    }
}
