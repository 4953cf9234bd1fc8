package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartlyLabeledTest {
    @TempDir
    private Path root;

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    @Test
    void aFolderIsReadWithoutRegardToTheFoldersInside() throws IOException {
        file("b.png");
        file("deep/er/a.jpg");
        file("list.csv");
        file(".hidden.png");

        PartlyLabeled<LabeledFiles> read = PartlyLabeledImages.unlabeled(root, FolderRules.defaults());

        assertThat(read.examples().size()).isEqualTo(2);
        assertThat(read.labels()).containsExactly("", "");
        assertThat(read.labeledCount()).isZero();
        assertThat(read.notes()).singleElement().asString().contains("2 files that are no images");
        assertThat(read.examples().file(0)).isEqualTo(root.resolve("b.png"));
    }

    @Test
    void aFolderWithoutPicturesIsRefused() throws IOException {
        file("readme.txt");

        assertThatThrownBy(() -> PartlyLabeledImages.unlabeled(root, FolderRules.defaults()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no pictures")
                .hasMessageContaining("1 other files");
        assertThatThrownBy(() -> PartlyLabeledImages.unlabeled(root.resolve("none"), FolderRules.defaults()))
                .isInstanceOf(DataException.class);
    }

    @Test
    void foldersOfClassesGiveLabelsOfAllParts() throws IOException {
        file("train/cat/1.png");
        file("train/dog/2.png");
        file("test/cat/3.png");

        PartlyLabeled<LabeledFiles> read = PartlyLabeledImages.of(root, FolderRules.defaults());

        assertThat(read.labels()).containsExactly("cat", "dog", "cat");
        assertThat(read.classNames()).containsExactly("cat", "dog");
        assertThat(read.examples().file(2))
                .isEqualTo(root.resolve("test/cat/3.png").toAbsolutePath());
    }

    @Test
    void picturesBesideFoldersHaveNoLabels() throws IOException {
        file("cat/1.png");
        file("dog/2.png");
        file("3.png");

        assertThat(PartlyLabeledImages.of(root, FolderRules.defaults()).labels())
                .containsExactly("", "", "");
    }

    @Test
    void aTableNeedsNoLabels() throws IOException {
        Path table = Files.writeString(root.resolve("t.csv"), "text,stars\nfine,\n,5\nbad,1\n");

        PartlyLabeled<?> read = LabeledTable.of(table).withLabel("stars").partlyLabeled();

        assertThat(read.labels()).containsExactly("", "1");
        assertThat(read.labeled()).containsExactly(false, true);
        assertThat(((LabeledTexts) read.examples()).text(1)).isEqualTo("bad");
        assertThat(read.notes()).singleElement().asString().contains("1 empty rows");
        assertThat(read.subset(new int[] {1}).labels()).containsExactly("1");
    }

    @Test
    void aTableMayHaveNoColumnOfLabelsAndNoHeader() throws IOException {
        Path named = Files.writeString(root.resolve("n.csv"), "text\nfine\nbad\n");
        Path plain = Files.writeString(root.resolve("p.tsv"), "fine\tgood\nbad\t\n");

        assertThat(LabeledTable.of(named).partlyLabeled().labels()).containsExactly("", "");
        assertThat(LabeledTable.of(TableFile.of(plain).withoutHeader())
                        .partlyLabeled()
                        .labels())
                .containsExactly("good", "");
    }

    @Test
    void aListOfPicturesMayBeFilledInPart() throws IOException {
        Path list = Files.writeString(root.resolve("l.csv"), "path,label\na.png,cat\nb.png,\n");

        PartlyLabeled<?> read = LabeledTable.of(list).partlyLabeled();

        assertThat(read.examples()).isInstanceOf(LabeledFiles.class);
        assertThat(read.labels()).containsExactly("cat", "");
    }

    @Test
    void itemsAndEmptyTablesAreRefused() throws IOException {
        Path items = Files.writeString(root.resolve("i.csv"), "photo,price,label\na.png,3,x\nb.png,4,y\n");
        Path empty = Files.writeString(root.resolve("e.csv"), "text,label\n,\n");

        assertThatThrownBy(() -> LabeledTable.of(items)
                        .withColumns(new ItemColumns(List.of("photo"), List.of(), List.of("price"), List.of()))
                        .partlyLabeled())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("several parts");
        assertThatThrownBy(() -> LabeledTable.of(empty).partlyLabeled())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no row to use");
    }
}
