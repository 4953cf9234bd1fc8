package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.DataException;
import dev.graft.image.TestFolder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTableTest {
    @TempDir
    Path directory;

    @Test
    void pathsAreRelativeToTheFileAndLabelsStayText() {
        new TestFolder(directory).noise("images/a.png", 1).noise("images/b.png", 2);

        LabeledFiles files = read("id,Path,label\n1,images/a.png,10\n2,\"images/b.png\",9\n");

        assertThat(files.classNames()).containsExactly("10", "9");
        assertThat(files.file(0)).isEqualTo(directory.resolve("images/a.png"));
        assertThat(files.label(0)).isZero();
        assertThat(files.image(1).width()).isEqualTo(16);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() {
        assertThat(read("\uFEFFpath,label\r\na,x\r\nb,y\r\n").size()).isEqualTo(2);
    }

    @Test
    void aMissingColumnListsThoseThereAre() {
        assertRefused("path,stars\na,x\n", "lacks a column 'label'", "path, stars");
        assertRefused("", "lacks a column 'path'", "an empty file");
    }

    @Test
    void columnsMayHaveOtherUsualNamesAndOtherSeparators() {
        assertThat(read("File Name;Class\na;x\nb;y\n").classNames()).containsExactly("x", "y");
        assertThat(read("photo\tcategory\na\tx\nb\ty\n").size()).isEqualTo(2);
    }

    @Test
    void pathsWithBackslashesAreReadAsThisSystemWritesThem() {
        new TestFolder(directory).noise("images/a.png", 1);

        LabeledFiles files = read("path,label\nimages\\a.png,x\nfile://" + directory + "/images/a.png,y\n");

        assertThat(files.image(0).width()).isEqualTo(16);
        assertThat(files.image(1).width()).isEqualTo(16);
        assertRefused("path,label\nC:\\photos\\a.png,x\nb,y\n", "line 2", "drive");
    }

    @Test
    void aRaggedRowIsNamedByItsLine() {
        assertRefused("path,label\na,x\nb,y,z\n", "line 3", "2, as in the first line");
        assertRefused("path,label\na\n", "line 2");
    }

    @Test
    void anUnclosedQuoteIsNamedAndBounded() {
        assertRefused("path,label\na,x\n\"b,y\nc,z\n", "line 3", "quote");
        assertRefused("path,label\n\"b,y\n" + "c,z\n".repeat(500_000), "quote");
    }

    @Test
    void aHugeFieldIsCapped() {
        assertRefused("path,label\n" + "a".repeat(3_000_000) + ",x\n", "2097152 characters");
    }

    @Test
    void invalidBytesAreNamedByTheirOffset() throws IOException {
        byte[] start = "path,label\na,".getBytes(StandardCharsets.UTF_8);
        byte[] content = "path,label\na,狗\nb,y\n".getBytes(Charset.forName("GB18030"));
        Path csv = Files.write(directory.resolve("list.csv"), content);

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> LabeledTable.of(csv).images())
                .withMessageContaining("byte " + start.length)
                .withMessageContaining("GB18030");
        assertThat(LabeledTable.of(TableFile.of(csv).withCharset(Charset.forName("GB18030")))
                        .images()
                        .train()
                        .classNames())
                .containsExactly("y", "狗");
    }

    @Test
    void rowsWithoutPathOrLabelAreLeftOutAndCounted() {
        Listing listing = read("path,label\na,x\n,y\nb,y\nc, \n").listing();

        assertThat(listing.listed()).isEqualTo(4);
        assertThat(listing.rejected()).isEqualTo(2);
        assertThat(listing.used()).isEqualTo(2);
        assertThat(listing.warnings()).singleElement().asString().contains("2 rows", "line 3");
    }

    @Test
    void oneClassIsRefused() {
        assertRefused("path,label\na,x\nb,x\n", "fewer than two classes", "'x' alone");
    }

    @Test
    void theSplitColumnDividesTheData() throws IOException {
        ImageDataset data = dataset("path,label,split\na,x,train\nb,y,Train\nc,y,val\nd,x,test\ne,y,test\n");

        assertThat(data.train().size()).isEqualTo(2);
        assertThat(Objects.requireNonNull(data.validation()).label(0)).isOne();
        assertThat(Objects.requireNonNull(data.test()).size()).isEqualTo(2);
        assertThat(dataset("path,label\na,x\nb,y\n").test()).isNull();
    }

    @Test
    void aSplitOrAClassThatThereIsNotIsNamedByItsLine() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> dataset("path,label,split\na,x,train\nb,y,tset\n"))
                .withMessageContaining("line 3")
                .withMessageContaining("'tset'");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> dataset("path,label,split\na,x,train\nb,y,train\nc,z,test\n"))
                .withMessageContaining("line 4")
                .withMessageContaining("z");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> ImageDataset.of(directory.resolve("none.csv")))
                .withMessageContaining("none.csv");
    }

    private ImageDataset dataset(String text) throws IOException {
        return ImageDataset.of(Files.writeString(directory.resolve("list.csv"), text));
    }

    private LabeledFiles read(String text) {
        try {
            return LabeledTable.of(Files.writeString(directory.resolve("list.csv"), text))
                    .images()
                    .train();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(String text, String... parts) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> read(text))
                .satisfies(e -> assertThat(e.getMessage()).contains("list.csv").contains(parts));
    }
}
