package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.data.Item;
import dev.graft.error.DataException;
import dev.graft.image.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlabeledItemsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeImages() throws IOException {
        new TestFolder(folder).noise("a.png", 1).noise("b.png", 2);
        Files.writeString(folder.resolve("bad.png"), "no image");
    }

    @Test
    void rowsComeInBatchesAndNeedNoLabel() throws IOException {
        LabeledTable table = table("a.png,red,,Acme\nb.png,blue,3,\na.png,red,4,Acme\n");

        try (UnlabeledItems items = table.unlabeled(2)) {
            List<UnlabeledItems.Row> first = items.next();
            List<UnlabeledItems.Row> second = items.next();

            assertThat(first).hasSize(2);
            assertThat(item(first.get(0)).number("price")).isNaN();
            assertThat(item(first.get(1)).category("brand")).isEmpty();
            assertThat(item(first.get(1)).image("photo").width()).isEqualTo(16);
            assertThat(second)
                    .singleElement()
                    .extracting(UnlabeledItems.Row::number)
                    .isEqualTo(4L);
            assertThat(items.next()).isEmpty();
        }
    }

    @Test
    void aRowThatCannotBeUsedIsGivenWithItsFaultInItsPlace() throws IOException {
        LabeledTable table =
                table("a.png,red,1,x\nbad.png,red,1,x\nb.png,,1,x\n,red,1,x\nb.png,red,1k,x\nb.png,red,2,x\n");

        List<UnlabeledItems.Row> rows = all(table);

        assertThat(rows).extracting(row -> row.item() != null).containsExactly(true, false, false, false, false, true);
        assertThat(rows).allMatch(row -> (row.item() == null) != (row.fault() == null));
        assertThat(rows.get(1).where()).endsWith("items.csv, line 3");
        assertThat(rows.get(1).fault()).hasMessageContaining("bad.png");
        assertThat(rows.get(2).fault()).hasMessageContaining("line 4, column title");
        assertThat(rows.get(3).fault()).hasMessageContaining("line 5, column photo");
        assertThat(rows.get(4).fault())
                .hasMessageContaining("line 6, column price")
                .hasMessageContaining("'1k'");
    }

    @Test
    void aTableThatIsBrokenEndsTheReading() throws IOException {
        LabeledTable table = table("a.png,red,1,x\nb.png,red\n");

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> all(table))
                .withMessageContaining("line 3");
    }

    private static Item item(UnlabeledItems.Row row) {
        return Objects.requireNonNull(row.item());
    }

    private static List<UnlabeledItems.Row> all(LabeledTable table) {
        List<UnlabeledItems.Row> rows = new ArrayList<>();
        try (UnlabeledItems items = table.unlabeled(2)) {
            for (List<UnlabeledItems.Row> batch = items.next(); !batch.isEmpty(); batch = items.next()) {
                rows.addAll(batch);
            }
        }
        return rows;
    }

    private LabeledTable table(String rows) throws IOException {
        return LabeledTable.of(Files.writeString(folder.resolve("items.csv"), "photo,title,price,brand\n" + rows))
                .withColumns(new ItemColumns(List.of("photo"), List.of("title"), List.of("price"), List.of("brand")));
    }
}
