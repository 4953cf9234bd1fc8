package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.data.LabeledItems;
import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.image.TestFolder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTableTest {
    @TempDir
    private Path folder;

    @Test
    void mapsGiveTextsWithoutAFile() {
        Table table = StreamTable.ofMaps(
                "reviews",
                () -> Stream.of(Map.of("Review", "well made", "stars", 5), Map.of("Review", "dull", "stars", 1)));

        LabeledTexts texts = LabeledTable.of(table).withLabel("Stars").texts().train();

        assertThat(texts.name()).isEqualTo("reviews");
        assertThat(texts.text(0)).isEqualTo("well made");
        assertThat(texts.classNames()).containsExactly("1", "5");
    }

    @Test
    void listsGiveItemsAndNullIsNoValue() {
        new TestFolder(folder).noise("a.png", 1);
        Table table = StreamTable.ofLists(
                        "offers",
                        List.of("photo", "price", "colour", "label"),
                        () -> Stream.of(
                                Arrays.asList(Path.of("a.png"), new BigDecimal("1.50"), null, "x"),
                                Arrays.asList("a.png", null, "red", "y")))
                .withFolder(folder);

        LabeledItems items = LabeledTable.of(table)
                .withColumns(new ItemColumns(List.of("photo"), List.of(), List.of("price"), List.of("colour")))
                .items()
                .train();

        assertThat(items.presentNumbers("price")).containsExactly(1.5);
        assertThat(items.categories("colour")).containsExactly("", "red");
        assertThat(items.images("photo").image(1).width()).isEqualTo(16);
    }

    @Test
    void everyStreamIsClosedAndReadNoFurtherThanIsAskedFor() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger given = new AtomicInteger();
        StreamTable table = StreamTable.ofLists("rows", List.of("text", "label"), () -> {
            open.incrementAndGet();
            return IntStream.range(0, 1_000_000)
                    .mapToObj(i -> {
                        given.incrementAndGet();
                        return List.of("text " + i, "abc".charAt(i % 3));
                    })
                    .onClose(open::decrementAndGet);
        });

        assertThat(table.head().sample()).hasSizeLessThan(1000);
        try (RowCursor rows = table.rows(1)) {
            assertThat(rows.next()).isEqualTo(new RowCursor.Row(1, List.of("a")));
            assertThat(rows.next()).isEqualTo(new RowCursor.Row(2, List.of("b")));
        }
        assertThat(given.get()).isLessThan(5000);
        List<String> labels = new ArrayList<>();
        table.read(head -> new int[] {head.place("LABEL", "")}, (row, fields) -> labels.addAll(fields));
        assertThat(labels).hasSize(1_000_000);
        assertThat(open).hasValue(0);
    }

    @Test
    void brokenRowsAreNamedByTheirNumber() {
        Table ragged =
                StreamTable.ofLists("rows", List.of("text", "label"), () -> Stream.of(List.of("a", "x"), List.of("b")));
        Table missing = StreamTable.ofLists(
                "rows", List.of("text", "label"), () -> Stream.of(List.of("a", "x"), (List<String>) null));
        Table unknown = StreamTable.ofMaps(
                "rows", () -> Stream.of(Map.of("text", "a", "label", "x"), Map.of("text", "b", "label", "z")));

        assertRefused(ragged, "rows, row 2");
        assertRefused(missing, "rows, row 2");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> LabeledTable.of(unknown).texts(List.of("x", "y")))
                .withMessageContaining("rows, row 2");
        assertRefused(StreamTable.ofMaps("nothing", Stream::empty), "nothing");
    }

    private static void assertRefused(Table table, String where) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> LabeledTable.of(table).texts())
                .withMessageContaining(where);
    }
}
