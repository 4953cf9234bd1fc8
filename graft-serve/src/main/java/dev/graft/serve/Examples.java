package dev.graft.serve;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The examples of a request, as they came. */
sealed interface Examples {
    /** How many there are. */
    int count();

    /** What they are, as people say it. */
    String kind();

    /**
     * Pictures.
     *
     * @param files the content of each picture's file
     */
    record Pictures(List<Picture> files) implements Examples {
        /** Copies the list. */
        public Pictures {
            files = List.copyOf(files);
        }

        @Override
        public int count() {
            return files.size();
        }

        @Override
        public String kind() {
            return "pictures";
        }
    }

    /**
     * A picture's file. The content is not copied.
     *
     * @param name what the client calls it, for the answer alone; null if it has no name
     * @param content what is in it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Picture(@Nullable String name, byte[] content) {}

    /**
     * Texts.
     *
     * @param texts the texts
     */
    record Texts(List<String> texts) implements Examples {
        /** Copies the list. */
        public Texts {
            texts = List.copyOf(texts);
        }

        @Override
        public int count() {
            return texts.size();
        }

        @Override
        public String kind() {
            return "texts";
        }
    }

    /**
     * Items of several parts.
     *
     * @param items for each its columns: a {@code String}, a {@code Double}, or a {@link Missing}
     */
    record Items(List<Map<String, Object>> items) implements Examples {
        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public int count() {
            return items.size();
        }

        @Override
        public String kind() {
            return "items";
        }
    }

    /** A column whose value is {@code null}. */
    enum Missing {
        /** The only one. */
        VALUE
    }
}
