package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.DataException;
import dev.graft.image.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the columns of tables are taken for where nobody says it. */
class RecognitionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "text,label@fine,x@TEXTS",
                "Text,Label@fine,x@TEXTS",
                "TEXT,LABEL@fine,x@TEXTS",
                "sentence,label@fine,x@TEXTS",
                "Review Text,sentiment@fine,x@TEXTS",
                "评论,标签@fine,x@TEXTS",
                "title,filename,label@fine,report final,x@TEXTS",
                "path,label@a/1.jpg,x@IMAGES",
                "path,label@whatever,x@IMAGES",
                "PATH,Class@a/1.jpg,x@IMAGES",
                "file_name,category@a/1.jpg,x@IMAGES",
                "path,label,title@a/1.jpg,x,fine@IMAGES",
                "path,price,label@a/1.jpg,5,x@IMAGES",
                "text,price,label@fine,5,x@TEXTS",
                "image,text,label@a/1.jpg,fine,x@ITEMS",
                "path,text,label@a/1.jpg,fine,x@ITEMS",
                "photo,title,label@a/1.png,fine,x@ITEMS",
                "Photo,Title,Price,Label@a/1.png,fine,5,x@ITEMS",
                "price,weight,Kind,label@5,6,7,x@ITEMS",
            })
    void columnsAndContentTellTheKind(String columns, String row, TableKind kind) throws IOException {
        assertThat(LabeledTable.of(table(columns, row)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,stars@1,5", "id,label@1,x", "sku,label@ab,x", "@"})
    void whatIsNoneOfTheseIsRefusedWithItsColumns(String table) {
        String[] parts = table.split("@", -1);

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> LabeledTable.of(table(parts[0], parts[1])).kind())
                .withMessageContaining(parts[0].replace(",", ", "))
                .withMessageContaining("LabeledTable.withColumns")
                .withMessageNotContaining("list of images lacks");
    }

    @Test
    void everyColumnOfUseIsTakenForWhatItHolds() throws IOException {
        new TestFolder(folder).noise("pictures/0.png", 1).noise("pictures/1.png", 2);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            rows.append(i + 7)
                    .append(",pictures/" + i % 2 + ".png,a sentence of several words " + i + "," + i * i + ".5,")
                    .append(i % 3 == 0 ? "" : "brand " + i % 3)
                    .append(",sku" + i + "," + i + "," + (i % 2 == 0 ? "x" : "y") + "\n");
        }
        LabeledTable table =
                LabeledTable.of(table("No,picture_of_it,words,price,brand,sku,user_id,Class", rows.toString()));

        assertThat(table.kind()).isEqualTo(TableKind.ITEMS);
        assertThat(table.columns())
                .isEqualTo(new ItemColumns(
                        List.of("picture_of_it"), List.of("words"), List.of("price"), List.of("brand")));
        assertThat(recognition(table("No,picture_of_it,words,price,brand,sku,user_id,Class", rows.toString()), 7)
                        .notes())
                .singleElement()
                .asString()
                .contains("pictures in 'picture_of_it'; texts in 'words'; numbers in 'price'; categories in 'brand'")
                .contains("the class is in 'Class'")
                .contains("left out: 'No', which counts rows")
                .contains("'sku', which holds neither sentences nor few values")
                .contains("'user_id', which tells rows apart");
    }

    @Test
    void columnsThatAreLeftAloneAreSaid() throws IOException {
        assertThat(recognition(table("path,price,id,label", "a/1.jpg,5,7,x"), 3).notes())
                .singleElement()
                .asString()
                .contains("only its column 'path' is read, and 'price' is left alone")
                .contains("LabeledTable.withColumns");
        assertThat(recognition(table("path,id,label", "a/1.jpg,7,x"), 2).notes())
                .isEmpty();
    }

    @Test
    void aTextOfFewSingleWordsIsACategoryAndSentencesThatRepeatAreTexts() throws IOException {
        String words = "a.png,Mr,I love this film,x\na.png,Mrs,I hate this film,y\n".repeat(20);
        LabeledTable table = LabeledTable.of(table("photo,title,review,label", words));

        assertThat(table.columns().categories()).containsExactly("title");
        assertThat(table.columns().texts()).containsExactly("review");
    }

    @Test
    void numbersAndCategoriesAloneAreItemsWhateverTheyAreCalled() throws IOException {
        LabeledTable table = LabeledTable.of(
                table("Pclass,Sex,Age,Survived", "3,male,22,0\n1,female,38,1\n3,male,,0\n1,female,35,1\n"));

        assertThatExceptionOfType(DataException.class).isThrownBy(table::kind);
        LabeledTable told = table.withLabel("survived");
        assertThat(told.kind()).isEqualTo(TableKind.ITEMS);
        assertThat(told.columns().numbers()).containsExactly("Pclass", "Age");
        assertThat(told.columns().categories()).containsExactly("Sex");
        assertThat(told.items().train().size()).isEqualTo(4);
    }

    @Test
    void aColumnThatIsTheLabelIsNothingElse() throws IOException {
        LabeledTable table =
                LabeledTable.of(table("review,title", "so good,x\nso bad,y\n")).withLabel("Title");

        assertThat(table.kind()).isEqualTo(TableKind.TEXTS);
        assertThat(table.texts().train().text(0)).isEqualTo("so good");
    }

    @Test
    void aTableMayBeReadAsAnotherKindThanItIsTakenFor() throws IOException {
        LabeledTable table = LabeledTable.of(table("photo,title,label", "a.png,so good,x\nb.png,so bad,y\n"));

        assertThat(table.kind()).isEqualTo(TableKind.ITEMS);
        assertThat(table.texts().train().text(1)).isEqualTo("so bad");
        assertThat(table.images().train().size()).isEqualTo(2);
        assertThat(table.kind()).isEqualTo(TableKind.ITEMS);
    }

    @Test
    void aColumnThatDividesIsNotLearnedFrom() throws IOException {
        LabeledTable table = LabeledTable.of(
                table("price,colour,label,Split", "1,red,x,train\n2,blue,y,train\n3,red,x,test\n4,blue,y,test\n"));

        assertThat(table.columns().categories()).containsExactly("colour");
        assertThat(table.items().test()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "label",
                "Label",
                "LABEL ",
                "class",
                "Class Name",
                "class_name",
                "target",
                "Category",
                "sentiment",
                "y"
            })
    void aColumnMayHaveAnyUsualName(String column) throws IOException {
        assertThat(ColumnRole.LABEL.require(head("text," + column, "a,x"), "")).isEqualTo(1);
    }

    @Test
    void theUsualNameGoesBeforeOthersAndSeveralOthersAreRefused() throws IOException {
        TableHead both = head("text,category,class", "a,b,c");
        TableHead neither = head("text,stars", "a,b");

        assertThat(ColumnRole.LABEL.require(head("category,label,class", "a,b,c"), ""))
                .isEqualTo(1);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ColumnRole.LABEL.require(both, "name one"))
                .withMessageContaining("'category', 'class'")
                .withMessageContaining("name one");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ColumnRole.LABEL.require(neither, "name one"))
                .withMessageContaining("text, stars");
    }

    @Test
    void aNamedColumnIsFoundInAnotherCaseIfOnlyOneIs() throws IOException {
        TableHead head = head("Stars,STARS,Review", "1,2,a");

        assertThat(head.place("review", "")).isEqualTo(2);
        assertThat(head.place("STARS", "")).isEqualTo(1);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> head.place("stars", ""))
                .withMessageContaining("twice");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> head.place("rating", ""))
                .withMessageContaining("lacks the column 'rating'")
                .withMessageContaining("Stars, STARS, Review");
    }

    private TableFile table(String columns, String rows) throws IOException {
        return TableFile.of(Files.writeString(folder.resolve("a.csv"), columns + "\n" + rows));
    }

    private TableHead head(String columns, String rows) throws IOException {
        return table(columns, rows).head();
    }

    private static Recognition recognition(TableFile table, int label) {
        return Recognition.of(new Recognition.Given(
                table.head(), table.folder(), OptionalInt.of(label), OptionalInt.empty(), List.of()));
    }
}
