package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.DataException;
import dev.graft.reading.TableHead.Form;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableKindTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "text,label@fine,x@TEXTS",
                "Text,Label@fine,x@TEXTS",
                "sentence,label@fine,x@TEXTS",
                "Review Text,sentiment@fine,x@TEXTS",
                "评论,标签@fine,x@TEXTS",
                "title,filename,label@fine,report final,x@TEXTS",
                "path,label@a/1.jpg,x@IMAGES",
                "path,label@whatever,x@IMAGES",
                "PATH,Class@a/1.jpg,x@IMAGES",
                "file_name,category@a/1.jpg,x@IMAGES",
                "path,label,title@a/1.jpg,x,fine@IMAGES",
            })
    void columnsAndContentTellTheKind(String columns, String row, TableKind kind) {
        assertThat(TableKind.of(head(columns, row)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image,text,label@a/1.jpg,fine,x",
                "path,text,label@a/1.jpg,fine,x",
                "photo,title,label@a/1.png,fine,x",
            })
    void whatCouldBeBothIsRefusedWithItsColumns(String table) {
        String[] parts = table.split("@", -1);

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> TableKind.of(head(parts[0], parts[1])))
                .withMessageContaining("images, texts, or items of both")
                .withMessageContaining(parts[0].replace(",", ", "));
    }

    @Test
    void whatIsNeitherIsRefusedWithItsColumns() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> TableKind.of(head("id,stars", "1,5")))
                .withMessageContaining("id, stars")
                .withMessageContaining("TextFile.withColumns")
                .withMessageNotContaining("list of images lacks");
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
    void aColumnMayHaveAnyUsualName(String column) {
        assertThat(ColumnRole.LABEL.require(head("text," + column, "a,x"), "")).isEqualTo(1);
    }

    @Test
    void theUsualNameGoesBeforeOthersAndSeveralOthersAreRefused() {
        assertThat(ColumnRole.LABEL.require(head("category,label,class", "a,b,c"), ""))
                .isEqualTo(1);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ColumnRole.LABEL.require(head("text,category,class", "a,b,c"), "name one"))
                .withMessageContaining("'category', 'class'")
                .withMessageContaining("name one");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ColumnRole.LABEL.require(head("text,stars", "a,b"), "name one"))
                .withMessageContaining("text, stars");
    }

    @Test
    void aNamedColumnIsFoundInAnotherCaseIfOnlyOneIs() {
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

    @Test
    void aColumnOfPartsMustNameThemUnlessItIsCalledSplit() {
        assertThat(PartColumn.of(head("text,label,subset", "a,x,blue"))).isNull();
        assertThat(PartColumn.of(head("text,label,subset", "a,x,train"))).isNotNull();
        assertThat(PartColumn.of(head("text,label,part,subset", "a,x,blue,7"))).isNull();
        PartColumn split = Objects.requireNonNull(PartColumn.of(head("text,label,split", "a,x,blue")));
        assertThat(split.part(2, "Testing")).isEqualTo(Part.TEST);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> split.part(3, "blue"))
                .withMessageContaining("line 3, column split")
                .withMessageContaining("'blue'");
    }

    private static TableHead head(String columns, String row) {
        return new TableHead(
                Path.of("a.csv"),
                Form.COMMA,
                StandardCharsets.UTF_8,
                List.of(columns.split(",", -1)),
                List.of(List.of(row.split(",", -1))),
                List.of());
    }
}
