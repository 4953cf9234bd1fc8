package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabeledItems;
import dev.graft.error.DataException;
import dev.graft.feature.ImageRows;
import dev.graft.image.Preprocessing;
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

/** Items of several parts, out of tables. */
class ItemTableTest {
    private static final String HEADER = "id,photo,title,price,brand,kind\n";
    private static final ItemColumns COLUMNS =
            new ItemColumns(List.of("photo"), List.of("title"), List.of("price"), List.of("brand"));

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
    void aPictureIsDecodedOnce() throws IOException {
        LabeledItems items = table("""
            1,a.png,red,1,Acme,shoe
            2,bad.png,blue,2,Acme,hat
            3,b.png,blue,2,Acme,hat
            """).withoutBad(true).items().train();
        // What is decoded again would not be found.
        Files.delete(folder.resolve("a.png"));
        Files.delete(folder.resolve("b.png"));

        ImageRows rows = new ImageRows(items.images("photo"), Preprocessing.unitRange(4, 4, 1));
        float[] pass = new float[2 * rows.width()];
        rows.read(new int[] {0, 1}, pass);
        rows.read(new int[] {0, 1}, pass);

        assertThat(items.subset(new int[] {1}).item(0).image("photo").width()).isEqualTo(3);
    }

    @Test
    void readsEveryKindOfColumn() throws IOException {
        LabeledTable.Divided<LabeledItems> read = table("""
            1,a.png,"red, small",12.50,Acme,shoe
            2,b.png,blue,,,hat
            """).items();

        LabeledItems items = read.train();
        assertThat(items.name()).isEqualTo("items");
        assertThat(items.classNames()).containsExactly("hat", "shoe");
        assertThat(items.label(0)).isEqualTo(1);
        assertThat(items.texts("title").text(0)).isEqualTo("red, small");
        assertThat(items.presentNumbers("price")).containsExactly(12.5);
        assertThat(items.categories("brand")).containsExactly("Acme", "");
        assertThat(items.images("photo").image(1).width()).isEqualTo(3);
        assertThat(items.item(1).number("price")).isNaN();
        assertThat(read.listing().warnings()).isEmpty();
    }

    @Test
    void rowsThatLackWhatCannotBeMissingAreCounted() throws IOException {
        LabeledTable.Divided<LabeledItems> read = table("""
            1,a.png,red,1,Acme,shoe
            2,,blue,1,Acme,hat
            3,b.png,blue,1,Acme,
            4,b.png,blue,1,Acme,hat
            """).items();

        assertThat(read.train().size()).isEqualTo(2);
        assertThat(read.listing().warnings())
                .singleElement()
                .asString()
                .endsWith("2 rows without a picture, a text or a label were left out, the first in line 3");
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
                "1,https://a.org/a.png,red,1,Acme,shoe|line 2, column photo|a web address",
                "1,a.png,red,1,Acme|line 2|5",
            })
    void aBadValueIsRefusedWithItsLine(String row, String place, String found) throws IOException {
        LabeledTable table = table(row + "\n2,b.png,blue,1,Acme,hat\n");

        assertThatThrownBy(table::items)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("items.csv, " + place)
                .hasMessageContaining(found);
    }

    @Test
    void rowsWithABadPictureAreLeftOutAndCountedIfThatWasSaid() throws IOException {
        LabeledTable table = table("""
            1,bad.png,red,1,Acme,shoe
            2,b.png,blue,2,Acme,hat
            3,none.png,blue,3,Acme,hat
            4,a.png,blue,4,Acme,shoe
            5,b.png,,5,Acme,shoe
            """);

        assertThatThrownBy(table::items).hasMessageContaining("and 1 more").hasMessageContaining("withoutBad");
        LabeledTable.Divided<LabeledItems> read = table.withoutBad(true).items();
        assertThat(read.train().presentNumbers("price")).containsExactly(2, 4);
        assertThat(read.listing().used()).isEqualTo(2);
        assertThat(read.listing().rejected()).isEqualTo(3);
        assertThat(read.listing().warnings())
                .last()
                .asString()
                .contains("2 of 4 items with a picture that cannot be decoded were left out, the first in line 2")
                .contains("bad.png");
    }

    @Test
    void aMissingColumnIsRefusedWithThoseThereAre() throws IOException {
        LabeledTable table = table("1,a.png,red,1,Acme,shoe\n").withColumns(ItemColumns.image("picture"));

        assertThatThrownBy(table::items)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'picture'")
                .hasMessageContaining("id, photo, title, price, brand, kind");
    }

    @Test
    void aColumnOfPartsDividesTheItems() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("parts.csv"),
                "price;Class;Split\n1;shoe;train\n2;hat;training\n3;hat;dev\n4;shoe;test\n5;;test\n6;shoe;test\n");
        LabeledTable table =
                LabeledTable.of(csv).withColumns(new ItemColumns(List.of(), List.of(), List.of("Price"), List.of()));

        LabeledTable.Divided<LabeledItems> divided = table.items();

        assertThat(divided.train().size()).isEqualTo(2);
        assertThat(Objects.requireNonNull(divided.validation()).presentNumbers("Price"))
                .containsExactly(3);
        assertThat(Objects.requireNonNull(divided.test()).presentNumbers("Price"))
                .containsExactly(4, 6);
        assertThat(divided.listing().rejected()).isEqualTo(1);
        assertThat(table.undivided().items().train().size()).isEqualTo(5);
        assertThat(table.items(List.of("hat", "shoe")).examples().presentNumbers("Price"))
                .containsExactly(4, 6);
    }

    @Test
    void badPicturesAreLeftOutOfThePartThatTheyBelongTo() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("parts.csv"),
                "photo,n,label,split\na.png,1,x,train\nb.png,2,y,train\nbad.png,3,x,test\na.png,4,y,test\n");
        LabeledTable.Divided<LabeledItems> divided = LabeledTable.of(csv)
                .withColumns(new ItemColumns(List.of("photo"), List.of(), List.of("n"), List.of()))
                .withoutBad(true)
                .items();

        assertThat(divided.train().presentNumbers("n")).containsExactly(1, 2);
        assertThat(Objects.requireNonNull(divided.test()).presentNumbers("n")).containsExactly(4);
        assertThat(divided.listing().used()).isEqualTo(3);
    }

    @Test
    void oneClassAndUnknownClassesAreRefused() throws IOException {
        LabeledTable table = table("1,a.png,red,1,Acme,shoe\n");

        assertThatThrownBy(table::items).hasMessageContaining("'shoe' alone");
        assertThatThrownBy(() -> table.items(List.of("hat", "coat"))).hasMessageContaining("line 2");
        assertThat(table.items(List.of("hat", "shoe")).examples().label(0)).isEqualTo(1);
    }

    @Test
    void columnsWithoutNamesAreNumberedAndTheLabelMustBeSaid() throws IOException {
        Path csv = Files.writeString(folder.resolve("bare.csv"), "a.png,5,shoe\nb.png,,hat\n");
        LabeledTable table = LabeledTable.of(TableFile.of(csv).withoutHeader())
                .withColumns(new ItemColumns(List.of("1"), List.of(), List.of("2"), List.of()));

        assertThat(table.withLabel("3").items().train().presentNumbers("2")).containsExactly(5);
        assertThatThrownBy(table::items)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("columns 1, 2, 3")
                .hasMessageContaining("LabeledTable.withLabel");
    }

    @Test
    void itemsOfAPictureAloneOrATextAloneAreItemsIfThatIsWanted() throws IOException {
        LabeledTable table = table("1,a.png,red,1,Acme,shoe\n2,b.png,blue,,,hat\n");

        assertThat(table.withColumns(ItemColumns.image("Photo")).kind()).isEqualTo(TableKind.IMAGES);
        assertThat(table.withColumns(ItemColumns.text("title")).kind()).isEqualTo(TableKind.TEXTS);
        assertThat(table.withColumns(ItemColumns.image("Photo")).items().train().imageColumns())
                .containsExactly("Photo");
        assertThatThrownBy(table::texts)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("photo, title, price, brand");
    }

    private LabeledTable table(String rows) throws IOException {
        Path csv = Files.writeString(folder.resolve("items.csv"), HEADER + rows);
        return LabeledTable.of(csv).withColumns(COLUMNS).withLabel("kind");
    }
}
