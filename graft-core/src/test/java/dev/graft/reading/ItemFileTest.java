package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Item;
import dev.graft.data.LabeledItems;
import dev.graft.error.DataException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemFileTest {
    private static final String HEADER = "id,photo,title,price,brand,kind\n";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void makeImages() throws IOException {
        for (String name : List.of("a.png", "b.png")) {
            ImageIO.write(
                    new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB),
                    "png",
                    folder.resolve(name).toFile());
        }
        Files.writeString(folder.resolve("bad.png"), "no image");
    }

    @Test
    void readsEveryKindOfColumn() throws IOException {
        ItemFile.Read read = file("""
            1,a.png,"red, small",12.50,Acme,shoe
            2,b.png,blue,,,hat
            """).read();

        LabeledItems items = read.items();
        assertThat(items.classNames()).containsExactly("hat", "shoe");
        assertThat(items.label(0)).isEqualTo(1);
        assertThat(items.texts("title").text(0)).isEqualTo("red, small");
        assertThat(items.presentNumbers("price")).containsExactly(12.5);
        assertThat(items.categories("brand")).containsExactly("Acme", "");
        assertThat(items.images("photo").image(1).width()).isEqualTo(3);
        assertThat(items.item(1).number("price")).isNaN();
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void rowsThatLackWhatCannotBeMissingAreCounted() throws IOException {
        ItemFile.Read read = file("""
            1,a.png,red,1,Acme,shoe
            2,,blue,1,Acme,hat
            3,b.png,blue,1,Acme,
            4,b.png,blue,1,Acme,hat
            """).read();

        assertThat(read.items().size()).isEqualTo(2);
        assertThat(read.warnings())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("2 rows")
                .endsWith("line 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,a.png,red,12€,Acme,shoe|line 2, column price|'12€'",
                "1,a.png,red,NaN,Acme,shoe|line 2, column price|'NaN'",
                "1,a.png,red,1e999,Acme,shoe|line 2, column price|'1e999'",
                "1,none.png,red,1,Acme,shoe|line 2, column photo|none.png: nothing",
                "1,bad.png,red,1,Acme,shoe|line 2, column photo|bad.png",
                "1,a.png,red,1,Acme|line 2|5",
            })
    void aBadValueIsRefusedWithItsLine(String row, String place, String found) throws IOException {
        assertThatThrownBy(() -> file(row + "\n2,b.png,blue,1,Acme,hat\n").read())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("items.csv, " + place)
                .hasMessageContaining(found);
    }

    @Test
    void aMissingColumnIsRefusedWithThoseThereAre() throws IOException {
        file("1,a.png,red,1,Acme,shoe\n");
        ItemColumns columns = new ItemColumns(List.of("picture"), List.of(), List.of(), List.of());

        assertThatThrownBy(() -> new ItemFile(folder.resolve("items.csv"), columns, "kind").read())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'picture'")
                .hasMessageContaining("id, photo, title, price, brand, kind");
    }

    @Test
    void aColumnOfPartsDividesTheItems() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("parts.csv"),
                "price;Class;Split\n1;shoe;train\n2;hat;training\n3;hat;dev\n4;shoe;test\n5;;test\n6;shoe;test\n");
        ItemFile file = new ItemFile(csv, new ItemColumns(List.of(), List.of(), List.of("Price"), List.of()), "label");

        ItemFile.Divided divided = file.readDivided();

        assertThat(divided.train().size()).isEqualTo(2);
        assertThat(Objects.requireNonNull(divided.validation()).presentNumbers("Price"))
                .containsExactly(3);
        assertThat(Objects.requireNonNull(divided.test()).presentNumbers("Price"))
                .containsExactly(4, 6);
        assertThat(divided.all().rejected()).isEqualTo(1);
        assertThat(file.read().items().size()).isEqualTo(5);
    }

    @Test
    void oneClassAndUnknownClassesAreRefused() throws IOException {
        ItemFile file = file("1,a.png,red,1,Acme,shoe\n");

        assertThatThrownBy(file::read).hasMessageContaining("'shoe' alone");
        assertThatThrownBy(() -> file.read(List.of("hat", "coat"))).hasMessageContaining("line 2");
        assertThat(file.read(List.of("hat", "shoe")).items().label(0)).isEqualTo(1);
    }

    @Test
    void itemsToPredictNeedNoLabel() throws IOException {
        List<Item> items = file("1,a.png,red,,Acme,\n2,b.png,blue,3,,\n").readItems();

        assertThat(items).hasSize(2);
        assertThat(items.get(0).number("price")).isNaN();
        assertThat(items.get(1).category("brand")).isEmpty();
        assertThatThrownBy(() -> file("1,a.png,,1,Acme,\n").readItems()).hasMessageContaining("line 2, column title");
    }

    private ItemFile file(String rows) throws IOException {
        Path csv = folder.resolve("items.csv");
        Files.writeString(csv, HEADER + rows);
        return new ItemFile(
                csv, new ItemColumns(List.of("photo"), List.of("title"), List.of("price"), List.of("brand")), "kind");
    }
}
