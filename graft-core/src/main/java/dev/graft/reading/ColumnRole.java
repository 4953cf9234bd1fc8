package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a column of a table of labelled examples is for, and the names that such columns usually have, in any case. */
enum ColumnRole {
    /** The path of an image file. */
    IMAGE("path", "image files"),
    /** A text. */
    TEXT("text", "texts"),
    /** The class. */
    LABEL("label", "labels"),
    /** The part of the data that an example belongs to. */
    SPLIT("split", "parts");

    private static final Logger LOG = LoggerFactory.getLogger(ColumnRole.class);
    private static final int NAMED = 6;

    /** Other names in use, in small letters and without what may stand between words. */
    private static final Map<ColumnRole, List<String>> OTHERS = Map.of(
            IMAGE,
            List.of(
                    "file",
                    "filename",
                    "filepath",
                    "image",
                    "imagepath",
                    "imagefile",
                    "imagename",
                    "images",
                    "img",
                    "imgpath",
                    "photo",
                    "picture",
                    "路径",
                    "图片",
                    "图像",
                    "文件",
                    "文件名"),
            TEXT,
            List.of(
                    "sentence",
                    "review",
                    "content",
                    "comment",
                    "title",
                    "body",
                    "texts",
                    "reviewtext",
                    "commenttext",
                    "message",
                    "document",
                    "tweet",
                    "post",
                    "question",
                    "utterance",
                    "description",
                    "headline",
                    "query",
                    "文本",
                    "内容",
                    "评论",
                    "句子",
                    "正文",
                    "标题"),
            LABEL,
            List.of(
                    "class",
                    "category",
                    "target",
                    "sentiment",
                    "intent",
                    "y",
                    "labels",
                    "classname",
                    "labelname",
                    "topic",
                    "tag",
                    "标签",
                    "类别",
                    "分类"),
            SPLIT,
            List.of("part", "partition", "subset"));

    private final String name;
    private final String title;

    ColumnRole(String name, String title) {
        this.name = name;
        this.title = title;
    }

    private List<String> others() {
        return Objects.requireNonNull(OTHERS.get(this));
    }

    /** The name that needs no guess, such as {@code label}. */
    String usualName() {
        return name;
    }

    /** The place of the column with the usual name, in any case, or the only one with another name; none if there is none. */
    private OptionalInt find(TableHead head, IntPredicate free, String fix) {
        int[] usual = IntStream.of(head.places(this::usual)).filter(free).toArray();
        int[] found = usual.length > 0
                ? usual
                : IntStream.of(head.places(this::mayBe)).filter(free).toArray();
        if (found.length > 1) {
            String several = Arrays.stream(found)
                    .mapToObj(i -> "'" + Excerpt.of(head.columns().get(i)) + "'")
                    .collect(Collectors.joining(", "));
            throw new DataException(Problem.of("Several columns of a table could hold the " + title + ".")
                    .where(head.where())
                    .expected("a column '" + name + "', or one alone that could be it")
                    .found(several + " among " + head.shown())
                    .fix(fix));
        }
        return found.length == 0 ? OptionalInt.empty() : OptionalInt.of(found[0]);
    }

    /** Whether a column has a name for this role. */
    boolean fits(String column) {
        return usual(column) || mayBe(column);
    }

    /** Whether a column has a name for this role, if not the usual one. */
    boolean mayBe(String column) {
        return others().contains(folded(column));
    }

    /** Whether a column is the role's usual one. */
    boolean usual(String column) {
        return folded(column).equals(name);
    }

    /**
     * The place of the column for this role. If it has another name than the usual one, that is logged.
     *
     * @param fix what the reader may do if there is none, or there are several
     * @throws DataException if there is none, or several could be it; the message lists the columns
     */
    int require(TableHead head, String fix) {
        return require(head, place -> true, fix);
    }

    /** As {@link #require(TableHead, String)}, among some of the columns. */
    int require(TableHead head, IntPredicate free, String fix) {
        OptionalInt found = find(head, free, fix);
        if (found.isEmpty()) {
            throw new DataException(Problem.of("A table lacks a column '" + name + "' for its " + title + ".")
                    .where(head.where())
                    .expected(name + ", or a usual name for it such as "
                            + String.join(", ", others().subList(0, Math.min(NAMED, others().size()))))
                    .found(head.shown())
                    .fix(fix));
        }
        String column = head.columns().get(found.getAsInt());
        if (!usual(column)) {
            LOG.warn("{}: its column '{}' is taken for the {}", head.table(), Excerpt.of(column), title);
        }
        return found.getAsInt();
    }

    private static String folded(String column) {
        return Normalizer.normalize(column, Normalizer.Form.NFKC)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[ _.-]", "");
    }
}
